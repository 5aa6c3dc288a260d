import type { Api } from './world/api.js';
import { applicationsOf, faultOf, tenantOf, textsAt, WAYS, type Way } from './world/result-channels.js';
import { CONTENT, resultPath } from './world/results.js';
import { rowsIn } from './world/rows.js';
import { ok, until, type Tenant } from './world/tenant.js';
import { World } from './world/world.js';

/** Of each cell of the table. */
const RUNS = 100;

/** What befalls the first attempt of each: was it applied, was it answered. */
const FAULTS = [
  { name: 'applied and answered', fault: null },
  { name: 'refused for now', fault: { kind: 'error', status: 503, code: 'REMOTE.SERVICE_UNAVAILABLE', times: RUNS } },
  { name: 'applied, and the answer lost', fault: { kind: 'drop', late: true, times: RUNS } },
  { name: 'lost before it was applied', fault: { kind: 'drop', late: false, times: RUNS } },
] as const;
type Fault = (typeof FAULTS)[number];

let world: World;
let api: Api;
beforeAll(async () => {
  world = await World.create();
  api = await world.gateway({ RESULT_CONCURRENCY: '16' });
});
afterAll(() => world.close());

interface Told {
  readonly tenant: Tenant;
  readonly key: string;
  readonly applications: readonly string[];
}

const urlOf = (key: string, application: string): string => `https://reports.alva.example/${key}/${application}/end`;

async function send(way: Way, tenant: Tenant, applications: readonly string[], { name, fault }: Fault): Promise<Told> {
  const key = name.replaceAll(/[^a-z]/g, '-');
  if (fault !== null) await faultOf(world, way, tenant, way.connector === 'kombo' ? fault : { ...fault, code: undefined });
  for (const application of applications)
    ok(await api.put(resultPath(tenant, application, key), { ...CONTENT, reportUrl: urlOf(key, application) }));
  return { tenant, key, applications };
}

/** How often each stands in the ATS. */
async function countsOf(way: Way, { tenant, key, applications }: Told): Promise<ReadonlyMap<string, number>> {
  const texts = await textsAt(world, way, tenant);
  return new Map(applications.map((id) => [id, texts.filter((text) => text.includes(urlOf(key, id))).length]));
}

interface Standing {
  readonly id: string;
  readonly application: string;
  readonly state: string;
}

/** How all of them stand, once nothing moves any more. */
function settled({ tenant, key }: Told): Promise<readonly Standing[]> {
  return until(async () => {
    const rows: Standing[] = await rowsIn(
      world.database,
      'select id, application_id as application, state from result_delivery where tenant_id = $1 and result_key = $2',
      [tenant.id, key],
    );
    return rows.some(({ state }) => state === 'queued' || state === 'delivering') ? null : rows;
  }, 60_000);
}

const statesIn = (standings: readonly Standing[]): readonly string[] => [...new Set(standings.map(({ state }) => state))];

/** Somebody looks into the ATS, and says what is there. */
async function decide(standings: readonly Standing[], counts: ReadonlyMap<string, number>): Promise<void> {
  for (const { id, application } of standings.filter(({ state }) => state === 'parked')) {
    const isThere = (counts.get(application) ?? 0) > 0;
    ok(await api.post(`/platform/v1/results/${id}/${isThere ? 'give-up' : 'retry'}`, isThere ? { delivered: true } : {}));
  }
}

describe.each(WAYS)('by $connector’s $channel', (way) => {
  let tenant: Tenant;
  let applications: readonly string[];
  beforeAll(async () => {
    tenant = await tenantOf(world, api, way, { candidates: 220, seed: 21, jobs: 12, users: 5 });
    applications = await applicationsOf(tenant, RUNS);
  });

  it.each(FAULTS)('a result that is $name is in the ATS exactly once, or waits for a person, never twice', async (fault) => {
    const told = await send(way, tenant, applications, fault);
    const standings = await settled(told);
    const counts = await countsOf(way, told);
    expect([...counts.values()].filter((count) => count > 1)).toEqual([]);
    const isLost = fault.fault?.kind === 'drop';
    expect(statesIn(standings)).toEqual([isLost && way.inDoubt === 'park' ? 'parked' : 'delivered']);
    await decide(standings, counts);
    expect(statesIn(await settled(told))).toEqual(['delivered']);
    expect([...(await countsOf(way, told)).values()]).toEqual(applications.map(() => 1));
  });
});
