import { GatewayError, type ErrorKind } from '#libs/model';

/** Over how long a result is tried to be delivered. */
export const TRIED_FOR_MS = 75 * 3600_000;

const SECOND_MS = 1000;
const MINUTE_MS = 60 * SECOND_MS;
const HOUR_MS = 60 * MINUTE_MS;

/** Most failures are short; an ATS that is down for hours is asked a few times a day. */
const BACKOFF_MS = [5 * SECOND_MS, 30 * SECOND_MS, 2 * MINUTE_MS, 10 * MINUTE_MS, 30 * MINUTE_MS, HOUR_MS, 2 * HOUR_MS, 4 * HOUR_MS];
const LONGEST_MS = 6 * HOUR_MS;

/** How long after the so manyth attempt the next one is made; never sooner than the source asks. Up to a tenth longer, so that many do not come at once. */
export function backoffMs(attempt: number, askedMs: number, random: () => number = Math.random): number {
  const planned = BACKOFF_MS[attempt - 1] ?? LONGEST_MS;
  return Math.ceil(Math.max(planned, askedMs) * (1 + random() / 10));
}

/** What a failure comes to. `person`: somebody has to change something first. `never`: the ATS will not take it. */
const FATE: Readonly<Record<ErrorKind, 'later' | 'person' | 'never'>> = {
  'invalid-request': 'never',
  unauthenticated: 'later',
  forbidden: 'later',
  'not-found': 'never',
  conflict: 'never',
  'idempotency-key-reused': 'later',
  'rate-limited': 'later',
  'consent-missing': 'later',
  'consent-does-not-cover': 'later',
  'integration-disabled': 'later',
  'remote-auth-failed': 'later',
  'remote-forbidden': 'later',
  'remote-rate-limited': 'later',
  'remote-unavailable': 'later',
  'remote-invalid-response': 'later',
  unsupported: 'never',
  'config-invalid': 'person',
  internal: 'later',
};

export type Fate = { readonly state: 'queued'; readonly afterMs: number } | { readonly state: 'parked' | 'rejected' };

/** What becomes of a result whose attempt surely did not arrive. */
export function fateOf(error: GatewayError, attempt: number, leftMs: number, random: () => number = Math.random): Fate {
  const fate = FATE[error.kind];
  if (fate === 'never') return { state: 'rejected' };
  if (fate === 'person') return { state: 'parked' };
  const asked = error.retry.when === 'later' ? (error.retry.afterMs ?? 0) : 0;
  const afterMs = backoffMs(attempt, asked, random);
  return afterMs > leftMs ? { state: 'parked' } : { state: 'queued', afterMs };
}
