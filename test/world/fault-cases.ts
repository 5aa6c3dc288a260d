import { ok, type Tenant } from './tenant.js';
import type { World } from './world.js';

/** What goes wrong, and what becomes of a run that meets it. */
export interface FaultCase {
  readonly name: string;
  /** Makes it last; resolves to how it is mended. Null: it cannot be. */
  readonly strike: (world: World, tenant: Tenant) => Promise<(() => Promise<unknown>) | null>;
  /** Of the run, null where it succeeds. */
  readonly error: string | null;
  /** Of the integration afterwards: state and code. */
  readonly standing: readonly [state: string, code: string | null];
  /** Until the next run. */
  readonly waitMs: number;
  /** The least that shows it. */
  readonly candidates: number;
  readonly setAside: number;
  /** Whether a run that succeeds knows what is gone. */
  readonly deletes: boolean;
  readonly mendedBy: 'delta' | 'full';
}

const POLL_MS = 86_400_000;
const BACKOFF_MS = 60_000;
const SETUP_MS = 300_000;

const CONNECTED = ['connected', null] as const;
const USUAL = { standing: CONNECTED, waitMs: BACKOFF_MS, candidates: 30, setAside: 0, deletes: false, mendedBy: 'delta' } as const;

/** A fault of the sandbox's on the list of candidates. */
const onCandidates =
  (fault: object): FaultCase['strike'] =>
  async ({ control }, { sourceId: komboId }) => {
    const { body } = ok(await control.post('/faults', { integrationId: komboId, path: '/ats/candidates', times: null, ...fault }));
    return () => control.delete(`/faults/${body.id}`);
  };

const fault = (name: string, body: object, rest: Partial<FaultCase> & Pick<FaultCase, 'error'>): FaultCase => ({
  ...USUAL,
  name,
  strike: onCandidates(body),
  ...rest,
});

const code = (name: string, error: string, rest: Partial<FaultCase> = {}, headers: object = {}): FaultCase =>
  fault(name, { kind: 'error', code: name, headers }, { error, standing: ['connected', name], ...rest });

const state = (name: string, states: object, rest: Pick<FaultCase, 'error' | 'standing'> & Partial<FaultCase>): FaultCase => ({
  ...USUAL,
  name,
  strike: async (_world, tenant) => {
    ok(await tenant.atSource('put', '/state', states));
    return () => tenant.atSource('put', '/state', { status: 'ACTIVE', setupStatus: 'COMPLETED', qaStatus: 'PASSED' });
  },
  ...rest,
});

const BROKEN = { error: 'remote-invalid-response', standing: ['connected', 'remote-invalid-response'] } as const;
const down = (standingCode: string) => ({ error: 'remote-unavailable', standing: ['remote-not-ready', standingCode] }) as const;
const notReady = (standingCode: string) => ({ ...down(standingCode), waitMs: SETUP_MS });
const NOT_OFFERED = { error: 'unsupported', standing: ['connected', 'ACTIVE'], waitMs: POLL_MS, mendedBy: 'full' } as const;

const ANSWERS: readonly FaultCase[] = [
  fault('a page of HTML with 500', { kind: 'html', status: 500 }, down('unknown')),
  fault('a page of HTML with 503', { kind: 'html', status: 503 }, down('unknown')),
  fault(
    'a page of HTML with 401',
    { kind: 'html', status: 401 },
    { error: 'remote-auth-failed', standing: ['remote-auth-failed', 'unknown'] },
  ),
  fault('a dropped connection', { kind: 'drop' }, down('remote-unavailable')),
  fault('half a body', { kind: 'cut' }, BROKEN),
  fault('broken JSON', { kind: 'broken-json' }, BROKEN),
  fault('a huge body', { kind: 'huge', bytes: 22_000_000 }, BROKEN),
  fault('a cursor that comes again', { kind: 'loop' }, { ...BROKEN, candidates: 260 }),
  fault('a code that is new, with 500', { kind: 'error', code: 'SOMETHING.NEW', status: 500 }, down('unknown')),
  fault(
    'a code that is new, with 400',
    { kind: 'error', code: 'SOMETHING.NEW', status: 400 },
    { error: 'invalid-request', standing: ['connected', 'unknown'] },
  ),
  fault('no code', { kind: 'error', code: null, status: 502 }, down('unknown')),
];

const CODES: readonly FaultCase[] = [
  code('PLATFORM.CONCURRENCY_LIMIT_EXCEEDED', 'remote-rate-limited'),
  code('PLATFORM.INTEGRATION_NOT_FOUND', 'config-invalid', { standing: ['remote-deleted', 'PLATFORM.INTEGRATION_NOT_FOUND'] }),
  code('PLATFORM.INPUT_INVALID', 'invalid-request'),
  code('PLATFORM.UNKNOWN_ERROR', 'remote-unavailable', down('PLATFORM.UNKNOWN_ERROR')),
  code('PLATFORM.IP_NOT_WHITELISTED', 'remote-forbidden', { standing: ['remote-not-ready', 'PLATFORM.IP_NOT_WHITELISTED'] }),
  code('PLATFORM.AUTHENTICATION_INVALID', 'remote-auth-failed', { standing: ['remote-auth-failed', 'PLATFORM.AUTHENTICATION_INVALID'] }),
  code('PLATFORM.TASK_TIMED_OUT', 'remote-unavailable', down('PLATFORM.TASK_TIMED_OUT')),
  code('INTEGRATION.PERMISSION_MISSING', 'remote-forbidden', { standing: ['remote-not-ready', 'INTEGRATION.PERMISSION_MISSING'] }),
  code('INTEGRATION.MODEL_NOT_AVAILABLE', 'unsupported', NOT_OFFERED),
  code('REMOTE.SERVICE_UNAVAILABLE', 'remote-unavailable', down('REMOTE.SERVICE_UNAVAILABLE')),
  code('REMOTE.RATE_LIMIT_EXCEEDED', 'remote-rate-limited', { name: 'a 429 of the ATS’s' }),
  code(
    'REMOTE.RATE_LIMIT_EXCEEDED',
    'remote-rate-limited',
    { name: 'a 429 of the ATS’s that asks for ten minutes', waitMs: 600_000 },
    { 'retry-after': '600' },
  ),
  code('REMOTE.INPUT_INVALID', 'invalid-request'),
  code('REMOTE.UNKNOWN_HTTP_ERROR', 'remote-unavailable', down('REMOTE.UNKNOWN_HTTP_ERROR')),
];

const STATES: readonly FaultCase[] = [
  state(
    'INVALID',
    { status: 'INVALID' },
    { error: 'remote-auth-failed', standing: ['remote-auth-failed', 'INTEGRATION.AUTHENTICATION_INVALID'] },
  ),
  state('INACTIVE', { status: 'INACTIVE' }, { error: 'remote-forbidden', standing: ['remote-disabled', 'INTEGRATION.INACTIVE'] }),
  state('INCOMPLETE', { setupStatus: 'INCOMPLETE' }, notReady('INTEGRATION.SETUP_INCOMPLETE')),
  state('FINAL_SYNC_PENDING', { setupStatus: 'FINAL_SYNC_PENDING' }, notReady('INTEGRATION.SETUP_SYNC_PENDING')),
  state('QA FAILED', { qaStatus: 'FAILED' }, notReady('INTEGRATION.QA_FAILED')),
  {
    ...USUAL,
    ...NOT_OFFERED,
    name: 'a model that is disabled',
    strike: async (_world, tenant) => {
      const set = async (setting: string) => {
        ok(await tenant.atSource('put', '/scopes', { models: { candidates: { setting } } }));
        return tenant.atSource('post', '/sync', { type: 'FULL' });
      };
      ok(await set('DISABLED'));
      return () => set('ENABLED');
    },
  },
  {
    ...USUAL,
    name: 'an integration that was deleted',
    error: 'config-invalid',
    standing: ['remote-deleted', 'PLATFORM.INTEGRATION_NOT_FOUND'],
    strike: async (_world, tenant) => {
      ok(await tenant.atSource('delete', ''));
      return null;
    },
  },
];

const HARMLESS = { error: null, waitMs: POLL_MS, deletes: true } as const;
const malformed = (as: string, rest: Partial<FaultCase> = {}): FaultCase =>
  fault(`a record that is ${as}`, { kind: 'malformed', as, record: 10 }, { ...HARMLESS, ...rest });

const RECORDS: readonly FaultCase[] = [
  malformed('wrong-types', { setAside: 1 }),
  malformed('too-large', { setAside: 1 }),
  malformed('missing-id', { setAside: 1, deletes: false }),
  malformed('bad-id', { setAside: 1, deletes: false }),
  malformed('not-an-object', { setAside: 1, deletes: false }),
  malformed('null', { setAside: 1, deletes: false }),
  malformed('nul-character'),
  malformed('lone-surrogate'),
  malformed('prototype-key'),
  malformed('too-deep'),
  fault('unknown keys', { kind: 'unknown-keys' }, HARMLESS),
  fault('unknown values of enumerations', { kind: 'unknown-enums', path: '/ats/jobs' }, { ...HARMLESS, mendedBy: 'full' }),
  fault('an answer that takes a second', { kind: 'latency', ms: 1000 }, HARMLESS),
];

export const FAULT_CASES: readonly FaultCase[] = [...ANSWERS, ...CODES, ...STATES, ...RECORDS];
