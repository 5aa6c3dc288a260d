import fc from 'fast-check';
import type { Api } from './world/api.js';
import { spawnGateway, type GatewayProcess } from './world/gateway-process.js';
import { connect, newestEnded, patiently } from './world/patience.js';
import { idsIn, LISTS, snapshotOf, type List, type Row, type Snapshot } from './world/snapshot.js';
import { ENABLED, ok, Tenant } from './world/tenant.js';
import { World } from './world/world.js';

/** Three pages of each resource. No scheduler is at work: each run is one of the test's. */
const SIZE = { users: 510, jobs: 510, candidates: 510 };
const PAGE_SIZE = 250;
const PLACES = ['first', 'middle', 'last'] as const;
const ENDS = {
  cut: { kind: 'cut' },
  drop: { kind: 'drop' },
  '500': { kind: 'error', code: null, status: 500 },
  loop: { kind: 'loop' },
  revoked: { kind: 'latency', ms: 3000, times: 1 },
} as const;

/** Where a full read breaks off, and by what. */
interface Point {
  readonly list: List;
  readonly place: (typeof PLACES)[number];
  readonly end: keyof typeof ENDS;
}

const PLACES_OF_ALL = LISTS.flatMap((list) => PLACES.map((place) => ({ list, place })));
const POINTS: readonly Point[] = PLACES_OF_ALL.flatMap((at) =>
  (['cut', 'drop', '500', 'loop', 'revoked'] as const).map((end) => ({ ...at, end })),
);

/** A tenant of which some records are gone at the source without a word. */
interface Read {
  readonly tenant: Tenant;
  readonly pages: Readonly<Record<List, number>>;
  readonly before: Snapshot;
  /** What is still there, as `list/id`. */
  readonly there: ReadonlySet<string>;
}

let world: World;
let api: Api;
let worker: GatewayProcess;
let reads: readonly Read[];

const startWorker = () => spawnGateway(world.variables({ GATEWAY_ROLES: 'worker', SYNC_CONCURRENCY: '12' }));

beforeAll(async () => {
  world = await World.create();
  api = await world.gateway({ GATEWAY_ROLES: 'api' });
  worker = await startWorker();
  reads = await Promise.all(PLACES_OF_ALL.map((_, index) => readOnce(400 + index)));
  // Kombo forgets what was deleted after 14 days: a list then no longer says that it was there.
  ok(await world.control.post('/clock', { advanceSeconds: 15 * 86_400 }));
}, 120_000);
afterAll(async () => {
  await worker.end('SIGKILL');
  await world.close();
});

async function readOnce(seed: number): Promise<Read> {
  const tenant = await Tenant.link(api, world.control, { ...SIZE, seed });
  await connect(tenant);
  expect(await newestEnded(tenant)).toMatchObject({ state: 'succeeded' });
  const before = await snapshotOf(tenant);
  const gone = new Set<string>();
  for (const list of ['users', 'jobs', 'candidates'] as const) {
    const { body } = ok(await tenant.atSource('delete', `/records/${list}/100`));
    const remoteId: unknown = body.record.remote_id;
    const record: Row = before[list].find((one) => one.remoteId === remoteId);
    gone.add(`${list}/${record.id}`);
    if (list === 'candidates') for (const { id } of record.applications) gone.add(`applications/${id}`);
  }
  const pages = Object.fromEntries(LISTS.map((list) => [list, Math.ceil(before[list].length / PAGE_SIZE)]));
  return {
    tenant,
    pages: { users: 3, jobs: 3, candidates: 3, applications: 3, ...pages },
    before,
    there: new Set(idsIn(before).filter((id) => !gone.has(id))),
  };
}

const skipTo = ({ pages }: Read, { list, place }: Pick<Point, 'list' | 'place'>): number =>
  ({ first: 0, middle: Math.floor(pages[list] / 2), last: pages[list] - 1 })[place];

/** Puts a fault there; resolves to its number. */
async function putFault(read: Read, at: Pick<Point, 'list' | 'place'>, fault: object): Promise<number> {
  const { sourceId: komboId } = read.tenant;
  const { body } = ok(
    await world.control.post('/faults', { times: null, ...fault, integrationId: komboId, path: `/ats/${at.list}`, skip: skipTo(read, at) }),
  );
  return body.id;
}

/** Waits until the source has met a request with all of these faults, each of which happens once. */
const met = (faults: readonly number[]) =>
  patiently(async () => {
    const { body } = await world.control.get('/faults');
    return body.faults.some(({ id }: { id: number }) => faults.includes(id)) ? null : true;
  });

async function expectNothingLost({ tenant, there, before }: Read, after: string): Promise<void> {
  const known = new Set(idsIn(before));
  const readable = new Set(idsIn(await snapshotOf(tenant)));
  expect({ after, lost: [...there].filter((id) => !readable.has(id)) }).toEqual({ after, lost: [] });
  expect([...readable].filter((id) => !known.has(id))).toEqual([]);
}

async function breakOff(read: Read, point: Point): Promise<void> {
  const { tenant } = read;
  const fault = await putFault(read, point, ENDS[point.end]);
  const { body: run } = ok(await api.post(`/platform/v1/tenants/${tenant.id}/syncs`, { mode: 'full' }));
  if (point.end === 'revoked') {
    await met([fault]);
    await tenant.consent({ kind: 'integration-disabled', by: 'customer' });
    await newestEnded(tenant);
    await tenant.consent(ENABLED);
  }
  await newestEnded(tenant);
  const { state, error, progress } = await tenant.run(run.id);
  const name = `${point.end} at the ${point.place} page of ${point.list}`;
  expect({ name, state, error }).toEqual({
    name,
    state: point.end === 'revoked' ? 'cancelled' : 'failed',
    error: point.end === 'revoked' ? 'integration-disabled' : expect.stringMatching(/^remote-(unavailable|invalid-response)$/),
  });
  expect(progress.heldDeletions).toBe(0);
  await world.control.delete(`/faults/${fault}`);
  await expectNothingLost(read, name);
}

const readWhole = async (read: Read): Promise<void> => {
  const { tenant, there } = read;
  ok(await api.post(`/platform/v1/tenants/${tenant.id}/syncs`, { mode: 'full' }));
  expect(await newestEnded(tenant)).toMatchObject({ mode: 'full', state: 'succeeded' });
  expect(new Set(idsIn(await snapshotOf(tenant)))).toEqual(there);
};

test('wherever a full read breaks off, by whatever and after whatever, nothing that is still at the source is lost', async () => {
  const all = fc.shuffledSubarray([...POINTS], { minLength: POINTS.length });
  await fc.assert(
    fc.asyncProperty(all, async (points) => {
      await Promise.all(
        reads.map(async (read, index) => {
          for (const point of points.filter((_, number) => number % reads.length === index)) await breakOff(read, point);
        }),
      );
    }),
    { numRuns: 1, endOnFailure: true },
  );
}, 240_000);

test('nor where the process is killed there, and the run that goes on in another one loses nothing', async () => {
  const faults = await Promise.all(
    reads.map((read, index) =>
      putFault(read, PLACES_OF_ALL[index] ?? { list: 'users', place: 'first' }, { kind: 'latency', ms: 20_000, times: 1 }),
    ),
  );
  for (const { tenant } of reads) ok(await api.post(`/platform/v1/tenants/${tenant.id}/syncs`, { mode: 'full' }));
  await met(faults);
  await worker.end('SIGKILL');
  for (const [index, read] of reads.entries()) await expectNothingLost(read, `killed at ${JSON.stringify(PLACES_OF_ALL[index])}`);
  worker = await startWorker();
  for (const { tenant } of reads) expect(await newestEnded(tenant)).toMatchObject({ state: 'succeeded', mode: 'full' });
  for (const { tenant, there } of reads) expect(new Set(idsIn(await snapshotOf(tenant)))).toEqual(there);
}, 120_000);

test('a whole read then takes away what is gone, and nothing else', async () => {
  await Promise.all(reads.map(readWhole));
}, 60_000);
