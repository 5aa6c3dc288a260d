import { setTimeout as pause } from 'node:timers/promises';
import { systemClock } from '#libs/model';
import { Api } from './world/api.js';
import { spawnGateway, type GatewayProcess } from './world/gateway-process.js';
import { dataChanged, komboId, sendWebhook } from './world/kombo-webhook.js';
import { sendBySchedule } from './world/open-loop.js';
import { connect, newestEnded, patiently } from './world/patience.js';
import { startRestartableDatabase, type RestartableDatabase } from './world/restartable-database.js';
import { rowsIn } from './world/rows.js';
import { ok, Tenant } from './world/tenant.js';
import { World } from './world/world.js';

const TENANTS = 20;
const PER_SECOND = 300;
const SECONDS = 60;
const RESTART_AFTER_MS = 20_000;
const CHANGE_EVERY_MS = 2_000;

let database: RestartableDatabase;
let world: World;
let gateway: GatewayProcess;
let tenants: readonly Tenant[];

beforeAll(async () => {
  database = await startRestartableDatabase();
  world = await World.create(systemClock, database);
  // No poll comes in between: what is read is read because of a webhook.
  gateway = await spawnGateway(world.variables({ SYNC_DELTA_SECONDS: '86400' }));
  const api = new Api(gateway.url, await world.token());
  tenants = await Promise.all(Array.from({ length: TENANTS }, (_, seed) => Tenant.link(api, world.control, { candidates: 20, seed })));
  await Promise.all(tenants.map(connect));
  await Promise.all(tenants.map((tenant) => newestEnded(tenant)));
}, 120_000);
afterAll(async () => {
  await gateway.end('SIGKILL');
  await world.close();
});

const rename = (tenant: Tenant, name: string) => tenant.atSource('patch', '/records/candidates/3', { fields: { last_name: name } });

/** Every webhook of the minute, and each of them once. */
const webhooks = Array.from({ length: PER_SECOND * SECONDS }, (_, n) => ({ id: komboId(), tenant: n % TENANTS }));

async function sendAll() {
  return sendBySchedule({
    perSecond: PER_SECOND,
    seconds: SECONDS,
    send: async (n) => {
      const { id, tenant = 0 } = webhooks[n] ?? {};
      const account = tenants[tenant]?.sourceId ?? '';
      return sendWebhook(gateway.url, { ...dataChanged(account, 'ats_candidates'), ...(id === undefined ? {} : { id }) });
    },
  });
}

/** The sources change all the while, so that there is something to read. Resolves to the last name, which the last seconds' webhooks announce. */
async function changeSources(): Promise<string> {
  const end = performance.now() + (SECONDS - 5) * 1000;
  for (let round = 0; ; round += 1) {
    for (const tenant of tenants) ok(await rename(tenant, `Round ${round}`));
    if (performance.now() > end) return `Round ${round}`;
    await pause(CHANGE_EVERY_MS);
  }
}

async function restart() {
  await pause(RESTART_AFTER_MS);
  return database.restart();
}

test('300 webhooks a second for a minute: none is lost while PostgreSQL is restarted, and the last change is read', async () => {
  const [sent, { awayMs }, last] = await Promise.all([sendAll(), restart(), changeSources()]);
  const { statuses, ...figures } = sent;
  expect(Object.groupBy(statuses, String)).toEqual({ 200: expect.any(Array) });
  expect(statuses).toHaveLength(PER_SECOND * SECONDS);
  // Else it was no load of 300 a second.
  expect(figures.latestMs).toBeLessThan(5_000);
  expect(figures.slowestMs).toBeGreaterThan(awayMs / 2);

  const recorded = await rowsIn(database, 'select id from webhook');
  expect(recorded).toHaveLength(webhooks.length);
  expect(new Set(recorded.map(({ id }) => id))).toEqual(new Set(webhooks.map(({ id }) => id)));
  for (const tenant of tenants)
    await patiently(async () => ((await tenant.records('candidates')).some(({ lastName }) => lastName === last) ? true : null), 60_000);
  for (const tenant of tenants) await newestEnded(tenant);
  expect(await rowsIn(database, `select state, error, count(*)::int from sync_run where state <> 'succeeded' group by 1, 2`)).toEqual([]);
}, 240_000);
