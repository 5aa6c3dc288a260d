import { GatewayError } from '#libs/model';
import type { HttpAnswer, Verdict } from '../contract/call.js';
import { SYNC_TOKEN_REFUSED } from '../contract/connector.js';
import { verdictOfStatus } from '../contract/native-verdict.js';
import { isObject, own } from '../contract/raw-object.js';
import { REQUESTS } from './rates.js';

type Meaning = 'login-refused' | 'right-missing' | 'throttled' | 'token-refused' | 'cursor-refused' | 'gone' | 'refused';

/**
 * The codes of Ashby's failures that we know. Of the sync tokens and cursors: Ashby's changelog, 2026-05-14 and 2026-08-04. Of the missing
 * permission: clients of the API, 2026. The spelling of the others is uncertain (2026-08); a code that is not here is never kept.
 */
export const ERROR_CODES: ReadonlyMap<string, Meaning> = new Map([
  ['invalid_api_key', 'login-refused'],
  ['unauthorized', 'login-refused'],
  ['missing_endpoint_permission', 'right-missing'],
  ['forbidden', 'right-missing'],
  ['rate_limit_exceeded', 'throttled'],
  ['too_many_requests', 'throttled'],
  ['incremental_sync_too_large', 'token-refused'],
  ['sync_token_expired', 'token-refused'],
  ['sync_token_invalid', 'token-refused'],
  ['next_cursor_expired', 'cursor-refused'],
  ['invalid_next_cursor', 'cursor-refused'],
  ['interview_plan_not_found', 'gone'],
  ['not_found', 'gone'],
  ['invalid_input', 'refused'],
]);

/** `context.reason` of the failure that says that what was asked about is not there (any more). */
const GONE = 'gone';

/** What an answer means. Failures come with status 200 too: `success: false` and a code (Ashby OpenAPI, 2026-08). Its words are not read. */
export function judge(answer: HttpAnswer): Verdict {
  const { status, json } = answer;
  const isFailure = status >= 300 || (isObject(json) && own(json, 'success') === false);
  if (!isFailure || status === 429 || status >= 500) return verdictOfStatus(answer, REQUESTS);
  const [remoteCode, meaning] = meaningIn(json);
  if (meaning !== undefined) return verdictOf(meaning, remoteCode, answer);
  if (status >= 300) return verdictOfStatus(answer, REQUESTS);
  return failedFor(new GatewayError('remote-invalid-response', { retry: { when: 'later' }, context: { status, remoteCode } }));
}

/** Whether a failure says that the one thing that was asked about is gone. */
export function isGone(error: unknown): boolean {
  return error instanceof GatewayError && (error.context['reason'] === GONE || error.context['status'] === 404);
}

function verdictOf(meaning: Meaning, remoteCode: string, answer: HttpAnswer): Verdict {
  if (meaning === 'throttled') return verdictOfStatus({ ...answer, status: 429 }, REQUESTS);
  return failedFor(FAILURES[meaning]({ status: answer.status, remoteCode }));
}

interface Told {
  readonly status: number;
  readonly remoteCode: string;
}

/** A cursor that has run out is not tried again: only a new walk helps. */
const FAILURES: Readonly<Record<Exclude<Meaning, 'throttled'>, (told: Told) => GatewayError>> = {
  'login-refused': (told) => new GatewayError('remote-auth-failed', { context: { ...told, code: 'LOGIN_REFUSED' } }),
  'right-missing': (told) => new GatewayError('remote-forbidden', { context: { ...told, code: 'RIGHTS_MISSING' } }),
  'token-refused': (told) => new GatewayError('remote-invalid-response', { context: { ...told, fault: SYNC_TOKEN_REFUSED } }),
  'cursor-refused': (told) => new GatewayError('invalid-request', { context: { ...told, reason: 'cursor' } }),
  gone: (told) => new GatewayError('invalid-request', { context: { ...told, reason: GONE } }),
  refused: (told) => new GatewayError('invalid-request', { context: { ...told } }),
};

const failedFor = (error: GatewayError): Verdict => ({ outcome: 'failed', error });

/** The first code that is known: `errorInfo.code`, or an entry of `errors`, which is a code or an object that holds one. */
function meaningIn(json: unknown): readonly [string, Meaning | undefined] {
  const entries = isObject(json) ? [own(json, 'errorInfo'), own(json, 'errors')].flat() : [];
  for (const entry of entries) {
    const code = isObject(entry) ? own(entry, 'code') : entry;
    const meaning = typeof code === 'string' ? ERROR_CODES.get(code) : undefined;
    if (typeof code === 'string' && meaning !== undefined) return [code, meaning];
  }
  return ['unknown', undefined];
}
