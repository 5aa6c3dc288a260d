import pg from 'pg';
import { Api } from './world/api.js';
import { spawnGateway, type GatewayProcess } from './world/gateway-process.js';
import { ok, Tenant, until } from './world/tenant.js';
import { startTraceReceiver } from './world/trace-receiver.js';
import { World } from './world/world.js';

let world: World;
let api: Api;
let admin: pg.Client;
const processes: GatewayProcess[] = [];

beforeAll(async () => {
  world = await World.create();
  api = await world.gateway();
  admin = new pg.Client({ connectionString: world.database.adminUrl });
  await admin.connect();
}, 60_000);
afterEach(() => Promise.all(processes.splice(0).map((one) => one.end('SIGKILL'))));
afterAll(async () => {
  await admin.end();
  await world.close();
});

async function start(overrides: Record<string, string> = {}, logLevel = 'info'): Promise<GatewayProcess> {
  const gateway = await spawnGateway(world.variables(overrides), logLevel);
  processes.push(gateway);
  return gateway;
}

const ready = async (url = api.url) => new Api(url, null).get('/health/ready');
const readyAs = (expected: object, url?: string) =>
  until(async () => {
    const { status, body } = await ready(url);
    return Object.entries(expected).every(([name, value]) => body[name] === value) ? status : null;
  }, 30_000);

/** Changes what the database lets its application do, and has every connection begin anew. */
async function alterDatabase(change: string): Promise<void> {
  const { rows } = await admin.query<{ name: string }>('select current_database() as name');
  await admin.query(`alter database "${rows[0]?.name}" ${change}`);
  await admin.query(
    'select pg_terminate_backend(pid) from pg_stat_activity where datname = current_database() and pid <> pg_backend_pid()',
  );
}

describe('readiness means able to work', () => {
  test('a database that takes no writes is said, and what is over is over', async () => {
    expect(await readyAs({ status: 'ok', database: 'writable' })).toBe(200);
    await alterDatabase('set default_transaction_read_only = on');
    expect(await readyAs({ status: 'unavailable', database: 'read-only' })).toBe(503);
    await alterDatabase('reset default_transaction_read_only');
    expect(await readyAs({ status: 'ok', database: 'writable' })).toBe(200);
  }, 60_000);

  test('a database that lets nobody in is said', async () => {
    await alterDatabase('connection limit 0');
    expect(await readyAs({ status: 'unavailable', database: 'down' })).toBe(503);
    await alterDatabase('connection limit -1');
    expect(await readyAs({ status: 'ok' })).toBe(200);
  }, 60_000);

  test('a worker that cannot claim tasks any more is said, though its database answers', async () => {
    await admin.query('revoke select, update on all tables in schema task from ats_gateway_app');
    expect(await readyAs({ status: 'unavailable', database: 'writable', queue: 'stalled' })).toBe(503);
    await admin.query('grant select, insert, update, delete on all tables in schema task to ats_gateway_app');
    expect(await readyAs({ status: 'ok', queue: 'claiming' })).toBe(200);
  }, 90_000);

  test('a scheduler that does not get through its tick any more is said', async () => {
    await admin.query('revoke select, update on sync_schedule from ats_gateway_app');
    expect(await readyAs({ status: 'unavailable', database: 'writable', queue: 'claiming', scheduler: 'stalled' })).toBe(503);
    await admin.query('grant select, update on sync_schedule to ats_gateway_app');
    expect(await readyAs({ status: 'ok', scheduler: 'ticking' })).toBe(200);
  }, 90_000);

  test('a database that lacks a migration of this build is said', async () => {
    const newest = 'where id = (select max(id) from schema_migration)';
    await admin.query(`update schema_migration set name = 'x' || name ${newest}`);
    expect(await readyAs({ status: 'unavailable', database: 'writable', migrations: 'missing' })).toBe(503);
    await admin.query(`update schema_migration set name = substr(name, 2) ${newest}`);
    expect(await readyAs({ status: 'ok' })).toBe(200);
  }, 60_000);

  test('a process says nothing of what its roles do not ask', async () => {
    const only = await start({ GATEWAY_ROLES: 'worker' });
    expect(await readyAs({ queue: 'claiming', scheduler: null }, only.url)).toBe(200);
  }, 30_000);
});

test('the metrics count what happened, and name no tenant', async () => {
  const tenant = await Tenant.synced(api, world.control, { candidates: 10, seed: 51 });
  const read = async () => (await fetch(`${api.url}/metrics`)).text();
  // The worker counts a run right after it is seen as ended.
  const text = await until(async () => ((await read()).includes('gateway_sync_run_seconds_count') ? read() : null));
  for (const line of [
    /^gateway_http_request_seconds_count\{method="GET",route="\/platform\/v1\/tenants\/:tenantId\/syncs",status="200"\} [1-9]/m,
    /^gateway_sync_run_seconds_count\{mode="full",cause="start",state="succeeded",kind="none"\} [1-9]/m,
    /^gateway_records_total\{resource="candidate",outcome="created"\} [1-9]/m,
    /^gateway_source_call_seconds_count\{connector="kombo",outcome="200"\} [1-9]/m,
    /^gateway_integrations\{type="kombo",state="connected",active="true"\} [1-9]/m,
    /^gateway_database_connections\{state="idle"\} \d/m,
    /^gateway_tasks_waiting \d/m,
    /^process_resident_memory_bytes \d/m,
  ])
    expect(text).toMatch(line);
  for (const secret of [tenant.id, tenant.integrationId, tenant.sourceId]) expect(text).not.toContain(secret);
});

test('traces tell of requests, runs and calls, by templates and ids alone', async () => {
  const collector = await startTraceReceiver();
  // A world of its own: in the other one another worker may take the run.
  const its = await World.create();
  try {
    const gateway = await spawnGateway(its.variables({ OTEL_EXPORTER_OTLP_ENDPOINT: collector.url }));
    processes.push(gateway);
    const traced = new Api(gateway.url, await its.token());
    const tenant = await Tenant.synced(traced, its.control, { candidates: 10, seed: 52 });
    const [candidate] = await tenant.records('candidates');
    const caller = 'c0ffee00000000000000000000000001';
    const traceparent = `00-${caller}-c0ffee0000000001-01`;
    ok(await traced.get(`/v1/tenants/${tenant.id}/candidates?email=${candidate.email}`, { traceparent }));
    expect(await gateway.end('SIGTERM')).toBe(0);
    expect(gateway.events.find((one) => one['traceId'] === caller)).toMatchObject({
      event: 'request',
      route: '/v1/tenants/:tenantId/candidates',
    });
    const told = collector.received().toString('utf8');
    for (const part of ['sync run', 'page', caller, 'call', '/ats/candidates', '/v1/tenants/:tenantId/candidates', tenant.id])
      expect(told).toContain(part);
    for (const secret of [candidate.email, candidate.lastName, tenant.sourceId, 'kombo-sandbox-key']) expect(told).not.toContain(secret);
  } finally {
    await collector.close();
    await its.close();
  }
}, 60_000);
