/** Over how long something is tried to be delivered. */
export const TRIED_FOR_MS = 75 * 3600_000;

const SECOND_MS = 1000;
const MINUTE_MS = 60 * SECOND_MS;
const HOUR_MS = 60 * MINUTE_MS;

/** Most failures are short; a receiver that is down for hours is asked a few times a day. */
const BACKOFF_MS = [5 * SECOND_MS, 30 * SECOND_MS, 2 * MINUTE_MS, 10 * MINUTE_MS, 30 * MINUTE_MS, HOUR_MS, 2 * HOUR_MS, 4 * HOUR_MS];
const LONGEST_MS = 6 * HOUR_MS;

/** How long after the so manyth attempt the next one is made; never sooner than the receiver asks. Up to a tenth longer, so that many do not come at once. */
export function backoffMs(attempt: number, askedMs: number, random: () => number = Math.random): number {
  const planned = BACKOFF_MS[attempt - 1] ?? LONGEST_MS;
  return Math.ceil(Math.max(planned, askedMs) * (1 + random() / 10));
}
