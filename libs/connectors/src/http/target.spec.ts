import { targetOf } from './target.js';

const BASE = new URL('https://api.kombo.dev/v1/');
const at = (path: string, query?: Record<string, string>) => targetOf(BASE, { method: 'GET', path, ...(query && { query }) }).href;

describe('the target of a request', () => {
  it('is below the base address', () => {
    expect(at('ats/jobs')).toBe('https://api.kombo.dev/v1/ats/jobs');
    expect(at('integrations/sandbox%3Aabc')).toBe('https://api.kombo.dev/v1/integrations/sandbox%3Aabc');
  });

  it('carries the query encoded', () => {
    expect(at('ats/jobs', { since: '2026-03-01T08:00:00.000Z', ids: 'a,b', cursor: '&x=1#' })).toBe(
      'https://api.kombo.dev/v1/ats/jobs?since=2026-03-01T08%3A00%3A00.000Z&ids=a%2Cb&cursor=%26x%3D1%23',
    );
  });

  it.each([
    '../admin',
    'a/../../b',
    '//evil.example/x',
    '/ats',
    'https://evil.example',
    'a/%2e%2e/b',
    'a%2fb',
    'a\\b',
    'a?b=c',
    'a#b',
    'a/',
    '',
    '.',
  ])('cannot leave it by %j', (path) => {
    expect(() => at(path)).toThrow('internal');
  });
});
