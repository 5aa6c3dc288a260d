import { renderProgress } from './progress-bar.js';

const progress = { name: 'Fjordbank AB', total: 1000, elapsedMs: 2000, state: 'running' };

test('a bar shows the share, the counts and the rate', () => {
  const line = renderProgress({ ...progress, read: 500 });
  expect(line).toContain(`${'█'.repeat(15)}${'░'.repeat(15)}  50 %`);
  expect(line).toContain('500 of 1000 records, 250/s  running');
});

test('more than was expected is all, and nothing at all is all too', () => {
  expect(renderProgress({ ...progress, read: 1200 })).toContain('100 %');
  expect(renderProgress({ ...progress, read: 0, total: 0, elapsedMs: 0 })).toContain('100 %  0 of 0 records, 0/s');
});
