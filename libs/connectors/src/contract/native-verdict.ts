import { GatewayError, type ErrorKind } from '#libs/model';
import type { HttpAnswer, Verdict } from './call.js';
import type { NativeCondition } from './native-conditions.js';

/** What the statuses of an ATS's own API mean; a person has to act on these, and the code names what to do. */
const LASTING: ReadonlyMap<number, { readonly kind: ErrorKind; readonly code?: NativeCondition }> = new Map([
  [400, { kind: 'invalid-request' }],
  [401, { kind: 'remote-auth-failed', code: 'LOGIN_REFUSED' }],
  [403, { kind: 'remote-forbidden', code: 'RIGHTS_MISSING' }],
  [404, { kind: 'config-invalid', code: 'ACCOUNT_UNKNOWN' }],
  [410, { kind: 'config-invalid', code: 'ACCOUNT_UNKNOWN' }],
  [422, { kind: 'invalid-request' }],
] as const);

/**
 * What an answer of an ATS's own API means, by its status alone: its words are not read. `limit`: the name of the manifest's limit that a 429
 * tells of. 408, 429 and 5xx are worth another try, at the earliest after `Retry-After`; a status that is none of an API's is nonsense.
 */
export function verdictOfStatus({ status, retryAfterMs }: HttpAnswer, limit: string): Verdict {
  if (status < 300) return { outcome: 'ok' };
  const lasting = LASTING.get(status);
  if (lasting !== undefined) return failedFor(status, lasting);
  const wait = retryAfterMs === null ? {} : { afterMs: retryAfterMs };
  const retryWith = (kind: ErrorKind) => new GatewayError(kind, { retry: { when: 'later', ...wait }, context: { status } });
  if (status === 429) return { outcome: 'retry', error: retryWith('remote-rate-limited'), ...wait, exceeded: limit };
  if (status === 408 || status >= 500) return { outcome: 'retry', error: retryWith('remote-unavailable'), ...wait };
  if (status === 409) return { outcome: 'failed', error: retryWith('remote-unavailable') };
  return failedFor(status, { kind: 'remote-invalid-response' });
}

function failedFor(status: number, { kind, code }: { readonly kind: ErrorKind; readonly code?: NativeCondition }): Verdict {
  return { outcome: 'failed', error: new GatewayError(kind, { context: { status, ...(code === undefined ? {} : { code }) } }) };
}
