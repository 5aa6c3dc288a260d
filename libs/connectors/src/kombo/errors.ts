import { GatewayError, type ErrorKind } from '#libs/model';
import type { HttpAnswer, Verdict } from '../contract/call.js';
import { isObject, own } from '../contract/raw-object.js';
import { isRefusedByStatus } from '../contract/results.js';
import { ACTIONS, REQUESTS } from './rates.js';

/** `again`: worth another try within the call. `later`: the run may be repeated after five minutes. `never`: a person has to act. */
interface Meaning {
  readonly kind: ErrorKind;
  readonly retry: 'again' | 'later' | 'never';
}

const throttled: Meaning = { kind: 'remote-rate-limited', retry: 'again' };
const down: Meaning = { kind: 'remote-unavailable', retry: 'again' };
const notYet: Meaning = { kind: 'remote-unavailable', retry: 'later' };
const gone: Meaning = { kind: 'config-invalid', retry: 'never' };
const refused: Meaning = { kind: 'invalid-request', retry: 'never' };
const loginBroken: Meaning = { kind: 'remote-auth-failed', retry: 'never' };
const noRight: Meaning = { kind: 'remote-forbidden', retry: 'never' };
const notOffered: Meaning = { kind: 'unsupported', retry: 'never' };
const clash: Meaning = { kind: 'conflict', retry: 'never' };
const nonsense: Meaning = { kind: 'remote-invalid-response', retry: 'never' };

/**
 * Every error code of Kombo's and what it means to us. Codes: Kombo TypeScript SDK 1.3.4, 2026-07-28; advice on retries: Kombo's guide to
 * errors. "First sync can take hours": while an integration is being set up, polling hard is of no use.
 */
export const ERROR_CODES: ReadonlyMap<string, Meaning> = new Map([
  ['PLATFORM.RATE_LIMIT_EXCEEDED', throttled],
  ['PLATFORM.CONCURRENCY_LIMIT_EXCEEDED', throttled],
  ['PLATFORM.INTEGRATION_NOT_FOUND', gone],
  ['PLATFORM.INPUT_INVALID', refused],
  ['PLATFORM.UNKNOWN_ERROR', down],
  ['PLATFORM.IP_NOT_WHITELISTED', noRight],
  ['PLATFORM.AUTHENTICATION_INVALID', loginBroken],
  ['PLATFORM.TASK_TIMED_OUT', down],
  ['INTEGRATION.PERMISSION_MISSING', noRight],
  ['INTEGRATION.AUTHENTICATION_INVALID', loginBroken],
  ['INTEGRATION.QA_FAILED', notYet],
  ['INTEGRATION.SETUP_SYNC_PENDING', notYet],
  ['INTEGRATION.SETUP_INCOMPLETE', notYet],
  ['INTEGRATION.INACTIVE', noRight],
  ['INTEGRATION.MODEL_NOT_AVAILABLE', notOffered],
  ['INTEGRATION.MODEL_DISABLED', notOffered],
  ['INTEGRATION.ACTION_NOT_AVAILABLE', notOffered],
  ['INTEGRATION.ACTION_DISABLED', notOffered],
  ['REMOTE.SERVICE_UNAVAILABLE', down],
  ['REMOTE.RATE_LIMIT_EXCEEDED', throttled],
  ['REMOTE.INPUT_INVALID', refused],
  ['REMOTE.UNKNOWN_HTTP_ERROR', { kind: 'remote-unavailable', retry: 'never' }],
  ['ATS.JOB_CLOSED', clash],
  ['ATS.APPLICATION_ALREADY_EXISTS', clash],
  ['HRIS.EMPLOYEE_ALREADY_EXISTS', clash],
  ['HRIS.STAFFING_ENTITY_CLOSED', clash],
]);

const SETUP_WAIT_MS = 5 * 60_000;

/** Where Kombo names no code that we know: its load balancer answers with text or HTML, and new codes appear. */
function meaningOfStatus(status: number): Meaning {
  if (status === 401) return loginBroken;
  if (status === 403) return noRight;
  if (status === 404 || status === 410) return gone;
  if (status === 400 || status === 422) return refused;
  if (status === 409) return notYet;
  if (status === 429) return throttled;
  return status === 408 || status >= 500 ? down : nonsense;
}

/** What an answer of Kombo's means. The error holds its status and its code from the list above, else `unknown`; never its words. */
export function judge(answer: HttpAnswer): Verdict {
  const envelope = isObject(answer.json) ? answer.json : {};
  const failed = answer.status >= 300 || own(envelope, 'status') === 'error';
  if (!failed) return { outcome: 'ok' };
  const { code, meaning } = meaningOf(answer.status, envelope);
  const context = { status: answer.status, code };
  if (meaning.retry === 'never') return { outcome: 'failed', error: new GatewayError(meaning.kind, { context }) };
  const afterMs =
    meaning.retry === 'later' ? Math.max(SETUP_WAIT_MS, answer.retryAfterMs ?? 0) : (answer.retryAfterMs ?? quotaResetMs(answer, code));
  const wait = afterMs === null ? {} : { afterMs };
  const error = new GatewayError(meaning.kind, { retry: { when: 'later', ...wait }, context });
  return meaning.retry === 'later'
    ? { outcome: 'failed', error }
    : { outcome: 'retry', error, ...wait, ...exceededBy(answer.status, code) };
}

/** A limit of the ATS's (`REMOTE.…`) is none of Kombo's. A 429 that names no code comes from in front of it, so it is taken for the key's. */
function exceededBy(status: number, code: string): { readonly exceeded?: string } {
  if (code === 'PLATFORM.CONCURRENCY_LIMIT_EXCEEDED') return { exceeded: ACTIONS };
  return code === 'PLATFORM.RATE_LIMIT_EXCEEDED' || (code === 'unknown' && status === 429) ? { exceeded: REQUESTS } : {};
}

function meaningOf(status: number, envelope: object): { readonly code: string; readonly meaning: Meaning } {
  const error = own(envelope, 'error');
  const code = isObject(error) ? own(error, 'code') : null;
  const meaning = typeof code === 'string' ? ERROR_CODES.get(code) : undefined;
  if (typeof code === 'string' && meaning !== undefined) return { code, meaning };
  return { code: 'unknown', meaning: meaningOfStatus(status) };
}

/** `ratelimit-reset`: the seconds until the window of requests ends. It says nothing about the other limits. */
function quotaResetMs({ headers }: HttpAnswer, code: string): number | null {
  const text = headers['ratelimit-reset'] ?? '';
  return code === 'PLATFORM.RATE_LIMIT_EXCEEDED' && /^\d{1,6}$/.test(text) ? Number(text) * 1000 : null;
}

/** Codes that may come after the deed: Kombo or the ATS broke off, or nobody knows what it answered. */
const AFTER_THE_DEED = new Set(['PLATFORM.UNKNOWN_ERROR', 'PLATFORM.TASK_TIMED_OUT', 'REMOTE.UNKNOWN_HTTP_ERROR']);

/** Whether an answer to a write says that nothing was done: by Kombo's code, and by the status where there is none that we know. */
export function isRefused(answer: HttpAnswer): boolean {
  const { code } = meaningOf(answer.status, isObject(answer.json) ? answer.json : {});
  return ERROR_CODES.has(code) ? !AFTER_THE_DEED.has(code) : isRefusedByStatus(answer);
}
