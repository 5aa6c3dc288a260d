import { resultOf, type Figure, type FigureOptions, type Result } from './figure.js';
import type { BenchDatabase, Ground } from './ground.js';
import { load } from './load.js';
import type { LoadResult } from './load-options.js';
import type { Server } from './process.js';
import { makeTenants } from './tenants.js';

const TENANTS = 100;
const CANDIDATES_EACH = 10_000;
const SECONDS = 8;
const WARM_UP_SECONDS = 3;

/** Candidates with one application each, all of 2026; in the order in which a sync would have stored them. */
const ROWS = `
with made as (
  select t.tenant_id, n, gen_random_uuid() as id, gen_random_uuid() as application_id, gen_random_uuid() as job_id
  from unnest($1::uuid[]) as t (tenant_id) cross join generate_series(1, $2::int) as n
), candidates as (
  insert into candidate (tenant_id, id, remote_id, first_name, last_name, email, remote_created_at, remote_updated_at, changed_at)
  select tenant_id, id, n::text, 'Given ' || n, 'Family ' || n, 'person' || n || '@example.com',
    timestamptz '2026-01-01' + n * interval '1 minute', timestamptz '2026-02-01' + n * interval '1 minute', now() from made
)
insert into application (tenant_id, id, remote_id, candidate_id, job_id, stage_id, stage_name, remote_created_at, changed_at)
select tenant_id, application_id, n::text, id, job_id, job_id, 'Applied', timestamptz '2026-01-01' + n * interval '1 minute', now() from made`;

const WATERMARKS = `insert into sync_watermark (tenant_id, integration_id, resource, read_from)
select tenant_id, id, 'candidate', now() from integration on conflict do nothing`;

async function makeRows({ pool }: BenchDatabase, tenantIds: readonly string[], say: FigureOptions['say']): Promise<void> {
  for (let from = 0; from < tenantIds.length; from += 10) {
    await pool.query(ROWS, [tenantIds.slice(from, from + 10), CANDIDATES_EACH]);
    say(`${((from + 10) * CANDIDATES_EACH).toLocaleString('en')} candidates made`);
  }
  await pool.query(WATERMARKS);
  await pool.query('vacuum analyze');
  await pool.query('checkpoint');
}

async function measure(ground: Ground, { rounds, say }: FigureOptions): Promise<Result[]> {
  const [database, sandbox] = await Promise.all([ground.database(), ground.sandbox()]);
  const gateway = await ground.gateway(database, sandbox, { GATEWAY_ROLES: 'api' });
  // Nobody works on their syncs: the gateway here serves only.
  const tenantIds = (await makeTenants(ground, gateway, sandbox, TENANTS)).map(({ id }) => id);
  await sandbox.stop();
  await makeRows(database, tenantIds, say);
  const floor = await ground.server('bench/reads-floor.ts', { DATABASE_URL: database.adminUrl });
  const paths = tenantIds.map((id) => `/v1/tenants/${id}/candidates?limit=100`);
  const headers = { authorization: `Bearer ${ground.token}` };
  await mustAnswerAlike([gateway, floor], paths[0] ?? '', headers);

  const loads = { gateway: new Array<LoadResult>(), floor: new Array<LoadResult>() };
  for (const { url } of [gateway, floor]) await load({ url, paths, headers, seconds: WARM_UP_SECONDS });
  for (let round = 1; round <= rounds; round++) {
    loads.gateway.push(await load({ url: gateway.url, paths, headers, seconds: SECONDS }));
    loads.floor.push(await load({ url: floor.url, paths, headers, seconds: SECONDS }));
    say(`round ${round}: ${rate(loads.gateway)} and ${rate(loads.floor)} requests/s`);
  }
  const numbers = (of: keyof LoadResult) => ({
    gateway: loads.gateway.map((result) => result[of]),
    floor: loads.floor.map((result) => result[of]),
  });
  const figure = 'reads';
  return [
    resultOf({ figure, what: 'pages of 100', unit: 'requests/s', ...numbers('requestsPerSecond'), mark: { atLeast: 0.8 } }),
    resultOf({ figure, what: 'p99, 10 connections', unit: 'ms', ...numbers('p99Ms'), mark: null }),
  ];
}

const rate = (results: readonly LoadResult[]) => results.at(-1)?.requestsPerSecond.toFixed(0);

async function mustAnswerAlike(servers: readonly Server[], path: string, headers: Record<string, string>): Promise<void> {
  const bodies = await Promise.all(servers.map(async ({ url }) => (await fetch(`${url}${path}`, { headers })).text()));
  if (new Set(bodies).size > 1)
    throw new Error(`gateway and floor answer differently:\n${bodies.map((body) => body.slice(0, 600)).join('\n')}`);
}

export const reads: Figure = {
  name: 'reads',
  title: `GET …/candidates?limit=100 on ${(TENANTS * CANDIDATES_EACH).toLocaleString('en')} candidates of ${TENANTS} tenants, beside bare Fastify and pg`,
  measure,
};
