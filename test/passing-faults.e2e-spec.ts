import type { Api } from './world/api.js';
import { connect, newestEnded } from './world/patience.js';
import { idsIn, snapshotOf } from './world/snapshot.js';
import { ok, Tenant, until } from './world/tenant.js';
import { World } from './world/world.js';

let world: World;
let api: Api;
let tenant: Tenant;

beforeAll(async () => {
  world = await World.create();
  api = await world.gateway({ SYNC_DELTA_SECONDS: '86400' });
  tenant = await Tenant.synced(api, world.control, { candidates: 600, seed: 82 });
});
afterEach(() => world.control.delete('/faults'));
afterAll(() => world.close());

const fault = async (body: object) => ok(await world.control.post('/faults', { times: null, ...body }));
const statusOf = async ({ id }: Tenant) => (await api.get(`/v1/tenants/${id}/status`)).body;
const requestsOf = async ({ sourceId: komboId }: Tenant) => {
  const { body } = await world.control.get('/requests');
  return body.requests.filter((one: { headers: Record<string, string> }) => one.headers['x-integration-id'] === komboId);
};

async function restart(overrides: Record<string, string>): Promise<void> {
  await world.stopGateways();
  api = await world.gateway({ SYNC_DELTA_SECONDS: '86400', ...overrides });
  tenant = new Tenant(tenant.id, tenant.sourceId, tenant.integrationId, api, world.control);
}

test('a passing fault is outlasted by the calls themselves', async () => {
  await fault({ kind: 'html', status: 502, times: 2, integrationId: tenant.sourceId, path: '/ats/candidates' });
  expect(await tenant.sync('full')).toMatchObject({ state: 'succeeded' });
}, 60_000);

test('a broken login is named, waits, and a check after the repair lifts it and syncs', async () => {
  await tenant.atSource('put', '/state', { status: 'INVALID' });
  expect(await tenant.sync('delta')).toMatchObject({ state: 'failed', error: 'remote-auth-failed' });
  const state = async () => (await statusOf(tenant)).integration.state;
  expect(await state()).toBe('remote-auth-failed');
  const check = () => api.post(`/platform/v1/tenants/${tenant.id}/integrations/${tenant.integrationId}/check`);
  expect((await check()).body).toMatchObject({ ready: false, code: 'INTEGRATION.AUTHENTICATION_INVALID', nextStep: expect.any(String) });

  await tenant.atSource('put', '/state', { status: 'ACTIVE' });
  const runs = (await tenant.runs()).length;
  expect((await check()).body).toMatchObject({ ready: true });
  expect(await state()).toBe('connected');
  await until(async () => ((await tenant.runs()).length > runs ? true : null));
  expect(await tenant.settled()).toMatchObject({ state: 'succeeded' });
});

test('a check needs no consent, as it reads no record', async () => {
  const unconsented = await Tenant.link(api, world.control, { candidates: 100, seed: 83 });
  await world.control.delete('/requests');
  const answer = await api.post(`/platform/v1/tenants/${unconsented.id}/integrations/${unconsented.integrationId}/check`);
  expect(answer.body).toMatchObject({ ready: true });
  const { body } = await world.control.get('/requests');
  expect(body.requests.filter(({ path }: { path: string }) => path.includes('/ats/'))).toEqual([]);
});

test('a storm of refusals by Kombo is waited out by all tenants together, and no run fails for it', async () => {
  const tenants = await Promise.all([84, 85, 86].map((seed) => Tenant.link(api, world.control, { candidates: 300, seed })));
  await fault({ kind: 'error', code: 'PLATFORM.RATE_LIMIT_EXCEEDED', headers: { 'retry-after': '1' }, times: 3 });
  await Promise.all(tenants.map(connect));
  for (const one of tenants) {
    expect(await newestEnded(one)).toMatchObject({ state: 'succeeded' });
    expect(await one.records('candidates')).toHaveLength(300);
  }
}, 60_000);

test('a small quota makes runs slow, not fail, and hardly a call is refused', async () => {
  const tenants = await Promise.all([87, 88, 89].map((seed) => Tenant.link(api, world.control, { candidates: 600, seed })));
  await world.control.put('/limits', { limit: 16, windowSeconds: 2 });
  await world.control.delete('/requests');
  try {
    await Promise.all(tenants.map(connect));
    for (const one of tenants) expect(await newestEnded(one)).toMatchObject({ state: 'succeeded' });
    const { body } = await world.control.get('/requests');
    expect(body.requests.length).toBeGreaterThan(32);
    expect(body.requests.filter(({ status }: { status: number }) => status === 429).length).toBeLessThanOrEqual(3);
  } finally {
    await world.control.put('/limits', {});
  }
}, 90_000);

test('a source that is slower than a call may take is unavailable, and nothing of it is lost', async () => {
  await restart({ SOURCE_TIMEOUT_SECONDS: '1' });
  const before = await snapshotOf(tenant);
  await fault({ kind: 'latency', ms: 3000, integrationId: tenant.sourceId, path: '/ats/applications' });
  for (const mode of ['delta', 'full'] as const) {
    expect(await tenant.sync(mode)).toMatchObject({ mode, state: 'failed', error: 'remote-unavailable', progress: { deleted: 0 } });
    const { integration } = await statusOf(tenant);
    expect([integration.state, integration.stateCode]).toEqual(['remote-not-ready', 'remote-unavailable']);
  }
  expect(idsIn(await snapshotOf(tenant))).toEqual(idsIn(before));
}, 90_000);

test('a refused API key fails the runs, takes nothing away, and is over with the right one', async () => {
  await restart({ KOMBO_API_KEY: 'another' });
  const before = await snapshotOf(tenant);
  expect(await tenant.sync('full')).toMatchObject({ state: 'failed', error: 'remote-auth-failed', progress: { read: 0, deleted: 0 } });
  const { integration } = await statusOf(tenant);
  expect(integration).toMatchObject({ state: 'remote-auth-failed', stateCode: 'PLATFORM.AUTHENTICATION_INVALID' });
  expect(await snapshotOf(tenant)).toEqual(before);
  await restart({});
  expect(await tenant.sync('delta')).toMatchObject({ state: 'succeeded' });
  await until(async () => ((await statusOf(tenant)).integration.state === 'connected' ? true : null));
}, 60_000);

/** Last, as it blocks the key for the rest of the world's life. */
test('a refusal for ten minutes ends the run, and no other tenant calls Kombo meanwhile', async () => {
  const other = await Tenant.synced(api, world.control, { candidates: 30, seed: 90 });
  await fault({
    kind: 'error',
    code: 'PLATFORM.RATE_LIMIT_EXCEEDED',
    headers: { 'retry-after': '600' },
    times: 1,
    integrationId: tenant.sourceId,
  });
  expect(await tenant.sync('delta')).toMatchObject({ state: 'failed', error: 'remote-rate-limited' });
  await world.control.delete('/requests');
  for (const one of [tenant, other]) {
    const run = await one.sync('delta');
    expect(run).toMatchObject({ state: 'failed', error: 'remote-rate-limited', progress: { read: 0 } });
    const { nextRunAt } = await statusOf(one);
    expect(Date.parse(nextRunAt) - Date.parse(run.finishedAt)).toBeGreaterThan(500_000);
    expect(await requestsOf(one)).toEqual([]);
  }
}, 60_000);
