import fc from 'fast-check';
import { nextDeltaMs, nextFullMs, pollIntervalMs } from './spacing.js';

const MINUTE_MS = 60_000;
const KOMBO = { limitPerWindow: 300, windowMs: MINUTE_MS };
const half = { ...KOMBO, requestsPerPoll: 4, share: 0.5, floorMs: 5 * MINUTE_MS };

test.each([
  [1, 5],
  [187, 5],
  [188, 5.02],
  [1_000, 26.67],
  [10_000, 266.67],
])('half of 300 requests a minute polls each of %i tenants every %d minutes', (tenants, minutes) => {
  expect(pollIntervalMs({ ...half, tenants }) / MINUTE_MS).toBeCloseTo(minutes, 1);
});

test('however many tenants there are, and whatever the limit, their polls stay within their share', () => {
  const quotas = fc.record({
    tenants: fc.integer({ min: 0, max: 1_000_000 }),
    requestsPerPoll: fc.integer({ min: 1, max: 10_000 }),
    limitPerWindow: fc.integer({ min: 1, max: 100_000 }),
    windowMs: fc.integer({ min: 1_000, max: 3_600_000 }),
    share: fc.double({ min: 0.01, max: 1, noNaN: true }),
    floorMs: fc.integer({ min: 1, max: 3_600_000 }),
  });
  fc.assert(
    fc.property(quotas, (polls) => {
      const intervalMs = pollIntervalMs(polls);
      const perWindow = (polls.tenants * polls.requestsPerPoll * polls.windowMs) / intervalMs;
      return intervalMs >= polls.floorMs && perWindow <= polls.limitPerWindow * polls.share * (1 + 1e-9);
    }),
  );
});

test('deltas and full runs together are half of the quota', () => {
  const quota = { ...KOMBO, tenants: 10_000 };
  const pages = 44;
  const perMinute = (requests: number, everyMs: number) => (quota.tenants * requests * MINUTE_MS) / everyMs;
  const deltas = perMinute(
    4,
    nextDeltaMs(quota, 1, () => 0),
  );
  const fulls = perMinute(
    pages,
    nextFullMs(quota, pages, 1, () => 0),
  );
  expect([deltas, fulls]).toEqual([expect.closeTo(120, 3), expect.closeTo(30, 3)]);
});

test('nobody comes earlier than due, and those that began together come apart', () => {
  const quota = { ...KOMBO, tenants: 10_000 };
  const at = (random: number) => nextDeltaMs(quota, MINUTE_MS, () => random) / MINUTE_MS;
  expect([at(0), at(0.5), at(1)]).toEqual([expect.closeTo(333.3, 1), expect.closeTo(350, 1), expect.closeTo(366.7, 1)]);
});

test('where there is room for all, or no shared quota, the configured time holds exactly', () => {
  expect(nextDeltaMs({ ...KOMBO, tenants: 20 }, 300_000)).toBe(300_000);
  expect(nextDeltaMs(null, 300_000)).toBe(300_000);
  expect(nextFullMs(null, 1_000_000, 604_800_000)).toBe(604_800_000);
});
