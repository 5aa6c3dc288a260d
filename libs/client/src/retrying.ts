export interface RetryOptions {
  /** How often a call is made at most (4). */
  readonly attempts?: number;
  /** For how long at most it is tried, waits included (60,000). */
  readonly totalMs?: number;
}

export const DEFAULT_ATTEMPTS = 4;
export const DEFAULT_TOTAL_MS = 60_000;

const FIRST_WAIT_MS = 250;
const LONGEST_WAIT_MS = 8_000;

/** Busy, or on its way up or down: the same call may do better a little later. */
const PASSING: ReadonlySet<number> = new Set([429, 502, 503, 504]);

export const isPassing = (status: number): boolean => PASSING.has(status);

/** The wait before the next attempt: as long as the answer asked for, or longer each time, between half and the whole of it. `random`: 0 … 1. */
export function waitMs(attempt: number, askedMs: number | null, random: number): number {
  if (askedMs !== null) return askedMs;
  const longest = Math.min(LONGEST_WAIT_MS, FIRST_WAIT_MS * 2 ** (attempt - 1));
  return Math.round(longest * (0.5 + random / 2));
}

/** A `Retry-After` in milliseconds, as seconds or as a date; null for anything else. */
export function retryAfterMs(header: string | null, nowMs: number): number | null {
  if (header === null) return null;
  if (/^\d{1,6}$/.test(header.trim())) return Number(header) * 1000;
  const dateMs = Date.parse(header);
  return Number.isNaN(dateMs) ? null : Math.max(0, dateMs - nowMs);
}
