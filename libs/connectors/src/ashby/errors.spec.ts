import { GatewayError } from '#libs/model';
import { SYNC_TOKEN_REFUSED } from '../contract/connector.js';
import { errorOf, json, source } from '../http/source.for-spec.js';
import { callTo, grantToRead } from './call.for-spec.js';
import { check } from './check.js';
import { ERROR_CODES, judge } from './errors.js';
import { ashby } from './index.js';

const failed = (code: string) => ({
  success: false,
  errors: [code],
  errorInfo: { code, message: 'SECRET', requestId: 'SECRET', meta: {} },
});
const judged = (status: number, body: unknown, retryAfterMs: number | null = null) =>
  judge({ status, headers: {}, json: body, retryAfterMs });

describe('a failure that comes with status 200', () => {
  it.each([
    ['invalid_api_key', { kind: 'remote-auth-failed', context: { code: 'LOGIN_REFUSED' } }],
    ['missing_endpoint_permission', { kind: 'remote-forbidden', context: { code: 'RIGHTS_MISSING' } }],
    ['incremental_sync_too_large', { kind: 'remote-invalid-response', context: { fault: SYNC_TOKEN_REFUSED } }],
    ['sync_token_expired', { kind: 'remote-invalid-response', context: { fault: SYNC_TOKEN_REFUSED } }],
    ['sync_token_invalid', { kind: 'remote-invalid-response', context: { fault: SYNC_TOKEN_REFUSED } }],
    ['next_cursor_expired', { kind: 'invalid-request', retry: { when: 'never' }, context: { reason: 'cursor' } }],
    ['invalid_input', { kind: 'invalid-request' }],
    ['SECRET_new_code', { kind: 'remote-invalid-response', retry: { when: 'later' }, context: { remoteCode: 'unknown' } }],
    ['constructor', { kind: 'remote-invalid-response', context: { remoteCode: 'unknown' } }],
  ])('is judged by its code: %s', (code, error) => {
    const verdict = judged(200, failed(code));
    expect(verdict).toMatchObject({ outcome: 'failed', error });
    expect(JSON.stringify(verdict)).not.toContain('SECRET');
  });

  it.each([
    ['a text', { success: false, errors: ['sync_token_expired'] }],
    ['an object', { success: false, errors: [{ code: 'sync_token_expired', message: 'SECRET' }] }],
    ['one of several', { success: false, errors: ['SECRET', null, 'sync_token_expired'] }],
    ['in errorInfo alone', { success: false, errorInfo: { code: 'sync_token_expired' } }],
  ])('is found where its code is %s', (_where, body) => {
    expect(judged(200, body)).toMatchObject({ error: { context: { fault: SYNC_TOKEN_REFUSED, remoteCode: 'sync_token_expired' } } });
  });

  it('names no code at all', () => {
    for (const body of [{ success: false }, { success: false, errors: 'x', errorInfo: 7 }])
      expect(judged(200, body)).toMatchObject({ error: { context: { remoteCode: 'unknown' } } });
  });

  it('of the rate limit is tried again, and counts against it', () => {
    const exceeded = { outcome: 'retry', exceeded: 'requests', afterMs: 2_000, error: { kind: 'remote-rate-limited' } };
    expect(judged(200, failed('rate_limit_exceeded'), 2_000)).toMatchObject(exceeded);
    expect(judged(429, failed('SECRET_new_code'), 2_000)).toMatchObject(exceeded);
  });
});

describe('a failure with a status of its own', () => {
  it.each([
    [401, {}, { kind: 'remote-auth-failed', context: { code: 'LOGIN_REFUSED' } }],
    [403, {}, { kind: 'remote-forbidden', context: { code: 'RIGHTS_MISSING' } }],
    [403, failed('invalid_api_key'), { kind: 'remote-auth-failed', context: { code: 'LOGIN_REFUSED' } }],
    [400, failed('sync_token_invalid'), { context: { fault: SYNC_TOKEN_REFUSED } }],
    [400, failed('SECRET_new_code'), { kind: 'invalid-request' }],
    [404, undefined, { kind: 'config-invalid', context: { code: 'ACCOUNT_UNKNOWN' } }],
  ])('%i is judged by its code where that is known, else by the status', (status, body, error) => {
    expect(judged(status, body)).toMatchObject({ outcome: 'failed', error });
  });

  it('of the server is tried again', () => {
    expect(judged(503, undefined)).toMatchObject({ outcome: 'retry', error: { kind: 'remote-unavailable' } });
  });
});

test('every code that a failure may name to the link has its condition', () => {
  const codes = [...ERROR_CODES.keys()].flatMap((code) => {
    const verdict = judged(200, failed(code));
    const told = verdict.outcome === 'failed' && verdict.error instanceof GatewayError ? verdict.error.context['code'] : undefined;
    return typeof told === 'string' ? [told] : [];
  });
  expect(codes.length).toBeGreaterThan(0);
  for (const code of codes) expect(ashby.manifest.conditions.has(code)).toBe(true);
});

describe('a sync token that is refused', () => {
  it('is told to whoever reads', async () => {
    const { baseUrl, requests } = await source(json(200, failed('incremental_sync_too_large')));
    const page = ashby.ports.read.application.page(callTo(baseUrl), { grant: grantToRead(), syncToken: 'old' });
    expect(await errorOf(page)).toMatchObject({ context: { fault: SYNC_TOKEN_REFUSED } });
    expect(requests).toHaveLength(1);
  });
});

describe('a check', () => {
  const outcomeOf = async (status: number, body: unknown) => check(callTo((await source(json(status, body))).baseUrl));

  it('asks for interview plans alone', async () => {
    const remote = await source(json(200, { success: true, results: [{ id: 'p', title: 'SECRET' }], moreDataAvailable: false }));
    expect(await check(callTo(remote.baseUrl))).toEqual({ code: 'CONNECTED', drift: null });
    expect(remote.requests.map(({ url }) => url)).toEqual(['/v1/interviewPlan.list']);
  });

  it.each([
    [200, failed('missing_endpoint_permission'), 'RIGHTS_MISSING'],
    [200, failed('invalid_api_key'), 'LOGIN_REFUSED'],
    [401, {}, 'LOGIN_REFUSED'],
    [404, {}, 'ACCOUNT_UNKNOWN'],
  ])('says what a %i of %j means', async (status, body, code) => {
    expect(await outcomeOf(status, body)).toEqual({ code, drift: null });
  });

  it('throws where Ashby cannot be asked, or answers nonsense', async () => {
    expect(await errorOf(outcomeOf(503, {}))).toMatchObject({ kind: 'remote-unavailable' });
    expect(await errorOf(outcomeOf(200, {}))).toMatchObject({ kind: 'remote-invalid-response' });
  });
});
