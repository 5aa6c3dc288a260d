import { randomBytes } from 'node:crypto';
import { lockGate, Sealer } from '#libs/store';
import { DISABLED, DPA, ENABLED, type Link } from '../pipeline/bench.for-spec.js';
import { SyncBench } from '../sync/sync-bench.for-spec.js';
import { Integrations } from './integrations.js';

let sync: SyncBench;
let integrations: Integrations;
let link: Link;

beforeAll(async () => {
  sync = await SyncBench.create();
  const { store, grants, clock } = sync.bench;
  integrations = new Integrations(store, grants, new Sealer(randomBytes(32).toString('base64')), sync.requests, clock);
});
beforeEach(async () => {
  link = await sync.bench.link({ ...DPA, subProcessors: ['kombo'] }, ENABLED);
});
afterAll(() => sync.close());

/** A name for an account at Kombo that nobody has yet; base58 knows no 0. */
const account = () => `greenhouse:${randomBytes(12).toString('hex').replaceAll('0', 'z')}`;
const create = (komboIntegrationId: string = account(), { tenantId } = link) =>
  integrations.create(tenantId, { type: 'kombo', ats: 'greenhouse', settings: { komboIntegrationId } });
const activate = (id: string) => integrations.activate(link.tenantId, id);
const active = () => sync.bench.rows<{ id: string }>(link, 'select id from integration where active');

test('a new integration is not active, and asks for nothing', async () => {
  const row = await create();
  expect(row).toMatchObject({ active: false, state: 'connected', connector: 'kombo', type: 'kombo', ats: 'greenhouse' });
  expect(await sync.queued(link)).toEqual([]);
});

test('activating makes it the only active one, ends the old one’s grants and runs, and starts a full run', async () => {
  const grant = await sync.grant(link);
  const old = await sync.bench.claim(link);
  const { id } = await create();
  await activate(id);
  expect(await active()).toEqual([{ id }]);
  expect(await sync.bench.store.inTenant(link.tenantId, (tx) => lockGate(tx, grant, sync.bench.clock.now()))).toBe(false);
  expect(await sync.bench.runOf(old)).toMatchObject({ state: 'cancelled' });
  expect(await sync.bench.rows(link, `select mode, integration_id from sync_run where state = 'queued'`)).toEqual([
    { mode: 'full', integration_id: id },
  ]);
  expect(await sync.queued(link)).toHaveLength(1);
});

test('activating the active one changes nothing', async () => {
  const { id } = await create();
  await activate(id);
  const [before] = await sync.bench.rows(link, 'select epoch from consent_gate');
  await activate(id);
  expect(await sync.bench.rows(link, 'select epoch from consent_gate')).toEqual([before]);
  expect(await sync.queued(link)).toHaveLength(1);
});

test('of several activated at once one is active in the end', async () => {
  const rows = [await create(), await create(), await create()];
  await Promise.all(rows.map(({ id }) => activate(id)));
  expect(await active()).toHaveLength(1);
});

test.each([
  ['integration-disabled', [{ ...DPA, subProcessors: ['kombo'] }, DISABLED]],
  ['consent-does-not-cover', [DPA, ENABLED]],
  ['consent-missing', [ENABLED]],
] as const)('activating is refused with %s, and nothing changes', async (kind, entries) => {
  link = await sync.bench.link(...entries);
  const before = await active();
  const { id } = await create();
  await expect(activate(id)).rejects.toMatchObject({ kind });
  expect(await active()).toEqual(before);
});

test('one source account serves one tenant', async () => {
  const bound = account();
  const { id } = await create(bound);
  const other = await sync.bench.link();
  await expect(create(bound, other)).rejects.toMatchObject({ kind: 'conflict' });
  const own = await create(account(), other);
  const moved = integrations.change(other.tenantId, own.id, { settings: { komboIntegrationId: bound } });
  await expect(moved).rejects.toMatchObject({ kind: 'conflict' });
  await integrations.remove(link.tenantId, id);
  expect(await create(bound, other)).toMatchObject({ connector: 'kombo' });
});

test('two tenants that take one source account at once: one has it', async () => {
  const other = await sync.bench.link();
  const raced = account();
  const outcomes = await Promise.allSettled([create(raced), create(raced, other)]);
  expect(outcomes.filter(({ status }) => status === 'fulfilled')).toHaveLength(1);
});

test('a removed integration is found no more, its run ends and its schedule goes', async () => {
  const { id } = await create();
  await activate(id);
  await integrations.remove(link.tenantId, id);
  await expect(integrations.get(link.tenantId, id)).rejects.toMatchObject({ kind: 'not-found' });
  expect(await sync.bench.rows(link, 'select state, error from sync_run')).toEqual([{ state: 'cancelled', error: 'integration-disabled' }]);
  expect(await sync.bench.rows(link, 'select 1 from sync_schedule')).toEqual([]);
  expect(await sync.bench.rows(link, 'select settings, sealed_credentials, active from integration where id = $1', [id])).toEqual([
    { settings: {}, sealed_credentials: null, active: false },
  ]);
});

test('another tenant’s integration is not found', async () => {
  const { id } = await create();
  const other = await sync.bench.link();
  await expect(integrations.get(other.tenantId, id)).rejects.toMatchObject({ kind: 'not-found' });
  await expect(integrations.activate(other.tenantId, id)).rejects.toMatchObject({ kind: 'not-found' });
  await expect(integrations.remove(other.tenantId, id)).rejects.toMatchObject({ kind: 'not-found' });
});
