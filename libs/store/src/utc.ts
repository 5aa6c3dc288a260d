/** SQL that renders a `timestamptz` as RFC 3339 in UTC with milliseconds, whatever the session's zone; the same text as `Date.toISOString()`. */
export const utc = (expression: string): string => `to_char(${expression} at time zone 'utc', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"')`;

/** The same with microseconds: nothing of PostgreSQL's own precision is lost, as a cursor needs it. */
export const utcExact = (expression: string): string => `to_char(${expression} at time zone 'utc', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"')`;
