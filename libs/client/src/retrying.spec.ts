import fc from 'fast-check';
import { isPassing, retryAfterMs, waitMs } from './retrying.js';

const NOW_MS = Date.parse('2026-11-23T10:00:00Z');

test.each([
  ['3', 3000],
  ['0', 0],
  ['Mon, 23 Nov 2026 10:00:05 GMT', 5000],
  ['Mon, 23 Nov 2026 09:00:00 GMT', 0],
  ['soon', null],
  ['', null],
  [null, null],
])('Retry-After %p asks for %p ms', (header, askedMs) => {
  expect(retryAfterMs(header, NOW_MS)).toBe(askedMs);
});

test('what the gateway asks for is waited for; else each wait is up to twice as long as the one before, and never over 8 s', () => {
  fc.assert(
    fc.property(fc.integer({ min: 1, max: 50 }), fc.double({ min: 0, max: 1, noNaN: true }), (attempt, random) => {
      expect(waitMs(attempt, 1234, random)).toBe(1234);
      const longest = Math.min(8000, 250 * 2 ** (attempt - 1));
      const wait = waitMs(attempt, null, random);
      expect(wait).toBeGreaterThanOrEqual(Math.floor(longest / 2));
      expect(wait).toBeLessThanOrEqual(longest);
    }),
  );
});

test('only what may pass is tried again', () => {
  expect([200, 400, 401, 403, 404, 409, 422, 500, 501].filter(isPassing)).toEqual([]);
  expect([429, 502, 503, 504].every(isPassing)).toBe(true);
});
