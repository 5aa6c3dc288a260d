/** Where the time comes from. Injected everywhere, so that a test can set it. */
export interface Clock {
  now(): Date;
}

/** The machine's own clock: the only place that reads it. */
export const systemClock: Clock = { now: () => new Date() };
