import type { Api } from './world/api.js';
import { FAULT_CASES, type FaultCase } from './world/fault-cases.js';
import { idsIn, snapshotOf, type Row, type Snapshot } from './world/snapshot.js';
import { connect, newestEnded, patiently } from './world/patience.js';
import { ok, Tenant } from './world/tenant.js';
import { World } from './world/world.js';

let world: World;
let api: Api;

/** How a run went that met a fault, and what came after. */
interface Met {
  readonly before: Snapshot;
  // oxlint-disable-next-line typescript/no-explicit-any -- as it came over the wire
  readonly run: any;
  // oxlint-disable-next-line typescript/no-explicit-any -- as it came over the wire
  readonly status: any;
  readonly after: Snapshot;
  /** Once it was mended and read again; null where it cannot be. */
  readonly mended: { readonly state: string; readonly records: Snapshot } | null;
}

const met = new Map<string, Met>();
const MODES = ['delta', 'full'] as const;
type Mode = (typeof MODES)[number];

beforeAll(async () => {
  world = await World.create();
  api = await world.gateway({ SYNC_DELTA_SECONDS: '86400', SYNC_CONCURRENCY: '64', DATABASE_POOL_MAX: '40' });
  await Promise.all(FAULT_CASES.map(meetBoth));
}, 180_000);
afterAll(() => world.close());

/** First a delta, then a full run; of another tenant where the first one's fault cannot be mended. */
async function meetBoth(one: FaultCase): Promise<void> {
  let tenant = await synced(one);
  for (const mode of MODES) {
    const ran = await meet(one, mode, tenant);
    met.set(`${one.name} ${mode}`, ran);
    if (ran.mended === null) tenant = await synced(one);
  }
}

async function synced({ candidates }: FaultCase): Promise<Tenant> {
  const tenant = await Tenant.link(api, world.control, { candidates, seed: 81, jobs: 3, users: 3 });
  await connect(tenant);
  await newestEnded(tenant);
  return tenant;
}

async function sync(tenant: Tenant, mode: Mode) {
  const { body } = ok(await api.post(`/platform/v1/tenants/${tenant.id}/syncs`, { mode }));
  await newestEnded(tenant);
  return tenant.run(body.id);
}

const statusOf = async (tenant: Tenant) => (await api.get(`/v1/tenants/${tenant.id}/status`)).body;
const GONE: Readonly<Record<Mode, number>> = { delta: 25, full: 26 };

/** The candidates change and one is deleted; then a run meets the fault, and another one reads after it was mended. */
async function meet({ strike, mendedBy }: FaultCase, mode: Mode, tenant: Tenant): Promise<Met> {
  ok(await tenant.atSource('post', '/records/candidates/change-many', { count: 260, fields: { last_name: mode } }));
  ok(await tenant.atSource('delete', `/records/candidates/${GONE[mode]}`));
  // So that no daily check comes in between.
  ok(await api.post(`/platform/v1/tenants/${tenant.id}/integrations/${tenant.integrationId}/check`));
  const before = await snapshotOf(tenant);
  const { nextRunAt } = await statusOf(tenant);
  const mend = await strike(world, tenant);
  const run = await sync(tenant, mode);
  const status = await patiently(async () => {
    const now = await statusOf(tenant);
    return now.nextRunAt === nextRunAt ? null : now;
  });
  const after = await snapshotOf(tenant);
  if (mend === null) return { before, run, status, after, mended: null };
  await mend();
  const { state } = await sync(tenant, mendedBy);
  return { before, run, status, after, mended: { state, records: await snapshotOf(tenant) } };
}

const metBy = ({ name }: FaultCase, mode: Mode): Met => {
  const found = met.get(`${name} ${mode}`);
  if (found === undefined) throw new Error('it was not met');
  return found;
};

const all = FAULT_CASES.flatMap((one) => MODES.map((mode) => [one.name, mode, one] as const));
const failing = all.filter(([, , { error }]) => error !== null);
const harmless = all.filter(([, , { error }]) => error === null);
const mendable = all.filter(([, , { name }]) => name !== 'an integration that was deleted');
const isNew = ({ lastName }: Row, mode: Mode) => String(lastName).startsWith(mode);
/** Without what a deleted application takes along. */
const ownOf = ({ applications: _applications, ...candidate }: Row) => candidate;

describe('under a lasting fault', () => {
  test.each(failing)('%s: a %s run fails, says why, and the next one waits', (_name, mode, one) => {
    const { run, status } = metBy(one, mode);
    expect(run).toMatchObject({ mode, state: 'failed', error: one.error, progress: { heldDeletions: 0, setAside: 0 } });
    expect([status.integration.state, status.integration.stateCode]).toEqual(one.standing);
    const waitMs = Date.parse(status.nextRunAt) - Date.parse(run.finishedAt);
    expect(waitMs).toBeGreaterThanOrEqual(one.waitMs - 1);
    expect(waitMs).toBeLessThan(one.waitMs + 10_000);
  });

  test.each(failing)('%s: after a %s run all is readable that is there, each candidate as before or as now', (_name, mode, one) => {
    const { before, run, after } = metBy(one, mode);
    expect(idsIn({ ...after, applications: [] })).toEqual(idsIn({ ...before, applications: [] }));
    const gone = before.applications.length - after.applications.length;
    expect(run.progress.deleted).toBe(gone);
    // Where the rest is read all the same, the deleted candidate's applications go.
    expect(gone > 0).toBe(one.error === 'unsupported');
    const old = after.candidates.filter((record) => !isNew(record, mode)).map(ownOf);
    expect(before.candidates.map(ownOf)).toEqual(expect.arrayContaining(old));
  });
});

describe('with a record or an answer that is odd', () => {
  test.each(harmless)('%s: a %s run reads all the rest', (_name, mode, one) => {
    const { before, run, status, after } = metBy(one, mode);
    expect(run).toMatchObject({ mode, state: 'succeeded', error: null, progress: { setAside: one.setAside, heldDeletions: 0 } });
    expect([status.integration.state, status.integration.stateCode]).toEqual(one.standing);
    expect(Date.parse(status.nextRunAt) - Date.parse(run.finishedAt)).toBeGreaterThanOrEqual(one.waitMs - 1);
    // A delta is told what is gone. A full run cannot tell while it does not know whose record it set aside.
    const gone = mode === 'delta' || one.deletes ? 1 : 0;
    expect(before.candidates.length - after.candidates.length).toBe(gone);
    const old = after.candidates.filter((record) => !isNew(record, mode)).map(ownOf);
    expect(old).toHaveLength(one.setAside + 1 - gone);
    expect(before.candidates.map(ownOf)).toEqual(expect.arrayContaining(old));
  });
});

test.each(mendable)('%s: once it is over, the run after a %s run reads all that was missed', (_name, mode, one) => {
  const { before, mended } = metBy(one, mode);
  expect(mended?.state).toBe('succeeded');
  expect(mended?.records.candidates).toHaveLength(before.candidates.length - 1);
  expect(mended?.records.candidates.every(({ lastName }) => lastName === mode)).toBe(true);
  expect(mended?.records.users).toEqual(before.users);
  expect(mended?.records.jobs).toEqual(before.jobs.map((job) => ({ ...job, changedAt: expect.any(String) })));
});
