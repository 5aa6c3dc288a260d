import fc from 'fast-check';
import type { FixedWindow } from '../../contract/rate.js';
import { SimulatedProcesses } from './simulated.for-spec.js';

const HEADERS = { limit: 'ratelimit-limit', remaining: 'ratelimit-remaining', reset: 'ratelimit-reset' };
const WINDOW: FixedWindow = {
  name: 'requests',
  kind: 'fixed-window',
  scope: 'platform-key',
  counts: 'requests',
  most: 300,
  windowMs: 60_000,
  headers: HEADERS,
};

const perWindow = ({ source }: SimulatedProcesses) => {
  const windows = new Map<number, { notice: number; poll: number }>();
  for (const { window, urgency } of source.requests) {
    const counted = windows.get(window) ?? { notice: 0, poll: 0 };
    counted[urgency]++;
    windows.set(window, counted);
  }
  return [...windows.values()];
};

describe('all processes together', () => {
  test('never exceed the window, whatever its true size, their number, and how long calls take', async () => {
    const worlds = fc.record({
      processes: fc.integer({ min: 1, max: 6 }),
      most: fc.integer({ min: 3, max: 200 }),
      windowMs: fc.integer({ min: 2, max: 60 }).map((seconds) => seconds * 1000),
      /** Of the slowest call, there and back. */
      partOfWindow: fc.double({ min: 0.001, max: 0.25, noNaN: true }),
      callers: fc.integer({ min: 1, max: 40 }),
      seed: fc.integer(),
    });
    await fc.assert(
      fc.asyncProperty(worlds, async ({ processes, most, windowMs, partOfWindow, callers, seed }) => {
        const world = new SimulatedProcesses(WINDOW, { processes, most, windowMs });
        let random = Math.abs(seed) + 1;
        world.latencyMs = () => ((random = (random * 16807) % 2147483647) / 2147483647) * partOfWindow * windowMs * 0.5;
        for (let n = 0; n < callers; n++) world.keepCalling(n, { tenantId: `t${n}`, urgency: n % 2 === 0 ? 'notice' : 'poll' });
        await world.time.pass(windowMs * 4);
        expect(world.source.refused).toBe(0);
        expect(world.source.requests.length).toBeGreaterThan(0);
      }),
      { numRuns: 3000 },
    );
  }, 600_000);

  test('use nearly all of the window when they need it', async () => {
    const world = new SimulatedProcesses(WINDOW, { processes: 4 });
    for (let n = 0; n < 20; n++) world.keepCalling(n, { urgency: 'notice', tenantId: `t${n}` });
    await world.time.pass(5 * 60_000);
    expect(world.source.refused).toBe(0);
    for (const { notice } of perWindow(world).slice(0, 4)) expect(notice).toBeGreaterThan(290);
  });
});
