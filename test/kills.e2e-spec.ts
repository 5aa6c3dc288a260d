import { setTimeout as pause } from 'node:timers/promises';
import type { Api } from './world/api.js';
import { byRemoteId } from './world/by-remote-id.js';
import { spawnGateway, type GatewayProcess } from './world/gateway-process.js';
import { connect, newestEnded } from './world/patience.js';
import { Random } from './world/random.js';
import { rowsIn } from './world/rows.js';
import { snapshotOf } from './world/snapshot.js';
import { ok, Tenant } from './world/tenant.js';
import { World } from './world/world.js';

const TENANTS = 17;
const KILLS_PER_SYNC = 2;
const SOURCE = { candidates: 520, jobs: 260, users: 260, seed: 61 };
/** Of every answer: so long that runs spend their time in all of their parts. */
const LATENCY_MS = 100;

const random = new Random();
const { seed } = random;
let world: World;
let api: Api;
let worker: GatewayProcess;
let undisturbed: Tenant;
let disturbed: readonly Tenant[];

// No scheduler is at work: each run is one of the test's.
const startWorker = () => spawnGateway(world.variables({ GATEWAY_ROLES: 'worker', SYNC_CONCURRENCY: String(TENANTS) }));

beforeAll(async () => {
  world = await World.create();
  api = await world.gateway({ GATEWAY_ROLES: 'api' });
  worker = await startWorker();
  const all = await Promise.all(Array.from({ length: TENANTS + 1 }, () => Tenant.link(api, world.control, SOURCE)));
  const [first, ...others] = all;
  if (first === undefined) throw new Error('there is no tenant');
  undisturbed = first;
  disturbed = others;
  ok(await world.control.post('/faults', { kind: 'latency', ms: LATENCY_MS, times: null }));
}, 60_000);
afterAll(async () => {
  await worker.end('SIGKILL');
  await world.close();
});

const pagesOf = async (tenant: Tenant): Promise<number> => (await tenant.runs())[0].progress.pages;

/** The newest runs of the tenants that are killed, all together. */
async function standing(): Promise<{ readonly pages: number; readonly attempts: number; readonly leastAttempts: number | null }> {
  const [row] = await rowsIn(
    world.database,
    `select sum((progress ->> 'pages')::int)::int as pages, sum(attempt)::int as attempts,
       min(attempt) filter (where finished_at is null) as "leastAttempts"
     from (select distinct on (tenant_id) * from sync_run where tenant_id = any($1) order by tenant_id, requested_at desc) newest`,
    [disturbed.map(({ id }) => id)],
  );
  return row;
}

/** Waits until all runs are at work (again) and have come so far together. */
async function reach(pages: number, attempt: number): Promise<void> {
  for (;;) {
    const now = await standing();
    if (now.leastAttempts === null || (now.pages >= pages && now.leastAttempts >= attempt)) return;
    await pause(10);
  }
}

/** Kills the worker at moments drawn evenly from the runs' whole way; each time another one takes over. Resolves to how many runs that met. */
async function killOnTheWay(pages: number): Promise<number> {
  const moments = Array.from({ length: KILLS_PER_SYNC }, () => random.next() * 0.8).toSorted((a, b) => a - b);
  for (const [kills, moment] of moments.entries()) {
    await reach(moment * pages, kills + 1);
    await pause(random.next() * LATENCY_MS * 2);
    await worker.end('SIGKILL');
    worker = await startWorker();
  }
  await Promise.all(disturbed.map((tenant) => newestEnded(tenant)));
  return (await standing()).attempts - TENANTS;
}

/** All that is to be the same, whatever happened on the way. */
async function stateOf(tenant: Tenant) {
  const rows = (sql: string) => rowsIn(world.database, sql, [tenant.id]);
  const { mode, state, error, progress } = await newestEnded(tenant);
  const { created, changed, deleted, heldDeletions, setAside } = progress;
  return {
    records: byRemoteId(await snapshotOf(tenant, { deleted: true })),
    run: { mode, state, error, created, changed, deleted, heldDeletions, setAside },
    changes: await rows(`select resource, kind, count(*)::int, count(distinct record_id)::int as records from change
      where tenant_id = $1 group by 1, 2 order by 1, 2`),
    identities: await rows(`select resource, count(*)::int, count(distinct id)::int as ids from identity
      where tenant_id = $1 group by 1 order by 1`),
    stored:
      await rows(`select 'user' as resource, count(*)::int, count(distinct remote_id)::int as distinct from ats_user where tenant_id = $1
      union all select 'job', count(*)::int, count(distinct remote_id)::int from job where tenant_id = $1
      union all select 'candidate', count(*)::int, count(distinct remote_id)::int from candidate where tenant_id = $1
      union all select 'application', count(*)::int, count(distinct remote_id)::int from application where tenant_id = $1
      order by 1`),
    seen: await rows('select 1 from sync_seen where tenant_id = $1'),
    watermarks: await rows('select resource, full_read_at is not null as full from sync_watermark where tenant_id = $1 order by 1'),
  };
}

async function expectSameEnd(): Promise<void> {
  const wanted = await stateOf(undisturbed);
  expect(wanted).toMatchObject({ run: { mode: 'full', state: 'succeeded' }, seen: [] });
  for (const { count, records, kind } of wanted.changes) if (kind !== 'updated') expect(count).toBe(records);
  for (const tenant of disturbed) expect({ seed, ...(await stateOf(tenant)) }).toEqual({ seed, ...wanted });
}

let met = 0;

test('a first sync that is killed again and again ends as an undisturbed one', async () => {
  await connect(undisturbed);
  await newestEnded(undisturbed);
  const pages = (await pagesOf(undisturbed)) * TENANTS;
  await Promise.all(disturbed.map(connect));
  met += await killOnTheWay(pages);
  await expectSameEnd();
}, 180_000);

test('and so does a full one that has changed and deleted records to find', async () => {
  for (const tenant of [undisturbed, ...disturbed]) {
    ok(await tenant.atSource('post', '/records/candidates/change-many', { from: 100, count: 300, fields: { last_name: 'Later' } }));
    for (const record of ['users/7', 'jobs/9', 'candidates/11', 'candidates/511'])
      ok(await tenant.atSource('delete', `/records/${record}`));
  }
  // Kombo forgets what was deleted after 14 days: only a whole list tells that it is gone.
  ok(await world.control.post('/clock', { advanceSeconds: 15 * 86_400 }));
  ok(await api.post(`/platform/v1/tenants/${undisturbed.id}/syncs`, { mode: 'full' }));
  await newestEnded(undisturbed);
  const pages = (await pagesOf(undisturbed)) * TENANTS;
  for (const { id } of disturbed) ok(await api.post(`/platform/v1/tenants/${id}/syncs`, { mode: 'full' }));
  met += await killOnTheWay(pages);
  await expectSameEnd();
}, 180_000);

test('fifty runs and more were met by a kill', () => {
  expect({ seed, isMany: met >= 50, met }).toEqual({ seed, isMany: true, met });
});
