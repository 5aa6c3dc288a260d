import { GatewayError, type ErrorKind } from '#libs/model';
import { backoffMs } from '../background/backoff.js';

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
