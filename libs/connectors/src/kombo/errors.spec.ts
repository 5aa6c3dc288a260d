import { KomboAtsErrorCode, KomboGeneralErrorCode, KomboHrisErrorCode } from './sdk.for-spec.js';
import fc from 'fast-check';
import { GatewayError } from '#libs/model';
import type { HttpAnswer, Verdict } from '../contract/call.js';
import { ERROR_CODES, judge } from './errors.js';

const answer = (status: number, json: unknown, more: Partial<HttpAnswer> = {}): HttpAnswer => ({
  status,
  headers: {},
  json,
  retryAfterMs: null,
  ...more,
});
const envelope = (code: unknown) => ({ status: 'error', error: { code, title: 'SECRET', message: 'SECRET', log_url: 'SECRET' } });

describe('a code', () => {
  it.each(Object.values({ ...KomboAtsErrorCode, ...KomboGeneralErrorCode, ...KomboHrisErrorCode }))(
    "%s of the SDK's is in the table",
    (code) => {
      expect([...ERROR_CODES.keys()]).toContain(code);
    },
  );

  it.each([
    ['PLATFORM.AUTHENTICATION_INVALID', 'failed', 'remote-auth-failed', { when: 'never' }],
    ['PLATFORM.INTEGRATION_NOT_FOUND', 'failed', 'config-invalid', { when: 'never' }],
    ['PLATFORM.INPUT_INVALID', 'failed', 'invalid-request', { when: 'never' }],
    ['PLATFORM.RATE_LIMIT_EXCEEDED', 'retry', 'remote-rate-limited', { when: 'later' }],
    ['PLATFORM.TASK_TIMED_OUT', 'retry', 'remote-unavailable', { when: 'later' }],
    ['INTEGRATION.AUTHENTICATION_INVALID', 'failed', 'remote-auth-failed', { when: 'never' }],
    ['INTEGRATION.PERMISSION_MISSING', 'failed', 'remote-forbidden', { when: 'never' }],
    ['INTEGRATION.SETUP_SYNC_PENDING', 'failed', 'remote-unavailable', { when: 'later', afterMs: 300_000 }],
    ['INTEGRATION.SETUP_INCOMPLETE', 'failed', 'remote-unavailable', { when: 'later', afterMs: 300_000 }],
    ['INTEGRATION.QA_FAILED', 'failed', 'remote-unavailable', { when: 'later', afterMs: 300_000 }],
    ['INTEGRATION.MODEL_DISABLED', 'failed', 'unsupported', { when: 'never' }],
    ['REMOTE.UNKNOWN_HTTP_ERROR', 'failed', 'remote-unavailable', { when: 'never' }],
    ['ATS.APPLICATION_ALREADY_EXISTS', 'failed', 'conflict', { when: 'never' }],
  ])('%s counts whatever the status says', (code, outcome, kind, retry) => {
    for (const status of [200, 400, 409, 503]) {
      expect(judge(answer(status, envelope(code)))).toMatchObject({ outcome, error: { kind, retry, context: { status, code } } });
    }
  });
});

describe('an answer without a code that we know', () => {
  it.each([
    [400, 'failed', 'invalid-request'],
    [401, 'failed', 'remote-auth-failed'],
    [403, 'failed', 'remote-forbidden'],
    [404, 'failed', 'config-invalid'],
    [409, 'failed', 'remote-unavailable'],
    [418, 'failed', 'remote-invalid-response'],
    [429, 'retry', 'remote-rate-limited'],
    [500, 'retry', 'remote-unavailable'],
    [502, 'retry', 'remote-unavailable'],
    [503, 'retry', 'remote-unavailable'],
  ])('is judged by its status: %d', (status, outcome, kind) => {
    for (const json of [
      undefined,
      envelope(null),
      envelope('PLATFORM.NEW'),
      envelope('constructor'),
      envelope({ a: 1 }),
      { error: 'x' },
      [],
      7,
    ]) {
      expect(judge(answer(status, json))).toMatchObject({ outcome, error: { kind, context: { status, code: 'unknown' } } });
    }
  });

  it('is a failure also with status 200', () => {
    expect(judge(answer(200, envelope('PLATFORM.NEW')))).toMatchObject({ error: { kind: 'remote-invalid-response' } });
  });
});

describe('the wait', () => {
  const limited = envelope('PLATFORM.RATE_LIMIT_EXCEEDED');

  it.each<[string, Partial<HttpAnswer>, number | undefined]>([
    ['is the window that ratelimit-reset names', { headers: { 'ratelimit-reset': '57' } }, 57_000],
    ['is what Retry-After asks for, where it is there too', { headers: { 'ratelimit-reset': '57' }, retryAfterMs: 3_000 }, 3_000],
    ['is left to the client where ratelimit-reset makes no sense', { headers: { 'ratelimit-reset': '-1' } }, undefined],
  ])('%s', (_title, more, afterMs) => {
    expect(judge(answer(429, limited, more))).toEqual(expect.objectContaining(afterMs === undefined ? { outcome: 'retry' } : { afterMs }));
    expect(waitOf(judge(answer(429, limited, more)))).toBe(afterMs);
  });

  it('of other limits does not follow ratelimit-reset', () => {
    const verdict = judge(answer(429, envelope('REMOTE.RATE_LIMIT_EXCEEDED'), { headers: { 'ratelimit-reset': '57' } }));
    expect(waitOf(verdict)).toBeUndefined();
  });

  it('during setup is never shorter than five minutes', () => {
    expect(judge(answer(409, envelope('INTEGRATION.SETUP_SYNC_PENDING'), { retryAfterMs: 1 }))).toMatchObject({
      error: { retry: { afterMs: 300_000 } },
    });
  });
});

const waitOf = (verdict: Verdict): number | undefined => ('afterMs' in verdict ? verdict.afterMs : undefined);

it("no error holds Kombo's words, and no answer crashes the judge", () => {
  fc.assert(
    fc.property(fc.integer({ min: 200, max: 599 }), fc.oneof(fc.jsonValue(), fc.string().map(envelope)), (status, json) => {
      const verdict = judge(answer(status, json));
      if (verdict.outcome === 'ok') return;
      expect(verdict.error).toBeInstanceOf(GatewayError);
      expect(JSON.stringify(verdict.error) + verdict.error.message).not.toContain('SECRET');
    }),
  );
});
