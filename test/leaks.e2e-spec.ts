import pg from 'pg';
import { containsCanary } from '#libs/testkit';
import { Api } from './world/api.js';
import { spawnGateway, type GatewayProcess } from './world/gateway-process.js';
import { DPA, ENABLED, ok, Tenant } from './world/tenant.js';
import { World } from './world/world.js';

/** What the sandbox puts into every text of its payloads that may not enter. */
const MARKER = 'Zq7canary4711';

let world: World;
let gateway: GatewayProcess;
let api: Api;
let tenant: Tenant;

beforeAll(async () => {
  world = await World.create();
  gateway = await spawnGateway(world.variables(), 'trace');
  api = new Api(gateway.url, await world.token());
  tenant = await Tenant.link(api, world.control, { candidates: 300, seed: 95 });
  ok(await world.control.patch(`/integrations/${tenant.komboId}`, { canary: MARKER }));
  await tenant.consent(DPA);
  await tenant.consent(ENABLED);
  await tenant.activate();
  await tenant.settled();
}, 60_000);
afterAll(async () => {
  await gateway.end('SIGKILL');
  await world.close();
});

/** Every row of every table, the task queue's and the migrations' included, as text. */
async function everyRow(): Promise<string> {
  const client = new pg.Client({ connectionString: world.database.adminUrl });
  await client.connect();
  try {
    const tables = await client.query<{ name: string }>(
      `select format('%I.%I', schemaname, tablename) as name from pg_tables where schemaname not in ('pg_catalog', 'information_schema')`,
    );
    const texts: string[] = [];
    for (const { name } of tables.rows) texts.push(JSON.stringify((await client.query(`select t::text from ${name} t`)).rows));
    return texts.join('\n');
  } finally {
    await client.end();
  }
}

test('the source really sends the marker', async () => {
  const { body } = await world.control.get(`/integrations/${tenant.komboId}/records/candidates/1`);
  expect(containsCanary(JSON.stringify(body), [MARKER])).toBe(MARKER);
});

test('after full and delta syncs, set-aside records and failures, no marker is in the database, in the log or in an answer', async () => {
  await tenant.atSource('patch', '/records/candidates/1', { fields: { last_name: 'Changed', company: MARKER } });
  await tenant.sync('delta');
  const faults = [
    { kind: 'malformed', as: 'wrong-types', record: 3 },
    { kind: 'unknown-keys' },
    { kind: 'broken-json', times: 1 },
    { kind: 'error', code: 'REMOTE.INPUT_INVALID' },
  ];
  for (const fault of faults) {
    await world.control.post('/faults', { integrationId: tenant.komboId, path: '/ats/candidates', times: 2, ...fault });
    await tenant.sync('full');
    await world.control.delete('/faults');
  }
  const lists = ['jobs', 'users', 'candidates', 'applications'];
  const answers = await Promise.all([
    ...lists.map((list) => api.all(`/v1/tenants/${tenant.id}/${list}?includeDeleted=true`)),
    tenant.runs(),
    api.get(`/v1/tenants/${tenant.id}/status`),
  ]);
  const rows = await everyRow();
  expect(rows).toContain('Changed');
  expect(containsCanary(rows, [MARKER])).toBeUndefined();
  expect(containsCanary(JSON.stringify(answers), [MARKER])).toBeUndefined();
  expect(gateway.events.length).toBeGreaterThan(10);
  expect(containsCanary(JSON.stringify(gateway.events), [MARKER])).toBeUndefined();
}, 60_000);
