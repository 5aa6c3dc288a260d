import { randomUUID } from 'node:crypto';
import type { Link } from '../pipeline/bench.for-spec.js';
import { Source } from '../pipeline/source.for-spec.js';
import { LostRun } from '../pipeline/stops.js';
import { SyncBench } from '../sync/sync-bench.for-spec.js';
import { Policies } from './policy.js';
import type { PolicyBody } from './tenant.dto.js';

let sync: SyncBench;
let policies: Policies;
let link: Link;

beforeAll(async () => {
  sync = await SyncBench.create();
  policies = new Policies(sync.bench.store, sync.requests, sync.bench.clock);
});
beforeEach(async () => {
  link = await sync.bench.link();
});
afterAll(() => sync.close());

const change = (patch: PolicyBody, { tenantId } = link) => policies.change(tenantId, patch);
const epoch = async () => (await sync.bench.rows<{ epoch: string }>(link, 'select epoch from consent_gate'))[0]?.epoch;

const source = () =>
  new Source()
    .put('job', 'in', { name: 'In', stages: [{ externalId: 's', remoteId: null, name: 'Alva', position: 0 }] })
    .put('job', 'out', { name: 'Out' })
    .put('user', 'u', { firstName: 'U', email: 'u@u.example' });

test('without a policy nothing is narrowed', async () => {
  expect(await sync.bench.store.inTenant(link.tenantId, (tx) => policies.read(tx, link.tenantId))).toEqual({
    hiddenFields: {},
    jobScope: null,
    retentionDays: null,
  });
});

test('a patch changes what it names, and keeps the rest', async () => {
  await change({ hiddenFields: { user: ['email', 'email'] }, retentionDays: 30 });
  await change({ jobScope: { stageNameContains: 'Alva' } });
  expect(await change({ retentionDays: null })).toEqual({
    hiddenFields: { user: ['email'] },
    jobScope: { stageNameContains: 'Alva' },
    retentionDays: null,
  });
  expect(await change({ hiddenFields: {}, jobScope: null })).toEqual({ hiddenFields: {}, jobScope: null, retentionDays: null });
});

test('what is hidden, or out of scope, is gone from the store with the call, and a full run is queued', async () => {
  await sync.bench.sync(link, source());
  await change({ hiddenFields: { user: ['email'] }, jobScope: { stageNameContains: 'alva' } });
  expect(await sync.bench.rows(link, 'select first_name, email from ats_user')).toEqual([{ first_name: 'U', email: null }]);
  expect(await sync.bench.alive(link, 'job')).toEqual(['in']);
  expect(await sync.bench.rows(link, `select mode from sync_run where state = 'queued'`)).toEqual([{ mode: 'full' }]);
  expect(await sync.queued(link)).toHaveLength(1);
});

test('a run under the old policy commits nothing more', async () => {
  const running = source();
  running.meanwhile = async ({ resource }) => {
    if (resource === 'job') await change({ hiddenFields: { job: ['name'] } });
  };
  const run = await sync.bench.claim(link);
  await expect(sync.bench.work(run, running)).rejects.toBeInstanceOf(LostRun);
  expect(await sync.bench.runOf(run)).toMatchObject({ state: 'cancelled' });
  expect(await sync.bench.rows(link, 'select name from job where name is not null')).toEqual([]);
});

test('a patch that narrows no other way leaves what runs alone', async () => {
  await change({ hiddenFields: { user: ['email', 'lastName'] } });
  const before = [await epoch(), await sync.queued(link)];
  await change({ retentionDays: 7 });
  await change({ hiddenFields: { user: ['lastName', 'email'] } });
  expect([await epoch(), await sync.queued(link)]).toEqual(before);
});

test.each<[string, PolicyBody]>([
  ['a resource that does not exist', { hiddenFields: { phone: [] } }],
  ['a field that is not on the allowlist', { hiddenFields: { user: ['phone'] } }],
  ['a field of another resource', { hiddenFields: { user: ['stages'] } }],
  ['a text in place of a list', { hiddenFields: { user: 'email' } }],
  ['a key of every object', { hiddenFields: JSON.parse('{"__proto__": []}') }],
  ['a scope by stages that are hidden', { hiddenFields: { job: ['stages'] }, jobScope: { stageNameContains: 'A' } }],
  ['a scope by jobs that applications hide', { hiddenFields: { application: ['jobId'] }, jobScope: { stageNameContains: 'A' } }],
  [
    'a scope by candidates that applications hide',
    { hiddenFields: { application: ['candidateId'] }, jobScope: { stageNameContains: 'A' } },
  ],
])('refuses %s, and changes nothing', async (_what, patch) => {
  const before = await epoch();
  await expect(change(patch)).rejects.toMatchObject({ kind: 'invalid-request' });
  expect(await epoch()).toBe(before);
  expect(await sync.bench.rows(link, 'select 1 from tenant_policy')).toEqual([]);
});

test('an unknown tenant has no policy to change', async () => {
  await expect(change({ retentionDays: 1 }, { tenantId: randomUUID(), integrationId: '' })).rejects.toMatchObject({ kind: 'not-found' });
});

test('two changes at once both hold', async () => {
  await Promise.all([
    change({ retentionDays: 5 }),
    change({ jobScope: { stageNameContains: 'Alva' } }),
    change({ hiddenFields: { user: ['email'] } }),
  ]);
  expect(await sync.bench.store.inTenant(link.tenantId, (tx) => policies.read(tx, link.tenantId))).toEqual({
    hiddenFields: { user: ['email'] },
    jobScope: { stageNameContains: 'Alva' },
    retentionDays: 5,
  });
});
