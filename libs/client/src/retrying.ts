export interface RetryOptions {
  /** How often a call is made at most (4). */
  readonly attempts?: number;
  /** After this (60,000) no further attempt begins. */
  readonly totalMs?: number;
}

export const DEFAULT_ATTEMPTS = 4;
export const DEFAULT_TOTAL_MS = 60_000;

const FIRST_WAIT_MS = 250;
const LONGEST_WAIT_MS = 8_000;

/** No answer, busy, or on its way up or down: the same call may do better a little later. */
const PASSING: ReadonlySet<number> = new Set([0, 429, 502, 503, 504]);

/** A 409 that names a time (the first request under this key still runs) passes too; any other one is a refusal. `status` 0: no answer. */
export const isPassing = (status: number, askedMs: number | null): boolean => PASSING.has(status) || (status === 409 && askedMs !== null);

/**
 * The wait before the next attempt: as long as the answer asked for and a little more, so that not all come back at once; or longer each time,
 * between half and the whole of it. `random`: 0 … 1.
 */
export function waitMs(attempt: number, askedMs: number | null, random: number): number {
  if (askedMs !== null) return Math.round(askedMs + random * FIRST_WAIT_MS);
  const longest = Math.min(LONGEST_WAIT_MS, FIRST_WAIT_MS * 2 ** (attempt - 1));
  return Math.round(longest * (0.5 + random / 2));
}

/** How long an answer asks to wait, in milliseconds; a date is measured from the answer's own `Date`, so that no two clocks have to agree. */
export function askedWaitMs(headers: Headers): number | null {
  const sentMs = Date.parse(headers.get('date') ?? '');
  return retryAfterMs(headers.get('retry-after'), Number.isNaN(sentMs) ? performance.timeOrigin + performance.now() : sentMs);
}

/** A `Retry-After` in milliseconds, as seconds or as a date; null for anything else. */
export function retryAfterMs(header: string | null, nowMs: number): number | null {
  if (header === null) return null;
  if (/^\d{1,6}$/.test(header.trim())) return Number(header) * 1000;
  const dateMs = Date.parse(header);
  return Number.isNaN(dateMs) ? null : Math.max(0, dateMs - nowMs);
}
