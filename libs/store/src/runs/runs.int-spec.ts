import { randomUUID } from 'node:crypto';
import { after, NOW, StoreWorld, type Link } from '../world.for-spec.js';
import { advanceRun, claimRun, finishRun, hasNamelessSetAside, noteSeen, noteSetAside } from './progress.js';
import { cancelRuns, NO_PROGRESS } from './requests.js';
import { claim, request, rowOf } from './run.for-spec.js';

let world: StoreWorld;
let link: Link;

beforeAll(async () => {
  world = await StoreWorld.create(10);
});
beforeEach(async () => {
  link = await world.link();
});
afterAll(() => world.close());

const POSITION = { step: 1, page: 4, cursor: 'c', since: { job: NOW.toISOString() }, progress: { ...NO_PROGRESS, pages: 4 } };
const SUCCEEDED = { state: 'succeeded', error: null } as const;

test('twenty requests at once make one run', async () => {
  const requests = await Promise.all(Array.from({ length: 20 }, () => request(world, link)));
  expect(requests.filter(({ created }) => created)).toHaveLength(1);
  expect(new Set(requests.map(({ id }) => id)).size).toBe(1);
  expect(await world.rows(link, 'select state from sync_run')).toEqual([{ state: 'queued' }]);
});

test('a running run is the answer to a request, a finished one is not', async () => {
  const first = await request(world, link);
  const run = await claim(world, link, first.id);
  expect(await request(world, link, 'delta')).toEqual({ id: first.id, created: false });
  await world.in(link, (tx) => finishRun(tx, run, SUCCEEDED, NOW));
  expect(await request(world, link)).toEqual({ id: expect.not.stringMatching(first.id), created: true });
});

test('each integration has a run of its own', async () => {
  const second = { ...link, integrationId: await world.integration(link.tenantId) };
  const runs = [await request(world, link), await request(world, second)];
  expect(runs.map(({ created }) => created)).toEqual([true, true]);
});

test('a claimed run continues where it stood, one attempt further, as of its first start', async () => {
  const { id } = await request(world, link, 'delta', ['user', 'job']);
  const first = await claim(world, link, id);
  await world.in(link, (tx) => advanceRun(tx, first, POSITION, after(1)));
  const second = await claim(world, link, id, after(60));
  expect(second).toEqual({ ...first, ...POSITION, attempt: 2 });
  expect(first).toMatchObject({
    mode: 'delta',
    resources: ['user', 'job'],
    attempt: 1,
    step: 0,
    page: 0,
    cursor: null,
    progress: NO_PROGRESS,
  });
  expect(new Date(second.startedAt)).toEqual(NOW);
});

test('an older attempt can neither advance nor finish the run', async () => {
  const { id } = await request(world, link);
  const old = await claim(world, link, id);
  const current = await claim(world, link, id);
  const outcomes = await world.in(link, async (tx) => [
    await advanceRun(tx, old, POSITION, NOW),
    await finishRun(tx, old, { state: 'failed', error: 'internal' }, NOW),
    await advanceRun(tx, current, POSITION, NOW),
    await finishRun(tx, current, SUCCEEDED, NOW),
    await advanceRun(tx, current, POSITION, NOW),
  ]);
  expect(outcomes).toEqual([false, false, true, true, false]);
  expect(await rowOf(world, link, id)).toMatchObject({ state: 'succeeded', error: null, attempt: 2 });
});

test('of two workers that take a run at once the later one has it', async () => {
  const { id } = await request(world, link);
  const both = await Promise.all([claim(world, link, id), claim(world, link, id)]);
  const advanced = await Promise.all(both.map((run) => world.in(link, (tx) => advanceRun(tx, run, POSITION, NOW))));
  const byAttempt = new Map(both.map(({ attempt }, index) => [attempt, advanced[index]]));
  expect([byAttempt.get(1), byAttempt.get(2)]).toEqual([false, true]);
});

test('a cancelled run is not to be claimed, advanced or finished', async () => {
  const { id } = await request(world, link);
  const run = await claim(world, link, id);
  expect(await world.in(link, (tx) => cancelRuns(tx, link.tenantId, 'consent-missing', after(5)))).toBe(1);
  const outcomes = await world.in(link, async (tx) => [
    await claimRun(tx, link.tenantId, id, NOW),
    await advanceRun(tx, run, POSITION, NOW),
    await finishRun(tx, run, SUCCEEDED, NOW),
    await cancelRuns(tx, link.tenantId, null, NOW),
  ]);
  expect(outcomes).toEqual([null, false, false, 0]);
  expect(await rowOf(world, link, id)).toMatchObject({ state: 'cancelled', error: 'consent-missing' });
});

test('a cancelled run forgets what it had seen', async () => {
  const { id } = await request(world, link);
  const run = await claim(world, link, id);
  await world.in(link, (tx) => noteSeen(tx, run, { resource: 'user', number: 0, ids: ['00000000-0000-7000-8000-000000000001'] }));
  await world.in(link, (tx) => cancelRuns(tx, link.tenantId, null, NOW));
  expect(await world.in(link, (tx) => tx.rows('select 1 from sync_seen where run_id = $1', [id]))).toEqual([]);
});

test('a finished run forgets what it had seen, and keeps what it set aside', async () => {
  const { id } = await request(world, link);
  const run = await claim(world, link, id);
  await world.in(link, async (tx) => {
    await noteSeen(tx, run, { resource: 'job', number: 0, ids: [randomUUID()] });
    await noteSetAside(tx, run, 'job', [{ externalId: 'x', reason: 'field-malformed', field: 'name' }]);
    await finishRun(tx, run, SUCCEEDED, NOW);
  });
  expect(await world.rows(link, 'select 1 from sync_seen')).toEqual([]);
  expect(await world.rows(link, 'select external_id, reason, field from set_aside')).toEqual([
    { external_id: 'x', reason: 'field-malformed', field: 'name' },
  ]);
});

test('a record set aside without its name is known per resource and run', async () => {
  const { id } = await request(world, link);
  const run = await claim(world, link, id);
  const nameless = () =>
    world.in(link, async (tx) => [await hasNamelessSetAside(tx, run, 'job'), await hasNamelessSetAside(tx, run, 'user')]);
  await world.in(link, (tx) => noteSetAside(tx, run, 'job', [{ externalId: 'x', reason: 'field-malformed', field: null }]));
  expect(await nameless()).toEqual([false, false]);
  await world.in(link, (tx) => noteSetAside(tx, run, 'job', [{ externalId: null, reason: 'id-missing', field: null }]));
  expect(await nameless()).toEqual([true, false]);
});
