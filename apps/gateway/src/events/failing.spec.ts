import fc from 'fast-check';
import { TRIED_FOR_MS } from '../background/backoff.js';
import { failingAfter } from './failing.js';
import type { PostError } from './posting.js';

const START = new Date('2026-11-22T10:00:00Z');
const failed = (error: PostError, retryAfterMs: number | null = null) => ({ error, status: null, retryAfterMs, durationMs: 1 });

/** The times of all attempts, in milliseconds since the first, and how it ended. */
function attemptsOf(random: () => number, retryAfterMs: number | null = null) {
  const times: number[] = [];
  let [failures, now]: [number, Date] = [0, START];
  for (;;) {
    times.push(now.getTime() - START.getTime());
    const failing = failingAfter(failed('timeout', retryAfterMs), { failures, since: failures === 0 ? null : START }, now, random);
    if (failing.disabled !== null) return { times, reason: failing.disabled };
    [failures, now] = [failing.failures, failing.dueAt];
  }
}

describe('a subscription that fails', () => {
  it('is tried over 75 hours to the minute, however the chance falls, and is then disabled', () => {
    fc.assert(
      fc.property(fc.double({ min: 0, max: 0.999, noNaN: true }), (chance) => {
        const { times, reason } = attemptsOf(() => chance);
        expect([times.at(-1), reason]).toEqual([TRIED_FOR_MS, 'failing-too-long']);
        expect(times.length).toBeGreaterThan(17);
        expect(times.length).toBeLessThan(30);
      }),
    );
  });

  it('is first tried again after 5 s, and never later than 6.6 h after the attempt before', () => {
    const { times } = attemptsOf(() => 0.999);
    const gaps = times.slice(1).map((time, index) => time - (times[index] ?? 0));
    expect(gaps[0]).toBeLessThan(5_501);
    expect(Math.max(...gaps)).toBeLessThanOrEqual(6.6 * 3600_000);
  });

  it('waits as long as the receiver asks, but no longer than 6.6 h', () => {
    const dueIn = (asked: number) =>
      failingAfter(failed('status', asked), { failures: 0, since: null }, START, () => 0).dueAt.getTime() - START.getTime();
    expect(dueIn(90_000)).toBe(90_000);
    expect(dueIn(24 * 3600_000)).toBe(6 * 3600_000);
  });

  it('is disabled at once where the receiver is gone', () => {
    expect(failingAfter(failed('gone'), { failures: 0, since: null }, START)).toMatchObject({ failures: 1, disabled: 'gone' });
  });
});
