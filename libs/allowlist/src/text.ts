import { GatewayError } from '#libs/model';

/** How a value of a field is made safe: what stands for "hidden or unknown", and how a value that is there is cleaned. */
export interface Cleaner<T> {
  readonly absent: T;
  /** Throws `remote-invalid-response`, naming `field`, where an identifier is malformed. */
  readonly clean: (value: unknown, field: string) => T;
}

const MAX_ID_LENGTH = 500;

/** Cleaned, an id could turn into another record's, so a malformed one is refused. */
export function idOf(value: unknown, field: string): string {
  const isId = typeof value === 'string' && value !== '' && value.length <= MAX_ID_LENGTH && value.isWellFormed() && !value.includes('\0');
  if (isId) return value;
  throw new GatewayError('remote-invalid-response', { context: { field, reason: 'id-malformed' } });
}

/** An id that may be missing; an empty one is none. */
export function idOrNull(value: unknown, field: string): string | null {
  return value === null || value === undefined || value === '' ? null : idOf(value, field);
}

/**
 * A text without what PostgreSQL refuses (NUL, half a surrogate pair). One that is too long becomes null: cut off it would be a wrong name, and
 * what is that long is no name but something that does not belong here.
 */
export function textOrNull(value: unknown, maxLength: number): string | null {
  if (typeof value !== 'string') return null;
  const text = value.replaceAll('\0', '').toWellFormed();
  return text === '' || text.length > maxLength ? null : text;
}

const RFC_3339 = /^(\d{4})-(0[1-9]|1[0-2])-(\d{2})T([01]\d|2[0-3]):[0-5]\d:[0-5]\d(\.\d+)?(Z|[+-]([01]\d|2[0-3]):[0-5]\d)$/i;

/** A date that a parser would roll over (30 February) is none. */
function isCalendarDay(year: number, month: number, day: number): boolean {
  const date = new Date(0);
  date.setUTCFullYear(year, month - 1, day);
  return date.getUTCDate() === day && date.getUTCMonth() === month - 1;
}

/** A valid RFC 3339 time as `Date.toISOString()` writes it, in the years 1 to 9999, which PostgreSQL can read; else null. */
export function timeOrNull(value: unknown): string | null {
  const match = typeof value === 'string' ? RFC_3339.exec(value) : null;
  if (match === null || !isCalendarDay(Number(match[1]), Number(match[2]), Number(match[3]))) return null;
  const time = new Date(match[0].toUpperCase());
  const year = time.getUTCFullYear();
  return year >= 1 && year <= 9999 ? time.toISOString() : null;
}
