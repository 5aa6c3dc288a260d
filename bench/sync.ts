import { setTimeout as pause } from 'node:timers/promises';
import { DPA, ENABLED, ok, Tenant } from '../test/world/tenant.js';
import { resultOf, type Figure, type FigureOptions, type Result } from './figure.js';
import type { BenchDatabase, Ground } from './ground.js';
import { memoryDuring } from './memory.js';
import { runToEnd, type Server } from './process.js';
import { written } from './written.js';

const CANDIDATES = 100_000;
const LOOK_EVERY_MS = 500;

interface Run {
  readonly state: string;
  readonly error: string | null;
  readonly requestedAt: string;
  readonly finishedAt: string | null;
  readonly progress: { readonly read: number };
}

interface Systems {
  readonly ground: Ground;
  readonly database: BenchDatabase;
  readonly sandbox: Server;
  readonly gateway: Server;
}

/** A tenant whose source has everything to be read, and that may read it; not active yet. */
async function makeTenant({ ground, gateway, sandbox }: Systems): Promise<Tenant> {
  const tenant = await Tenant.link(ground.api(gateway), ground.control(sandbox), { candidates: CANDIDATES });
  await tenant.consent(DPA);
  await tenant.consent(ENABLED);
  return tenant;
}

/** Waits for the newest run's end, seldom enough not to disturb it. */
async function ended(tenant: Tenant): Promise<Run> {
  for (;;) {
    await pause(LOOK_EVERY_MS);
    const [newest]: Run[] = await tenant.runs();
    if (newest !== undefined && newest.finishedAt !== null) return newest;
  }
}

/** From when the run was asked for to its end. Throws where it did not read everything. */
function recordsPerSecond({ state, error, requestedAt, finishedAt, progress }: Run): number {
  if (state !== 'succeeded' || finishedAt === null) throw new Error(`the run ended as ${state}: ${error}`);
  if (progress.read < 2 * CANDIDATES) throw new Error(`the run read only ${progress.read} records`);
  return (progress.read * 1000) / (new Date(finishedAt).getTime() - new Date(requestedAt).getTime());
}

async function gatewayRound(systems: Systems) {
  const { ground, gateway, database } = systems;
  const tenant = await makeTenant(systems);
  await tenant.activate();
  const { value: first, memory } = await memoryDuring(gateway, ended(tenant));
  const before = await written(database);
  ok(await ground.api(gateway).post(`/platform/v1/tenants/${tenant.id}/syncs`, { mode: 'full' }));
  const again = await ended(tenant);
  return {
    komboId: tenant.sourceId,
    first: recordsPerSecond(first),
    again: recordsPerSecond(again),
    rewrote: (await written(database)) === before ? 0 : 1,
    ...memory,
  };
}

async function floorRound({ sandbox, database }: Systems, komboId: string): Promise<number> {
  const { records, seconds } = await runToEnd<{ records: number; seconds: number }>('bench/sync-floor.ts', {
    KOMBO_URL: `${sandbox.url}/kombo/v1`,
    INTEGRATION_ID: komboId,
    DATABASE_URL: database.adminUrl,
  });
  return records / seconds;
}

/** Each round in an empty database: a first sync is hardest where tables have no statistics yet. */
async function round(ground: Ground, number: number, say: FigureOptions['say']) {
  const [database, sandbox] = [await ground.database(), await ground.sandbox()];
  const gateway = await ground.gateway(database, sandbox);
  const systems = { ground, database, sandbox, gateway };
  const { komboId, ...measured } = await gatewayRound(systems);
  await gateway.stop();
  const floor = await floorRound(systems, komboId);
  say(`round ${number}: ${measured.first.toFixed(0)} and ${floor.toFixed(0)} records/s, ${measured.highestMb.toFixed(0)} MB`);
  await ground.clear();
  return { ...measured, floor };
}

async function measure(ground: Ground, { rounds, say }: FigureOptions): Promise<Result[]> {
  const measured: Awaited<ReturnType<typeof round>>[] = [];
  for (let number = 1; number <= rounds; number++) measured.push(await round(ground, number, say));
  const gateway = (of: keyof (typeof measured)[number]) => measured.map((one) => one[of]);
  const floor = gateway('floor');
  const figure = 'sync';
  return [
    resultOf({ figure, what: 'first sync', unit: 'records/s', gateway: gateway('first'), floor, mark: { atLeast: 0.5 } }),
    resultOf({ figure, what: 'unchanged full run', unit: 'records/s', gateway: gateway('again'), floor, mark: null }),
    resultOf({ figure, what: 'unchanged: runs that wrote a row', unit: 'of one', gateway: gateway('rewrote'), mark: { atMost: 0 } }),
    resultOf({ figure, what: 'highest memory', unit: 'MB', gateway: gateway('highestMb'), mark: { atMost: 512 } }),
    resultOf({ figure, what: 'memory, last ÷ second quarter', unit: '×', gateway: gateway('growth'), mark: { atMost: 1.25 } }),
  ];
}

export const sync: Figure = {
  name: 'sync',
  title: `a first sync of ${CANDIDATES.toLocaleString('en')} candidates with their applications, beside fetch, JSON.parse and one upsert a page`,
  measure,
};
