import fc from 'fast-check';
import { askedWaitMs, isPassing, retryAfterMs, waitMs } from './retrying.js';

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

test('what the gateway asks for is waited for and up to a quarter of a second more; else each wait is up to twice as long as the one before, and never over 8 s', () => {
  fc.assert(
    fc.property(fc.integer({ min: 1, max: 50 }), fc.double({ min: 0, max: 1, noNaN: true }), (attempt, random) => {
      expect(waitMs(attempt, 1234, random)).toBe(1234 + Math.round(250 * random));
      const longest = Math.min(8000, 250 * 2 ** (attempt - 1));
      const wait = waitMs(attempt, null, random);
      expect(wait).toBeGreaterThanOrEqual(Math.floor(longest / 2));
      expect(wait).toBeLessThanOrEqual(longest);
    }),
  );
});

test('a date is measured from the answer’s own, whatever the time is here', () => {
  const headers = new Headers({ date: 'Thu, 01 Jan 2015 00:00:00 GMT', 'retry-after': 'Thu, 01 Jan 2015 00:00:07 GMT' });
  expect(askedWaitMs(headers)).toBe(7000);
});

test('only what may pass is tried again: no answer, a busy gateway, and a conflict that names a time', () => {
  expect([200, 302, 400, 401, 403, 404, 409, 422, 500, 501].filter((status) => isPassing(status, null))).toEqual([]);
  expect([0, 429, 502, 503, 504].every((status) => isPassing(status, null))).toBe(true);
  expect([isPassing(409, 1000), isPassing(400, 1000)]).toEqual([true, false]);
});
