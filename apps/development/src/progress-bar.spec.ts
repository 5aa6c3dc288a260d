import { renderProgress } from './progress-bar.js';

const RUNNING = {
  name: 'Fjordbank AB',
  read: 6000,
  created: 5000,
  total: 10_000,
  pages: 31,
  elapsedMs: 2000,
  stillMs: 100,
  state: 'running',
  error: null,
};

test('a bar shows the share, the counts and the rate', () => {
  expect(renderProgress(RUNNING)).toBe(
    `  Fjordbank AB    ${'█'.repeat(12)}${'░'.repeat(12)}  50 %  5,000 of 10,000 records, 31 pages, 3,000 read/s`,
  );
});

test('a run that goes on is never shown as done', () => {
  expect(renderProgress({ ...RUNNING, created: 12_000 })).toContain('░  99 %');
  expect(renderProgress({ ...RUNNING, created: 0, total: 0 })).toContain('   0 %');
});

test('no rate is told from the first moment', () => {
  expect(renderProgress({ ...RUNNING, pages: 1, elapsedMs: 3 })).toMatch(/, 1 page$/);
});

test('a run that nobody works on says so', () => {
  expect(renderProgress({ ...RUNNING, stillMs: 5000 })).toMatch(/31 pages, waits for a worker to go on with it$/);
});

test('a run that waits says so', () => {
  expect(renderProgress({ ...RUNNING, state: 'queued' })).toContain('waits for the worker');
});

test('a run that succeeded is full, with what is new and how long it took', () => {
  expect(renderProgress({ ...RUNNING, state: 'succeeded' })).toContain(`${'█'.repeat(24)} 100 %  5,000 new records in 2.0 s, 3,000 read/s`);
});

test('a run that failed says why, and how far it came', () => {
  expect(renderProgress({ ...RUNNING, state: 'failed', error: 'remote-unavailable' })).toContain(
    'the sync failed (remote-unavailable) after 6,000 records',
  );
  expect(renderProgress({ ...RUNNING, state: 'cancelled' })).toContain('the sync was cancelled after 6,000 records');
});
