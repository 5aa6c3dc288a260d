import { RESOURCES } from '#libs/model';
import { ERROR_CODES, judge } from './errors.js';
import { kombo } from './index.js';
import { CANARY, SandboxIntegration } from './sandbox.for-spec.js';

let source: SandboxIntegration;
beforeAll(async () => {
  source = await SandboxIntegration.start();
});
afterAll(() => source.close());
beforeEach(() => source.reset());

const always = { times: null };
const SETUP = { kind: 'remote-unavailable', retry: { when: 'later', afterMs: 300_000 } };

describe('what Kombo adds', () => {
  it.each(RESOURCES)('as keys of a %s is dropped and counted, not named', async (resource) => {
    await source.fault({ kind: 'unknown-keys' });
    const { records, setAside, dropped } = await source.page(resource);
    expect([records.length, setAside.length]).toEqual([250, 0]);
    expect(dropped.get('*')).toBeGreaterThanOrEqual(500);
    expect(JSON.stringify([records, [...dropped]])).not.toMatch(/brand_new/);
  });

  it('as values of an enumeration becomes unknown', async () => {
    await source.fault({ kind: 'unknown-enums' });
    const { records } = await source.page('job');
    expect(records).toHaveLength(250);
    expect(records.every(({ fields }) => fields.status === 'unknown' && fields.visibility === 'unknown')).toBe(true);
    expect(JSON.stringify(records)).not.toContain('BRAND_NEW');
  });
});

describe('one malformed record', () => {
  it.each(['wrong-types', 'missing-id', 'bad-id', 'not-an-object', 'null', 'too-large'])(
    '(%s) is set aside without its content, and the page goes on',
    async (as) => {
      await source.fault({ kind: 'malformed', as });
      const { records, setAside } = await source.page('candidate');
      expect([records.length, setAside.length]).toEqual([249, 1]);
      expect(JSON.stringify(setAside)).not.toContain(CANARY);
      expect(JSON.stringify(setAside).length).toBeLessThan(200);
    },
  );

  it.each(['nul-character', 'lone-surrogate', 'prototype-key', 'too-deep'])('(%s) that can still be read, is read', async (as) => {
    const sound = await source.page('candidate');
    await source.fault({ kind: 'malformed', as });
    const { records, setAside } = await source.page('candidate');
    expect(setAside).toEqual([]);
    expect(records.map(({ externalId }) => externalId)).toEqual(sound.records.map(({ externalId }) => externalId));
    expect(records.every(({ fields }) => (fields.firstName ?? '').isWellFormed() && !fields.firstName?.includes('\u0000'))).toBe(true);
    expect(Reflect.has({}, 'polluted')).toBe(false);
  });
});

describe('a fault that passes', () => {
  it.each([
    ['a 500', { kind: 'error', code: 'PLATFORM.UNKNOWN_ERROR' }],
    ['a 503 with HTML', { kind: 'html', status: 503 }],
    ['a 502 without a code', { kind: 'error', code: null, status: 502 }],
    ['a 429 with Retry-After in seconds', { kind: 'error', code: 'PLATFORM.RATE_LIMIT_EXCEEDED', headers: { 'retry-after': '2' } }],
    [
      'a 429 with Retry-After as a date',
      { kind: 'error', code: 'REMOTE.RATE_LIMIT_EXCEEDED', headers: { 'retry-after': 'Sun, 01 Mar 2026 08:00:02 GMT' } },
    ],
    ['a dropped connection', { kind: 'drop' }],
    ['a cut body', { kind: 'cut' }],
    ['broken JSON', { kind: 'broken-json' }],
  ])('is survived within the call: %s', async (_what, fault) => {
    await source.fault(fault);
    expect((await source.page('user')).records).toHaveLength(250);
    expect(await source.requestCount()).toBe(2);
  });
});

describe('a lasting fault', () => {
  it.each([
    ['a dropped connection', { kind: 'drop' }, 'remote-unavailable', 4],
    ['a cut body', { kind: 'cut' }, 'remote-invalid-response', 4],
    ['broken JSON', { kind: 'broken-json' }, 'remote-invalid-response', 4],
    ['a huge body', { kind: 'huge', bytes: 30_000_000 }, 'remote-invalid-response', 1],
    ['a 503 with HTML', { kind: 'html', status: 503 }, 'remote-unavailable', 4],
    ['a code of tomorrow', { kind: 'error', code: 'PLATFORM.TOMORROW', status: 418 }, 'remote-invalid-response', 1],
  ])('ends as an error: %s', async (_what, fault, kind, requests) => {
    await source.fault({ ...fault, ...always });
    await expect(source.page('user')).rejects.toMatchObject({ kind });
    expect(await source.requestCount()).toBe(requests);
  });

  it('that is a silence ends in time', async () => {
    await source.fault({ kind: 'latency', ms: 1_000, ...always });
    const call = source.call({ limits: { timeoutMs: 100, attempts: 1 } });
    await expect(source.page('user', {}, call)).rejects.toMatchObject({ kind: 'remote-unavailable', context: { reason: 'timeout' } });
  });

  it.each([...ERROR_CODES.keys()].filter((code) => !code.startsWith('HRIS.')))('is told by its code: %s', async (code) => {
    await source.fault({ kind: 'error', code, ...always });
    const verdict = judge({ status: 500, headers: {}, retryAfterMs: null, json: { status: 'error', error: { code } } });
    const error = await source.page('user').catch((reason: unknown) => reason);
    expect(error).toMatchObject({ kind: 'error' in verdict && Reflect.get(verdict.error, 'kind'), context: { code } });
    expect(await source.requestCount()).toBe(verdict.outcome === 'retry' ? 4 : 1);
  });
});

describe('a state of the integration', () => {
  it.each([
    [{ setupStatus: 'INCOMPLETE' }, SETUP, 'INTEGRATION.SETUP_INCOMPLETE'],
    [{ setupStatus: 'FINAL_SYNC_PENDING' }, SETUP, 'INTEGRATION.SETUP_SYNC_PENDING'],
    [{ status: 'INVALID' }, { kind: 'remote-auth-failed' }, 'INTEGRATION.AUTHENTICATION_INVALID'],
    [{ status: 'INACTIVE' }, { kind: 'remote-forbidden' }, 'INTEGRATION.INACTIVE'],
  ])('%j is seen by a read and by a check', async (state, error, code) => {
    await source.change('PUT', '/state', state);
    await expect(source.page('user')).rejects.toMatchObject(error);
    expect(await kombo.ports.check(source.call())).toMatchObject({ code });
  });

  it('that is sound makes it ready', async () => {
    expect(await kombo.ports.check(source.call())).toMatchObject({ code: 'ACTIVE' });
  });

  it('that failed the quality check can only be waited for', async () => {
    await source.change('PUT', '/state', { qaStatus: 'FAILED' });
    await expect(source.page('user')).rejects.toMatchObject(SETUP);
  });

  it('that Kombo does not know is no working connection', async () => {
    const call = source.call({}, { komboIntegrationId: 'sandbox:7C9M5sXAQx2cNMpVHLojrFpL' });
    await expect(source.page('user', {}, call)).rejects.toMatchObject({ kind: 'config-invalid' });
    expect(await kombo.ports.check(call)).toMatchObject({ code: 'PLATFORM.INTEGRATION_NOT_FOUND' });
  });

  it('is not told to a wrong API key', async () => {
    const call = { ...source.call(), platformKey: 'wrong' };
    await expect(source.page('user', {}, call)).rejects.toMatchObject({ kind: 'remote-auth-failed' });
    await expect(kombo.ports.check(call)).rejects.toMatchObject({ kind: 'remote-auth-failed' });
  });
});
