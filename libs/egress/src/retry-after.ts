const LONGEST_RETRY_AFTER_MS = 24 * 3600 * 1000;

/** A wait of whole or broken seconds, as header text, in milliseconds from 0 to a day; null where it is none. */
export function secondsToMs(text: string | undefined): number | null {
  if (text === undefined || !/^-?\d+(\.\d+)?$/.test(text.trim())) return null;
  return clamp(Number(text) * 1000);
}

/**
 * What `Retry-After` asks for (RFC 9110, 10.2.3: seconds or an HTTP date), in milliseconds from 0 to a day; null where it is missing or
 * unreadable. A negative wait or a date in the past is 0.
 */
export function parseRetryAfter(headers: Readonly<Record<string, string>>, now: Date): number | null {
  const text = headers['retry-after'];
  if (text === undefined) return null;
  const seconds = secondsToMs(text);
  if (seconds !== null) return seconds;
  const at = /[a-z]/i.test(text) ? Date.parse(text) : Number.NaN;
  return Number.isNaN(at) ? null : clamp(at - now.getTime());
}

function clamp(ms: number): number {
  return Math.min(Math.max(0, Math.ceil(ms)), LONGEST_RETRY_AFTER_MS);
}
