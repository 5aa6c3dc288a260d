import { randomUUID } from 'node:crypto';
import { createServer, type Server as HttpServer } from 'node:http';
import { setTimeout as pause } from 'node:timers/promises';
import { ok } from '../test/world/tenant.js';
import type { Api } from '../test/world/api.js';
import { resultOf, type Figure, type FigureOptions, type Result } from './figure.js';
import type { BenchDatabase, Ground } from './ground.js';
import { runToEnd } from './process.js';
import { percentile } from './statistics.js';

const STEADY_PER_SECOND = 200;
const STEADY_SECONDS = 15;
const BACKLOG = 100_000;
const BACKLOG_RECORDS = 5_000;
const DRAINED_WITHIN_MS = 300_000;
/** Until a new subscription has been taken up. */
const TAKEN_UP_MS = 1_500;

/** Whoever subscribes: takes everything and notes when, or, where it is dead, answers nothing. */
class Receiver {
  private constructor(
    private readonly server: HttpServer,
    readonly url: string,
    readonly receivedMs: Map<string, number>,
  ) {}

  static async start(isDead = false): Promise<Receiver> {
    const receivedMs = new Map<string, number>();
    const server = createServer((request, response) => {
      receivedMs.set(String(request.headers['webhook-id']), performance.now());
      request.resume();
      if (!isDead) request.on('end', () => response.writeHead(204).end());
    });
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    const address = server.address();
    if (address === null || typeof address === 'string') throw new Error('the receiver does not listen');
    return new Receiver(server, `http://127.0.0.1:${address.port}/`, receivedMs);
  }

  async stop(): Promise<void> {
    this.server.closeAllConnections();
    await new Promise((resolve) => this.server.close(resolve));
  }
}

const NOTE = `insert into change (tenant_id, resource, record_id, kind, fields, at)
  select $1, 'candidate', record, 'updated', '{lastName}', now() from unnest($2::uuid[]) as record returning seq`;

async function note({ pool }: BenchDatabase, tenantId: string, records: readonly string[]): Promise<readonly string[]> {
  const { rows } = await pool.query<{ seq: string }>(NOTE, [tenantId, records]);
  return rows.map(({ seq }) => `evt_${seq}`);
}

/** Noted evenly, one in each transaction; from the commit of each to its arrival. */
async function toReceiver(database: BenchDatabase, tenantId: string, receiver: Receiver): Promise<readonly number[]> {
  const committedMs = new Map<string, number>();
  const noting: Promise<unknown>[] = [];
  const startedMs = performance.now();
  for (let number = 0; number < STEADY_PER_SECOND * STEADY_SECONDS; number++) {
    const noted = note(database, tenantId, [randomUUID()]).then(([id]) => committedMs.set(id ?? '', performance.now()));
    noting.push(noted);
    await pause(Math.max(0, startedMs + (number * 1000) / STEADY_PER_SECOND - performance.now()));
  }
  await Promise.all(noting);
  while ([...committedMs.keys()].some((id) => !receiver.receivedMs.has(id))) await pause(50);
  // One may arrive before its writer hears of its commit.
  return [...committedMs].map(([id, ms]) => Math.max(0, (receiver.receivedMs.get(id) ?? 0) - ms));
}

/** A backlog, drained; events a second. */
async function drained(api: Api, first: string): Promise<number> {
  const receiver = await Receiver.start();
  const { id } = ok(await api.post('/v1/subscriptions', { url: receiver.url, types: ['*'] })).body;
  await pause(TAKEN_UP_MS);
  const startedMs = performance.now();
  ok(await api.post(`/v1/subscriptions/${id}/replay`, { from: first }));
  while (receiver.receivedMs.size < BACKLOG) {
    await pause(20);
    if (performance.now() - startedMs > DRAINED_WITHIN_MS) throw new Error(`${receiver.receivedMs.size} of ${BACKLOG} events arrived`);
  }
  const perSecond = (BACKLOG * 1000) / (performance.now() - startedMs);
  ok(await api.delete(`/v1/subscriptions/${id}`));
  await receiver.stop();
  return perSecond;
}

async function floor(): Promise<number> {
  const receiver = await Receiver.start();
  const { perSecond } = await runToEnd<{ perSecond: number }>('bench/events-floor.ts', {
    RECEIVER_URL: receiver.url,
    COUNT: String(BACKLOG),
  });
  await receiver.stop();
  return perSecond;
}

/** p50 and p99 of one healthy receiver's, beside another one that is dead where there is one. */
async function latency(api: Api, database: BenchDatabase, tenantId: string, dead: Receiver | null): Promise<readonly [number, number]> {
  const receiver = await Receiver.start();
  const made: string[] = [];
  for (const { url } of dead === null ? [receiver] : [receiver, dead])
    made.push(ok(await api.post('/v1/subscriptions', { url, types: ['*'] })).body.id);
  await pause(TAKEN_UP_MS);
  const tookMs = await toReceiver(database, tenantId, receiver);
  for (const id of made) ok(await api.delete(`/v1/subscriptions/${id}`));
  await receiver.stop();
  return [percentile(tookMs, 0.5), percentile(tookMs, 0.99)];
}

async function measure(ground: Ground, { rounds, say }: FigureOptions): Promise<Result[]> {
  const [database, sandbox] = await Promise.all([ground.database(), ground.sandbox()]);
  const api = ground.api(await ground.gateway(database, sandbox));
  const tenantId = randomUUID();
  ok(await api.put(`/platform/v1/tenants/${tenantId}`, { name: 'Bench' }));
  const dead = await Receiver.start(true);
  const [p50, p99, p99Beside]: [number[], number[], number[]] = [[], [], []];
  for (let round = 1; round <= rounds; round++) {
    const [alone, beside] = [await latency(api, database, tenantId, null), await latency(api, database, tenantId, dead)];
    p50.push(alone[0]);
    p99.push(alone[1]);
    p99Beside.push(beside[1]);
    say(
      `round ${round}: p50 ${alone[0].toFixed(0)} ms, p99 ${alone[1].toFixed(0)} ms; beside a dead receiver p99 ${beside[1].toFixed(0)} ms`,
    );
  }
  await dead.stop();
  const records = Array.from({ length: BACKLOG_RECORDS }, () => randomUUID());
  const [first] = await note(database, tenantId, records);
  for (let noted = BACKLOG_RECORDS; noted < BACKLOG; noted += BACKLOG_RECORDS) await note(database, tenantId, records);
  const [ours, bare]: [number[], number[]] = [[], []];
  for (let round = 1; round <= rounds; round++) {
    ours.push(await drained(api, first ?? ''));
    bare.push(await floor());
    say(`round ${round}: ${ours.at(-1)?.toFixed(0)} events/s of a backlog, ${bare.at(-1)?.toFixed(0)} bare signed posts/s`);
  }
  const figure = 'events';
  const at = `at ${STEADY_PER_SECOND}/s`;
  return [
    resultOf({ figure, what: `commit to delivered, p50 ${at}`, unit: 'ms', gateway: p50, mark: { atMost: 100 } }),
    resultOf({ figure, what: `commit to delivered, p99 ${at}`, unit: 'ms', gateway: p99, mark: null }),
    resultOf({ figure, what: 'p99 beside a dead receiver, and without', unit: 'ms', gateway: p99Beside, floor: p99, mark: null }),
    resultOf({
      figure,
      what: 'a backlog of 100,000 drained, beside bare signed posts',
      unit: 'events/s',
      gateway: ours,
      floor: bare,
      mark: null,
    }),
  ];
}

export const events: Figure = {
  name: 'events',
  title: 'from an event’s commit to its delivery, a backlog drained beside bare signed posts, and what a dead receiver does to the others',
  measure,
};
