import { resultOf, type Figure, type FigureOptions, type Result } from './figure.js';
import type { BenchDatabase, Ground } from './ground.js';
import { runToEnd } from './process.js';
import { median } from './statistics.js';

const FEW = 10;
const MANY = 10_000;
const TICKS = 200;

/** Tenants that consent and are connected, each with a finished run, none of them due for a day. */
const TENANTS = `
with made as (
  select gen_random_uuid() as tenant_id, gen_random_uuid() as id, gen_random_uuid() as run_id, n from generate_series(1, $1::int) as n
), tenants as (
  insert into tenant (id, name, created_at) select tenant_id, 'Tenant ' || n, now() from made
), integrations as (
  insert into integration (tenant_id, id, type, ats, connector, settings, active, state, created_at, updated_at, checked_at)
  select tenant_id, id, 'kombo', 'sandbox', 'kombo', '{}', true, 'connected', now(), now(), now() from made
), gates as (
  insert into consent_gate (tenant_id, open, epoch, next_change_at, decision) select tenant_id, true, 1, null, '{}' from made
), runs as (
  insert into sync_run (tenant_id, id, integration_id, mode, resources, state, attempt, step, page, since, progress, requested_at, started_at, beat_at, finished_at)
  select tenant_id, run_id, id, 'full', '{candidate}', 'succeeded', 1, 1, 1, '{}', '{"heldDeletions": 0}', now(), now(), now(), now() from made
)
insert into sync_schedule (tenant_id, integration_id, next_run_at, next_full_at, failures)
select tenant_id, id, now() + interval '1 day', now() + interval '7 days', 0 from made`;

async function databaseWith(ground: Ground, tenants: number): Promise<BenchDatabase> {
  const database = await ground.database();
  await database.pool.query(TENANTS, [tenants]);
  await database.pool.query('vacuum analyze');
  return database;
}

async function measure(ground: Ground, { rounds, say }: FigureOptions): Promise<Result[]> {
  const [few, many] = [await databaseWith(ground, FEW), await databaseWith(ground, MANY)];
  const took = async ({ appUrl }: BenchDatabase) => {
    const variables = { ...ground.gatewayVariables(appUrl, 'http://127.0.0.1:9'), GATEWAY_ROLES: 'scheduler', TICKS: String(TICKS) };
    return median(await runToEnd<number[]>('bench/tick-process.ts', variables));
  };
  const [withMany, withFew]: [number[], number[]] = [[], []];
  for (let round = 1; round <= rounds; round++) {
    withMany.push(await took(many));
    withFew.push(await took(few));
    say(`round ${round}: ${withMany.at(-1)?.toFixed(2)} ms and ${withFew.at(-1)?.toFixed(2)} ms`);
  }
  return [resultOf({ figure: 'tick', what: '10,000 (floor: 10)', unit: 'ms', gateway: withMany, floor: withFew, mark: { atMost: 1.5 } })];
}

export const tick: Figure = {
  name: 'tick',
  title: `a tick of the scheduler with ${MANY.toLocaleString('en')} tenants, none of them due, beside one with ${FEW}`,
  measure,
};
