import { Api } from './world/api.js';
import { spawnGateway, type GatewayProcess } from './world/gateway-process.js';
import { DPA, ENABLED, ok, Tenant, until } from './world/tenant.js';
import { World } from './world/world.js';

let world: World;
let api: Api;
const processes: GatewayProcess[] = [];

beforeAll(async () => {
  world = await World.create();
  api = await world.gateway({ GATEWAY_ROLES: 'api' });
});
afterEach(async () => {
  await Promise.all(processes.splice(0).map((one) => one.end('SIGKILL')));
  ok(await world.control.delete('/faults'));
});
afterAll(() => world.close());

async function start(roles: string): Promise<GatewayProcess> {
  const gateway = await spawnGateway(world.variables({ GATEWAY_ROLES: roles }));
  processes.push(gateway);
  return gateway;
}

async function begin(candidates: number, latencyMs: number): Promise<Tenant> {
  const tenant = await Tenant.link(api, world.control, { candidates, seed: 53 });
  ok(await world.control.post('/faults', { kind: 'latency', ms: latencyMs, times: null, integrationId: tenant.sourceId }));
  for (const entry of [DPA, ENABLED]) await tenant.consent(entry);
  await tenant.activate();
  return tenant;
}

const tellsOf = (gateway: GatewayProcess, event: string, tenant: Tenant) =>
  gateway.events.some((one) => one.event === event && one['tenantId'] === tenant.id);

test('a run in work goes on in another worker within seconds, and loses nothing', async () => {
  const both = await Promise.all([start('worker'), start('worker')]);
  const tenant = await begin(5000, 60);
  await until(async () => ((await tenant.runs())[0]?.progress.pages >= 5 ? true : null));
  const [first, other] = tellsOf(both[0], 'sync-started', tenant) ? both : [both[1], both[0]];
  const startedAt = performance.now();
  const code = first.end('SIGTERM');
  await until(() => Promise.resolve(tellsOf(other, 'sync-continued', tenant) || null));
  expect(performance.now() - startedAt).toBeLessThan(8000);
  expect(await code).toBe(0);
  expect(await tenant.settled()).toMatchObject({ state: 'succeeded' });
  expect(await tenant.records('candidates')).toHaveLength(5000);
}, 90_000);

test('it ends within 10 s though a source does not answer and a caller waits, and takes up nothing new', async () => {
  const doomed = await start('api,worker');
  const held = await begin(50, 60_000);
  await until(async () => ((await held.runs())[0]?.state === 'running' ? true : null));
  const its = new Api(doomed.url, await world.token());
  const waiting = its.post(`/platform/v1/tenants/${held.id}/integrations/${held.integrationId}/check`).catch(() => null);

  const startedAt = performance.now();
  const ended = doomed.end('SIGTERM');
  const later = await begin(50, 1);
  expect(await ended).toBe(0);
  expect(performance.now() - startedAt).toBeLessThan(10_000);
  expect(tellsOf(doomed, 'sync-started', later)).toBe(false);
  await waiting;

  ok(await world.control.delete('/faults'));
  await start('worker');
  for (const tenant of [held, later]) expect(await tenant.settled()).toMatchObject({ state: 'succeeded' });
}, 90_000);

test('it says that it stops before it takes no more requests', async () => {
  const gateway = await start('api');
  const its = new Api(gateway.url, await world.token());
  expect((await its.get('/health/ready')).body).toMatchObject({ status: 'ok', stopping: false });
  const ended = gateway.end('SIGTERM');
  await until(async () => ((await its.get('/health/ready')).status === 503 ? true : null));
  expect((await its.get('/health/ready')).body).toMatchObject({ status: 'unavailable', stopping: true, database: 'writable' });
  expect((await its.get('/platform/v1/connectors')).status).toBe(200);
  expect(await ended).toBe(0);
}, 30_000);
