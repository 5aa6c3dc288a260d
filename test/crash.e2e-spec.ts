import { Api } from './world/api.js';
import { spawnGateway, type GatewayProcess } from './world/gateway-process.js';
import { DPA, ENABLED, Tenant, until } from './world/tenant.js';
import { World } from './world/world.js';

let world: World;
let api: Api;
const processes: GatewayProcess[] = [];

beforeAll(async () => {
  world = await World.create();
  api = await world.gateway({ GATEWAY_ROLES: 'api' });
});
afterEach(() => Promise.all(processes.splice(0).map((one) => one.end('SIGKILL'))));
afterAll(() => world.close());

async function start(roles: string): Promise<GatewayProcess> {
  const gateway = await spawnGateway(world.variables({ GATEWAY_ROLES: roles }));
  processes.push(gateway);
  return gateway;
}

const ofTenant = (gateway: GatewayProcess, event: string, tenant: Tenant) =>
  gateway.events.filter((one) => one.event === event && one['tenantId'] === tenant.id);

const LISTS = ['jobs', 'users', 'candidates', 'applications'];

test('after kill -9 of a worker in mid-run another one finishes the run from its cursor, without loss or double', async () => {
  const doomed = await start('worker,scheduler');
  const tenant = await Tenant.link(api, world.control, { candidates: 20_000, seed: 61 });
  await tenant.consent(DPA);
  await tenant.consent(ENABLED);
  await tenant.activate();
  const cut = await until(async () => {
    const [run] = await tenant.runs();
    return run?.progress.pages >= 40 ? run : null;
  });
  await doomed.end('SIGKILL');
  const atKill = await tenant.run(cut.id);
  expect(atKill.state).toBe('running');

  await start('worker');
  const run = await tenant.ended(cut.id, 60_000);
  expect(run).toMatchObject({ state: 'succeeded', progress: { setAside: 0, deleted: 0 } });
  const counts = await Promise.all(LISTS.map(async (list) => (await tenant.records(list)).length));
  expect(counts[2]).toBe(20_000);
  expect(run.progress.created).toBe(counts.reduce((sum, count) => sum + count, 0));
}, 120_000);

test('a stopped worker leaves its run to another one within seconds', async () => {
  const first = await start('worker');
  const tenant = await Tenant.link(api, world.control, { candidates: 5_000, seed: 62 });
  await world.control.post('/faults', { kind: 'latency', ms: 60, times: null, integrationId: tenant.sourceId });
  await tenant.consent(DPA);
  await tenant.consent(ENABLED);
  await tenant.activate();
  await until(async () => ((await tenant.runs())[0].progress.pages >= 5 ? true : null));
  const startedAt = performance.now();
  await first.end('SIGTERM');
  expect(performance.now() - startedAt).toBeLessThan(10_000);
  await world.control.delete('/faults');
  await start('worker');
  expect(await tenant.settled()).toMatchObject({ state: 'succeeded' });
  expect(await tenant.records('candidates')).toHaveLength(5_000);
}, 90_000);

test('with two processes that tick and work at once, every due sync runs exactly once', async () => {
  const both = await Promise.all([start('worker,scheduler'), start('worker,scheduler')]);
  const tenants = await Promise.all(
    Array.from({ length: 6 }, (_, index) => Tenant.link(api, world.control, { candidates: 200, seed: 70 + index })),
  );
  await Promise.all(tenants.map((tenant) => tenant.consent(DPA)));
  await Promise.all(tenants.map((tenant) => tenant.consent(ENABLED)));
  await Promise.all(tenants.map((tenant) => tenant.activate()));
  for (const tenant of tenants) {
    const run = await tenant.settled();
    expect(run).toMatchObject({ state: 'succeeded' });
    expect(await tenant.runs()).toHaveLength(1);
    const started = both.flatMap((one) => ofTenant(one, 'sync-started', tenant));
    expect(new Set(started.map((one) => one['runId'])).size).toBe(1);
    expect(run.progress.created).toBe(
      (await Promise.all(LISTS.map(async (list) => (await tenant.records(list)).length))).reduce((a, b) => a + b, 0),
    );
  }
}, 60_000);
