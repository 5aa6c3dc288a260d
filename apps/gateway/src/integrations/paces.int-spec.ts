import { setTimeout as pause } from 'node:timers/promises';
import { HttpService } from '@nestjs/axios';
import { connectorBySlug, createHttpClient, type HttpClient, type RateWait, type Urgency } from '#libs/connectors';
import { GatewayError, systemClock } from '#libs/model';
import { Store } from '#libs/store';
import { createDatabase, type TestDatabase } from '#libs/testkit';
import { startSandbox, type Sandbox } from '../../../sandbox/src/sandbox.js';
import { Paces } from './paces.js';

const API_KEY = 'kombo-sandbox-key';
const PROCESSES = 4;

let database: TestDatabase;
let sandbox: Sandbox;
let stores: readonly Store[];
let paces: readonly Paces[];
const waits: RateWait[] = [];

beforeAll(async () => {
  [database, sandbox] = await Promise.all([createDatabase(), startSandbox({ host: '127.0.0.1', port: 0 })]);
  const { appUrl: url } = database;
  stores = await Promise.all(Array.from({ length: PROCESSES }, () => Store.open({ url, poolMax: 4, privileged: 'refuse' })));
  paces = stores.map((store) => new Paces(store));
  for (const pace of paces) pace.observe((_connector, wait) => waits.push(wait));
});
afterAll(async () => {
  await Promise.all(paces.map((pace) => pace.beforeApplicationShutdown()));
  await Promise.all(stores.map((store) => store.close()));
  await sandbox.close();
  await database.drop();
});

async function control(
  method: string,
  path: string,
  body?: object,
): Promise<{ readonly requests: readonly { readonly status: number }[] }> {
  const content = body === undefined ? {} : { body: JSON.stringify(body), headers: { 'content-type': 'application/json' } };
  const answer = await fetch(`${sandbox.url}/control/kombo/${path}`, { method, ...content });
  return (await answer.json()) as Awaited<ReturnType<typeof control>>;
}

/** The key's limit from now on, and nothing remembered of what was before. */
async function limitTo(limit: number, windowSeconds: number): Promise<void> {
  await pause(600);
  await stores[0]?.inPlatform((tx) => tx.run('delete from rate_state'));
  await control('PUT', 'limits', { limit, windowSeconds });
  await control('DELETE', 'requests');
  waits.length = 0;
}

/** The statuses of what came, newest last. */
async function statuses(): Promise<number[]> {
  const { requests } = await control('GET', 'requests');
  return requests.map(({ status }) => status);
}

function clientOf(process: number, tenantId: string, urgency: Urgency, signal = new AbortController().signal): HttpClient {
  const manifest = connectorBySlug('kombo')?.manifest;
  const pace = manifest && paces[process % PROCESSES]?.of(manifest, { tenantId, integrationId: tenantId, urgency, requestLimit: null });
  if (pace === undefined) throw new Error('no such connector');
  return createHttpClient({
    http: new HttpService(),
    baseUrl: `${sandbox.url}/kombo/v1`,
    allowedHosts: ['127.0.0.1'],
    signal,
    admit: async (start) => start(),
    pace,
    clock: systemClock,
  });
}

const check = (client: HttpClient) =>
  client.send(
    { method: 'GET', path: 'check-api-key', headers: { Authorization: `Bearer ${API_KEY}` } },
    ({ status, retryAfterMs, headers }) => {
      if (status === 200) return { outcome: 'ok' };
      const afterMs = retryAfterMs ?? Number(headers['ratelimit-reset']) * 1000;
      return { outcome: 'retry', error: new GatewayError('remote-rate-limited'), afterMs, exceeded: 'requests' };
    },
  );

/** Calls again and again until it is stopped. */
function keepCalling(process: number, tenantId: string, urgency: Urgency) {
  const stopping = new AbortController();
  const client = clientOf(process, tenantId, urgency, stopping.signal);
  const loop = async () => {
    for (let done = 0; ; done++) {
      const answer = await check(client).catch(() => null);
      if (answer === null) return done;
    }
  };
  const done = loop();
  return () => {
    stopping.abort();
    return done;
  };
}

test('four processes that want more than there is meet no refusal, and use what there is', async () => {
  await limitTo(60, 2);
  const stops = Array.from({ length: 12 }, (_, n) => keepCalling(n, `t${n}`, n % 3 === 0 ? 'poll' : 'notice'));
  await pause(5_000);
  await Promise.all(stops.map((stop) => stop()));
  const seen = await statuses();
  expect(seen.filter((status) => status === 429)).toEqual([]);
  expect(seen.length).toBeGreaterThan(2 * 60 * 0.7);
  expect(seen.length).toBeLessThanOrEqual(3 * 60);
}, 30_000);

test('a tenant that reads everything keeps no webhook of another tenant waiting', async () => {
  await limitTo(40, 3);
  const stops = Array.from({ length: 6 }, (_, n) => keepCalling(n, `big${n}`, 'poll'));
  await pause(2_000);
  const client = clientOf(1, 'b', 'notice');
  const startedMs = performance.now();
  for (let page = 0; page < 4; page++) await check(client);
  expect(performance.now() - startedMs).toBeLessThan(3_000);
  await Promise.all(stops.map((stop) => stop()));
  expect((await statuses()).filter((status) => status === 429)).toEqual([]);
}, 30_000);

test('while the source refuses everything, one call a window finds out', async () => {
  await limitTo(0, 1);
  const startedMs = performance.now();
  const stops = Array.from({ length: 12 }, (_, n) => keepCalling(n, `t${n}`, 'notice'));
  await pause(4_500);
  const refused = await statuses();
  const windows = (performance.now() - startedMs) / 1_000;
  expect(refused.every((status) => status === 429)).toBe(true);
  expect(refused.length).toBeGreaterThanOrEqual(3);
  expect(refused.length).toBeLessThanOrEqual(Math.ceil(windows));
  await control('PUT', 'limits', { limit: 1_000, windowSeconds: 2 });
  await pause(4_000);
  const done = await Promise.all(stops.map((stop) => stop()));
  expect(Math.min(...done)).toBeGreaterThan(0);
}, 30_000);

test('a run that is stopped while it waits ends at once, and every wait is told to the observer', async () => {
  await limitTo(2, 60);
  const client = clientOf(0, 'a', 'notice');
  await check(client);
  await check(client);
  const stopping = new AbortController();
  const waiting = check(clientOf(0, 'a', 'notice', stopping.signal));
  await pause(200);
  stopping.abort();
  await expect(waiting).rejects.toMatchObject({ kind: 'remote-unavailable', context: { reason: 'cancelled' } });
  expect(waits.map(({ granted }) => granted)).toEqual([true, true, false]);
  expect(waits[2]?.waitedMs).toBeGreaterThan(150);
});
