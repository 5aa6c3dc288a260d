import type { Api } from './world/api.js';
import { byRemoteId } from './world/by-remote-id.js';
import { dataChanged, komboId, sendRaw, sendWebhook, stateChanged, type KomboWebhook } from './world/kombo-webhook.js';
import { newestEnded, patiently } from './world/patience.js';
import { Random } from './world/random.js';
import { rowsIn } from './world/rows.js';
import { snapshotOf, type Snapshot } from './world/snapshot.js';
import { drawChange, type SourceChange } from './world/source-changes.js';
import { Tenant } from './world/tenant.js';
import { World } from './world/world.js';

const ROUNDS = 10;
const CHANGES_PER_ROUND = 20;
const DELIVERIES_PER_ROUND = 1000;
const FORGED_PER_ROUND = 50;
const AT_ONCE = 40;

const random = new Random();
const { seed } = random;
let world: World;
let api: Api;

beforeAll(async () => {
  world = await World.create();
  // No poll comes in between: what is read is read because of a webhook.
  api = await world.gateway({ SYNC_DELTA_SECONDS: '86400' });
}, 60_000);
afterAll(() => world.close());

type Sent = KomboWebhook & { readonly id: string };

/** A state of the integration's now and then, the newest of which says that all is well. */
function announcementsOf(tenant: Tenant, changes: readonly SourceChange[], round: number): Sent[] {
  const data = changes.map(({ models }) => dataChanged(tenant.sourceId, ...models));
  const hour = String(round).padStart(2, '0');
  const states = [{ state: 'INVALID' }, {}].map((state, at) => stateChanged(tenant.sourceId, `2026-03-01T${hour}:0${at}:00.000Z`, state));
  return [...data, ...states].map((webhook) => ({ ...webhook, id: komboId() }));
}

/** Signed with another secret, changed after it was signed, or of an id that was never sent. */
async function sendForged(webhook: Sent): Promise<void> {
  const body = JSON.stringify({ ...webhook, id: komboId() });
  const status = await sendRaw(api.url, body, random.pick([{ secret: 'another' }, { signature: null }, { signature: 'x'.repeat(43) }]));
  expect({ seed, status }).toEqual({ seed, status: 401 });
}

async function inParallel(tasks: readonly (() => Promise<unknown>)[]): Promise<void> {
  const waiting = tasks.values();
  const work = async () => {
    for (const task of waiting) await task();
  };
  await Promise.all(Array.from({ length: AT_ONCE }, work));
}

/** The new ones once at least, any earlier ones again and again, in any order and formatting, forged ones in between. */
async function deliverWildly(announced: readonly Sent[], fresh: readonly Sent[]): Promise<void> {
  const again = Array.from({ length: DELIVERIES_PER_ROUND - FORGED_PER_ROUND - fresh.length }, () => random.pick(announced));
  const genuine = [...fresh, ...again].map((webhook) => async () => {
    const status = await sendWebhook(api.url, webhook, { pretty: random.next() < 0.5 });
    expect({ seed, status }).toEqual({ seed, status: 200 });
  });
  const forged = Array.from({ length: FORGED_PER_ROUND }, () => () => sendForged(random.pick(announced)));
  await inParallel(random.shuffled([...genuine, ...forged]));
}

const noticed = (tenant: Tenant) =>
  patiently(async () => {
    const [pending] = await rowsIn(world.database, 'select 1 from sync_notice where tenant_id = $1 and pending', [tenant.id]);
    return pending === undefined ? true : null;
  });

/** Applications whose date is not the source's: each was last read as it is now. */
async function misdated(tenant: Tenant, { applications }: Snapshot): Promise<string[]> {
  const source = await Promise.all(
    applications.map(({ remoteId }) => world.control.get(`/integrations/${tenant.sourceId}/records/applications/remote:${remoteId}`)),
  );
  return applications.flatMap(({ remoteId, remoteUpdatedAt }, at) =>
    source[at]?.body.record.remote_updated_at === remoteUpdatedAt ? [] : [remoteId],
  );
}

async function endOf(tenant: Tenant) {
  await noticed(tenant);
  await newestEnded(tenant);
  const [recorded] = await rowsIn(world.database, 'select count(*)::int as count from webhook where tenant_id = $1', [tenant.id]);
  const [link] = await rowsIn(world.database, 'select state, remote_state_at from integration where tenant_id = $1', [tenant.id]);
  const runs = await tenant.runs();
  const snapshot = await snapshotOf(tenant);
  expect({ seed, misdated: await misdated(tenant, snapshot) }).toEqual({ seed, misdated: [] });
  return { records: byRemoteId(snapshot), recorded: recorded.count, link, runs: runs.length };
}

test('10,000 webhooks, duplicated, out of order and some forged, come to what each of them once in order comes to', async () => {
  const [calm, stormy] = await Promise.all(
    [0, 1].map(() => Tenant.synced(api, world.control, { candidates: 200, jobs: 4, users: 5, seed: 51 })),
  );
  if (calm === undefined || stormy === undefined) throw new Error('two tenants are needed');
  const announced: Sent[] = [];
  for (let round = 0; round < ROUNDS; round += 1) {
    const changes = Array.from({ length: CHANGES_PER_ROUND }, (_, at) => drawChange(random, `Round ${round} ${at}`));
    const [once, often] = [calm, stormy].map((tenant) => announcementsOf(tenant, changes, round));
    for (const one of changes) await Promise.all([one.happen(calm), one.happen(stormy)]);
    for (const webhook of once ?? []) expect(await sendWebhook(api.url, webhook)).toBe(200);
    announced.push(...(often ?? []));
    await deliverWildly(announced, often ?? []);
  }
  const [a, b] = await Promise.all([endOf(calm), endOf(stormy)]);
  expect({ seed, records: b.records }).toEqual({ seed, records: a.records });
  expect(Object.keys(a.records).length).toBeGreaterThan(400);
  expect(b.link).toEqual(a.link);
  expect(b.link).toMatchObject({ state: 'connected', remote_state_at: new Date('2026-03-01T09:01:00.000Z') });
  expect([a.recorded, b.recorded]).toEqual([announced.length, announced.length]);
  // Some ten: one for every five quiet seconds, and one for each repaired login that is heard of.
  expect({ seed, isFew: b.runs <= 30 }).toEqual({ seed, isFew: true });
}, 120_000);

test('a change that is announced while a run is past it is read by the run that follows', async () => {
  const tenant = await Tenant.synced(api, world.control, { candidates: 20, seed: 52 });
  const fault = { kind: 'latency', ms: 4000, integrationId: tenant.sourceId, path: '/ats/applications' };
  const { body: placed } = await world.control.post('/faults', fault);
  await api.post(`/platform/v1/tenants/${tenant.id}/syncs`, { mode: 'delta' });
  // Applications are the last to be read: the candidates have been by then.
  await patiently(async () => {
    const { body } = await world.control.get('/faults');
    return body.faults.some(({ id }: { id: number }) => id === placed.id) ? null : true;
  });
  await tenant.atSource('patch', '/records/candidates/3', { fields: { last_name: 'Past' } });
  expect(await sendWebhook(api.url, dataChanged(tenant.sourceId, 'ats_candidates'))).toBe(200);
  await patiently(async () => ((await tenant.records('candidates')).some(({ lastName }) => lastName === 'Past') ? true : null), 20_000);
}, 40_000);
