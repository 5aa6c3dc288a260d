import { RESOURCES, type Resource } from '#libs/model';
import type { SyncMode } from '#libs/store';
import { DPA, DISABLED, ENABLED, type Link } from '../pipeline/bench.for-spec.js';
import { Source } from '../pipeline/source.for-spec.js';
import { SyncBench } from './sync-bench.for-spec.js';

let sync: SyncBench;
let link: Link;

beforeAll(async () => {
  sync = await SyncBench.create();
});
beforeEach(async () => {
  sync.bench.clock.set('2026-11-22T10:00:00Z');
  link = await sync.bench.link();
});
afterAll(() => sync.close());

const request = async (mode: SyncMode, resources?: readonly Resource[]) => {
  const grant = await sync.grant(link);
  const { id } = await sync.bench.store.inTenant(link.tenantId, (tx) =>
    sync.requests.request(tx, { grant, mode, cause: 'person', resources }),
  );
  const row = await sync.bench.store.inTenant(link.tenantId, (tx) => sync.requests.find(tx, link.tenantId, id));
  return { id, mode: row.mode, resources: row.resources };
};

const readAll = async (mode: SyncMode = 'full', resources: readonly Resource[] = RESOURCES) =>
  sync.bench.sync(link, new Source(), mode, resources);

const jobsOnly = { ...DPA, covers: { read: ['job', 'user'], write: [] } } as const;

test('a run and its task come together, and one unfinished run has one task', async () => {
  const [first, second] = [await request('full'), await request('delta')];
  expect(second).toEqual(first);
  expect(await sync.queued(link)).toEqual([first.id]);
});

test('a request that is rolled back leaves neither a run nor a task', async () => {
  const grant = await sync.grant(link);
  const undone = sync.bench.store.inTenant(link.tenantId, async (tx) => {
    await sync.requests.request(tx, { grant, mode: 'full', cause: 'person' });
    throw new Error('undone');
  });
  await expect(undone).rejects.toThrow('undone');
  expect([await sync.queued(link), await sync.bench.rows(link, 'select 1 from sync_run')]).toEqual([[], []]);
});

test('a delta becomes a full run where something was never read, or so long ago that the source has forgotten deletions', async () => {
  expect(await request('delta')).toMatchObject({ mode: 'full' });
  await readAll();
  sync.bench.clock.advanceMs(13 * 24 * 3600_000 - 1);
  expect(await request('delta')).toMatchObject({ mode: 'delta' });
  await readAll('delta');
  sync.bench.clock.advanceMs(13 * 24 * 3600_000);
  expect(await request('delta')).toMatchObject({ mode: 'full' });
});

test('a tenant whose agreement covers some resources is read by deltas as well', async () => {
  link = await sync.bench.link(jobsOnly, ENABLED);
  expect(await request('delta')).toMatchObject({ mode: 'full', resources: ['user', 'job'] });
  await readAll();
  expect(await request('delta')).toMatchObject({ mode: 'delta', resources: ['user', 'job'] });
});

test('what comes to be covered while a run goes on does not count as read by it', async () => {
  link = await sync.bench.link(jobsOnly, ENABLED);
  const { id } = await request('full');
  const source = new Source(1).put('job', 'a').put('job', 'b').put('candidate', 'c');
  source.meanwhile = async ({ cursor }) => {
    if (cursor === '1') await sync.bench.record(link, DPA);
  };
  await sync.bench.sync(link, source);
  expect(await sync.bench.alive(link, 'candidate')).toEqual([]);
  const next = await request('delta');
  expect(next).toMatchObject({ mode: 'full', resources: RESOURCES });
  expect(next.id).not.toBe(id);
});

test('what is covered again after a time without is read completely', async () => {
  await readAll();
  await sync.bench.record(link, jobsOnly);
  await request('delta');
  await readAll('delta');
  await sync.bench.record(link, DPA);
  expect(await request('delta')).toMatchObject({ mode: 'full' });
});

test('a request for what is not covered is refused', async () => {
  link = await sync.bench.link(jobsOnly, ENABLED);
  await expect(request('full', ['candidate'])).rejects.toMatchObject({ kind: 'consent-does-not-cover' });
  expect(await request('full', ['candidate', 'job'])).toMatchObject({ resources: ['job'] });
});

test('nothing is started without consent', async () => {
  await sync.bench.record(link, DISABLED);
  const started = await sync.bench.store.inTenant(link.tenantId, (tx) => sync.requests.startNow(tx, link.tenantId, 'full'));
  expect(started).toBeNull();
  expect(await sync.bench.rows(link, 'select 1 from sync_run')).toEqual([]);
});

test('another tenant’s run is not found', async () => {
  const { id } = await request('full');
  const stranger = await sync.bench.link();
  const sought = sync.bench.store.inTenant(stranger.tenantId, (tx) => sync.requests.find(tx, stranger.tenantId, id));
  await expect(sought).rejects.toMatchObject({ kind: 'not-found' });
});
