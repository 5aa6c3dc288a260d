import type { Api } from './world/api.js';
import { DPA, ENABLED, ok, Tenant, until } from './world/tenant.js';
import { World } from './world/world.js';

let world: World;
let api: Api;

beforeAll(async () => {
  world = await World.create();
  // Two processes, as far as the quota is concerned.
  [api] = await Promise.all([world.gateway({ GATEWAY_ROLES: 'api,worker' }), world.gateway({ GATEWAY_ROLES: 'worker,scheduler' })]);
});
afterEach(() => world.control.put('/limits', {}));
afterAll(() => world.close());

const requests = async () =>
  (await world.control.get('/requests')).body.requests as { status: number; headers: Record<string, string>; at: string }[];

test('one tenant’s reading of everything keeps no other tenant’s change waiting, and nobody meets a 429', async () => {
  const few = await Tenant.synced(api, world.control, { candidates: 100, seed: 91 });
  const many = await Tenant.link(api, world.control, { candidates: 25_000, seed: 92 });
  const windowSeconds = 3;
  await world.control.put('/limits', { limit: 60, windowSeconds });
  await world.control.delete('/requests');
  await many.consent(DPA);
  await many.consent(ENABLED);
  await many.activate();
  // The polls' half of the window is used up before the other tenant's change comes.
  await until(async () => ((await requests()).length > 30 ? true : null));

  const startedMs = performance.now();
  const run = await few.sync('delta');
  expect(run).toMatchObject({ state: 'succeeded' });
  expect(performance.now() - startedMs).toBeLessThan(windowSeconds * 1000);

  const [reading] = await many.runs();
  expect(reading.state).toBe('running');
  const seen = await requests();
  expect(seen.filter(({ status }) => status === 429)).toEqual([]);
  expect(seen.filter(({ headers }) => headers['x-integration-id'] === few.sourceId)).toHaveLength(4);
  // What is left of it would take its turns in the next test's small windows.
  await world.control.put('/limits', {});
  await many.ended(reading.id);
}, 120_000);

test('a key that is used up ends in a wait, not in a failure', async () => {
  const tenant = await Tenant.synced(api, world.control, { candidates: 600, seed: 93 });
  await world.control.put('/limits', { limit: 4, windowSeconds: 1 });
  await world.control.delete('/requests');
  expect(await tenant.sync('full')).toMatchObject({ state: 'succeeded', progress: { deleted: 0 } });
  const statuses = (await requests()).map(({ status }) => status);
  // It had been allowed a million: the first calls after the change find out.
  expect(statuses.filter((status) => status === 429).length).toBeLessThanOrEqual(3);
}, 120_000);

test('a tenant whose source asks for a long rest waits, and is asked again when it said', async () => {
  const tenant = await Tenant.synced(api, world.control, { candidates: 100, seed: 94 });
  const other = await Tenant.synced(api, world.control, { candidates: 100, seed: 95 });
  const fault = { kind: 'error', code: 'REMOTE.RATE_LIMIT_EXCEEDED', headers: { 'retry-after': '600' } };
  await world.control.post('/faults', { integrationId: tenant.sourceId, path: '/ats/users', times: null, ...fault });
  expect(await tenant.sync('delta')).toMatchObject({ state: 'failed', error: 'remote-rate-limited' });
  const { body } = ok(await api.get(`/v1/tenants/${tenant.id}/status`));
  expect(new Date(body.nextRunAt).getTime()).toBeGreaterThan(Date.parse(body.lastRun.finishedAt) + 590_000);
  expect(await other.sync('delta')).toMatchObject({ state: 'succeeded' });
  await world.control.delete('/faults');
});
