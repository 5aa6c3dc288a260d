import { GatewayError } from '#libs/model';
import type { Law } from '../law.js';
import { CANARY, type Source } from '../source.js';

const PASSING: readonly (readonly [string, object])[] = [
  ['a 500', { kind: 'error', status: 500 }],
  ['a 503 in HTML', { kind: 'html', status: 503 }],
  ['a 429 with seconds', { kind: 'error', status: 429, headers: { 'retry-after': '2' } }],
  ['a 429 with a date', { kind: 'error', status: 429, headers: { 'retry-after': 'Sun, 01 Mar 2026 08:00:02 GMT' } }],
  ['a dropped connection', { kind: 'drop' }],
  ['a cut body', { kind: 'cut' }],
  ['broken JSON', { kind: 'broken-json' }],
];

const LASTING: readonly (readonly [string, object, string | RegExp])[] = [
  ['401', { kind: 'error', status: 401 }, 'remote-auth-failed'],
  ['403', { kind: 'error', status: 403 }, 'remote-forbidden'],
  ['404', { kind: 'error', status: 404 }, 'config-invalid'],
  ['429', { kind: 'error', status: 429, headers: { 'retry-after': '2' } }, 'remote-rate-limited'],
  ['503 in HTML', { kind: 'html', status: 503 }, 'remote-unavailable'],
  ['a dropped connection', { kind: 'drop' }, 'remote-unavailable'],
  ['a cut body', { kind: 'cut' }, 'remote-invalid-response'],
  ['broken JSON', { kind: 'broken-json' }, 'remote-invalid-response'],
  ['a huge body', { kind: 'huge', bytes: 25_000_000 }, 'remote-invalid-response'],
];

async function failureOf(source: Source, fault: object): Promise<unknown> {
  await source.fault({ ...fault, times: null });
  const outcome: unknown = await source.page('user').then(
    ({ records, next }) => `a page of ${records.length}, ${next === null ? 'the last' : 'not the last'}`,
    (reason: unknown) => reason,
  );
  await source.reset();
  return outcome;
}

export const FAILURES: readonly Law[] = [
  {
    name: 'a fault that passes is survived within the call',
    hold: async ({ source }) => {
      const plain = await source.page('user');
      for (const [what, fault] of PASSING) {
        await source.fault(fault);
        const page = await source.page('user');
        await source.reset();
        expect([what, page.records]).toEqual([what, plain.records]);
      }
    },
  },
  {
    name: 'a fault that lasts is an error of its kind, never an end, and says no word of what was answered',
    hold: async ({ source }) => {
      for (const [what, fault, kind] of LASTING) {
        const error = await failureOf(source, fault);
        expect([what, error instanceof GatewayError ? error.kind : error]).toEqual([what, kind]);
        expect(JSON.stringify(error)).not.toContain(CANARY);
      }
    },
  },
  {
    name: 'a refusal carries a code that the manifest explains',
    hold: async ({ source }) => {
      for (const status of [401, 403]) {
        const code = status === 401 ? 'PLATFORM.AUTHENTICATION_INVALID' : 'INTEGRATION.PERMISSION_MISSING';
        const isKombo = source.connector.manifest.kind === 'unified';
        const error = await failureOf(source, { kind: 'error', status, ...(isKombo ? { code } : {}) });
        const named = error instanceof GatewayError ? error.context['code'] : null;
        expect([status, typeof named === 'string' && source.connector.manifest.conditions.has(named)]).toEqual([status, true]);
      }
    },
  },
  {
    name: 'a check finds a sound link connected and a refused login refused',
    hold: async ({ source }) => {
      const { check } = source.connector.ports;
      const sound = await check(source.call());
      expect(source.connector.manifest.conditions.get(sound.code)?.state).toBe('connected');
      await source.fault({
        kind: 'error',
        status: 401,
        times: null,
        ...(source.connector.manifest.kind === 'unified' ? { code: 'INTEGRATION.AUTHENTICATION_INVALID' } : {}),
      });
      const found = await check(source.call()).then(
        ({ code }) => source.connector.manifest.conditions.get(code)?.state,
        (error: unknown) => (error instanceof GatewayError && error.kind === 'remote-auth-failed' ? 'remote-auth-failed' : error),
      );
      await source.reset();
      expect(found).toBe('remote-auth-failed');
    },
  },
  {
    name: 'a silence ends in time',
    hold: async ({ source }) => {
      await source.fault({ kind: 'latency', ms: 700, times: null });
      const call = source.call({ limits: { timeoutMs: 100, attempts: 1 } });
      await expect(source.page('user', {}, call)).rejects.toMatchObject({ kind: 'remote-unavailable' });
      await source.reset();
    },
  },
  {
    name: 'a stopped run stops its call, and nothing more is sent',
    hold: async ({ source }) => {
      const stop = new AbortController();
      await source.fault({ kind: 'latency', ms: 400, times: null });
      const reading = source.pages('user', {}, source.call({ signal: stop.signal }, { signal: stop.signal }));
      setTimeout(() => stop.abort(), 100);
      await expect(reading).rejects.toBeInstanceOf(Error);
      const sent = await source.requestCount();
      await new Promise((resolve) => setTimeout(resolve, 600));
      expect(await source.requestCount()).toBe(sent);
      await source.reset();
    },
  },
  {
    name: 'every call goes to the one host that may be called, where the vendor names others too',
    hold: async ({ source }) => {
      await source.reset();
      let attempts = 0;
      const call = source.call({
        around: (_call, work) => {
          attempts += 1;
          return work();
        },
      });
      await source.pages('job', {}, call);
      const seen = (await source.requests()).filter(({ path }) => !String(path).endsWith('/token'));
      expect(attempts).toBeGreaterThan(1);
      expect(seen.length).toBe(attempts);
      expect(source.connector.manifest.apiUrl({ subdomain: 'customer', companyId: 'customer' })).toMatch(/^https:\/\//);
    },
  },
];
