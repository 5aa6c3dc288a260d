import { setTimeout as pause } from 'node:timers/promises';
import { randomUUID } from 'node:crypto';
import { CONTENT, doneThroughKombo, resultPath } from '../test/world/results.js';
import { ok, Tenant } from '../test/world/tenant.js';
import type { Api } from '../test/world/api.js';
import { resultOf, type Figure, type FigureOptions, type Result } from './figure.js';
import type { BenchDatabase, Ground } from './ground.js';
import { percentile } from './statistics.js';

const CALLERS = 16;
const ACCEPTED_A_ROUND = 3_000;
const STEADY_PER_SECOND = 50;
const STEADY_SECONDS = 20;
/** An ATS's own calls take at most four a tenant here; ten tenants share the load as customers would. */
const TENANTS = 10;

interface Target {
  readonly tenant: Tenant;
  readonly applications: readonly string[];
}

async function targetsOf(api: Api, control: Api): Promise<readonly Target[]> {
  const targets: Target[] = [];
  for (let made = 0; made < TENANTS; made++) {
    const tenant = await Tenant.synced(api, control, { candidates: 300, seed: 40 + made });
    const records: readonly { readonly id: string }[] = await tenant.records('applications?limit=250');
    targets.push({ tenant, applications: records.map(({ id }) => id) });
  }
  return targets;
}

function pathOf(targets: readonly Target[], number: number, key: string): string {
  const target = targets[number % targets.length];
  if (target === undefined) throw new Error('there is no tenant');
  const application = target.applications[Math.floor(number / targets.length) % target.applications.length] ?? '';
  return resultPath(target.tenant, application, `${key}-${number}`);
}

/** Done by so many at once; calls a second. */
async function perSecond(count: number, call: (number: number) => Promise<unknown>): Promise<number> {
  let next = 0;
  const startedAt = performance.now();
  const work = async () => {
    for (let number = next++; number < count; number = next++) await call(number);
  };
  await Promise.all(Array.from({ length: CALLERS }, work));
  return (count * 1000) / (performance.now() - startedAt);
}

/** The least that has to be done: one row, kept. */
const insert =
  ({ pool }: BenchDatabase) =>
  () =>
    pool.query('insert into bench_result (id, content) values ($1, $2)', [randomUUID(), JSON.stringify(CONTENT)]);

/** Sent evenly; how long each took from its acceptance's beginning to the ATS, by the sandbox's own clock on this machine. */
async function toTheAts(api: Api, control: Api, targets: readonly Target[], round: number): Promise<readonly number[]> {
  const sentAt = new Map<string, number>();
  const sending: Promise<unknown>[] = [];
  for (let number = 0; number < STEADY_PER_SECOND * STEADY_SECONDS; number++) {
    const reportUrl = `https://reports.alva.example/${round}/${number}/end`;
    sentAt.set(reportUrl, Date.now());
    sending.push(api.put(pathOf(targets, number, `steady-${round}`), { ...CONTENT, reportUrl }).then(ok));
    await pause(1000 / STEADY_PER_SECOND);
  }
  await Promise.all(sending);
  const tookMs: number[] = [];
  for (; tookMs.length < sentAt.size; await pause(200)) {
    tookMs.length = 0;
    for (const { tenant } of targets)
      for (const { at, body } of await doneThroughKombo(tenant, control)) {
        const startedAt = sentAt.get(body.url);
        if (startedAt !== undefined) tookMs.push(Date.parse(at) - startedAt);
      }
  }
  return tookMs;
}

async function measure(ground: Ground, { rounds, say }: FigureOptions): Promise<Result[]> {
  const [database, sandbox] = await Promise.all([ground.database(), ground.sandbox()]);
  const variables = { RESULT_URL_HOSTS: 'reports.alva.example' };
  const both = await ground.gateway(database, sandbox, { ...variables, RESULT_CONCURRENCY: '16' });
  const [api, control] = [ground.api(both), ground.control(sandbox)];
  const targets = await targetsOf(api, control);
  const [p50, p99]: [number[], number[]] = [[], []];
  for (let round = 1; round <= rounds; round++) {
    const tookMs = await toTheAts(api, control, targets, round);
    p50.push(percentile(tookMs, 0.5));
    p99.push(percentile(tookMs, 0.99));
    say(`round ${round}: to the ATS p50 ${p50.at(-1)} ms, p99 ${p99.at(-1)} ms`);
  }
  await both.stop();
  // Taken in alone: nothing is delivered beside it.
  const serving = ground.api(await ground.gateway(database, sandbox, { ...variables, GATEWAY_ROLES: 'api' }));
  await database.pool.query('create table bench_result (id uuid primary key, content jsonb not null)');
  const [accepted, inserted]: [number[], number[]] = [[], []];
  for (let round = 1; round <= rounds; round++) {
    accepted.push(await perSecond(ACCEPTED_A_ROUND, async (n) => ok(await serving.put(pathOf(targets, n, `many-${round}`), CONTENT))));
    inserted.push(await perSecond(ACCEPTED_A_ROUND, insert(database)));
    say(`round ${round}: ${accepted.at(-1)?.toFixed(0)} accepted and ${inserted.at(-1)?.toFixed(0)} inserted a second`);
  }
  const figure = 'results';
  return [
    resultOf({ figure, what: 'accepted, beside a bare INSERT', unit: 'results/s', gateway: accepted, floor: inserted, mark: null }),
    resultOf({ figure, what: `acceptance to the ATS, p50 at ${STEADY_PER_SECOND}/s`, unit: 'ms', gateway: p50, mark: null }),
    resultOf({ figure, what: `acceptance to the ATS, p99 at ${STEADY_PER_SECOND}/s`, unit: 'ms', gateway: p99, mark: null }),
  ];
}

export const results: Figure = {
  name: 'results',
  title: 'PUT of results, kept before it is answered, beside a bare INSERT; and how soon they are in the ATS',
  measure,
};
