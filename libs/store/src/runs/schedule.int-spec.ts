import { after, NOW, StoreWorld, type Link } from '../world.for-spec.js';
import { askForFull, failuresOf, makeDue, reschedule, setWatermarks, takeDue, takeStalled, watermarksOf } from './schedule.js';
import { claim, request } from './run.for-spec.js';

let world: StoreWorld;

beforeAll(async () => {
  world = await StoreWorld.create(10);
});
beforeEach(() => world.store.inPlatform((tx) => tx.run('delete from sync_schedule')));
afterAll(() => world.close());

const due = (link: Link, now: Date, full = false) => world.in(link, (tx) => makeDue(tx, link, { now, full }));
const take = (now = NOW, limit = 100) => world.store.inPlatform((tx) => takeDue(tx, { now, againAt: after(300), limit }));
const scheduleOf = async (link: Link) => {
  const [row] = await world.rows<{ next: string; full: string; failures: number }>(
    link,
    `select extract(epoch from next_run_at - $1::timestamptz)::int as next, extract(epoch from next_full_at - $1::timestamptz)::int as full, failures from sync_schedule`,
    [NOW.toISOString()],
  );
  return row;
};

test('each due sync is taken by one of several processes that tick at once', async () => {
  const links = await Promise.all(Array.from({ length: 12 }, () => world.link()));
  await Promise.all(links.map((link) => due(link, NOW)));
  const taken = (await Promise.all(Array.from({ length: 5 }, () => take(NOW, 4)))).flat();
  taken.push(...(await take()));
  expect(taken.map(({ tenantId }) => tenantId).sort()).toEqual(links.map(({ tenantId }) => tenantId).sort());
});

test('a sync taken is due again later; one that is not due or whose integration is not active is left', async () => {
  const [link, later] = [await world.link(), await world.link()];
  const inactive = { ...link, integrationId: await world.integration(link.tenantId) };
  await due(link, NOW);
  await due(later, after(1));
  await due(inactive, NOW);
  expect(await take()).toEqual([expect.objectContaining({ integrationId: link.integrationId })]);
  expect(await take()).toEqual([]);
  expect((await take(after(300))).map(({ tenantId }) => tenantId).sort()).toEqual([link.tenantId, later.tenantId].sort());
});

test('a sync is a full one once that is due, else a delta', async () => {
  const link = await world.link();
  await due(link, NOW);
  expect(await take()).toEqual([expect.objectContaining({ mode: 'full' })]);
  await world.in(link, (tx) => reschedule(tx, { ...link, now: NOW, nextRunAt: NOW, nextFullAt: after(3600), failed: false }));
  expect(await take()).toEqual([expect.objectContaining({ mode: 'delta' })]);
  await due(link, NOW);
  expect(await take()).toEqual([expect.objectContaining({ mode: 'delta' })]);
  await due(link, NOW, true);
  expect(await take()).toEqual([expect.objectContaining({ mode: 'full' })]);
});

test('a failure is counted and keeps the full run’s time; a success ends the count', async () => {
  const link = await world.link();
  const end = (outcome: { failed: boolean; nextFullAt: Date | null }) =>
    world.in(link, (tx) => reschedule(tx, { ...link, now: NOW, nextRunAt: after(60), ...outcome }));
  const failures = () => world.in(link, (tx) => failuresOf(tx, link.tenantId, link.integrationId));
  expect(await failures()).toBe(0);
  await due(link, NOW);
  await end({ failed: true, nextFullAt: null });
  await end({ failed: true, nextFullAt: null });
  expect([await failures(), await scheduleOf(link)]).toEqual([2, { next: 60, full: 0, failures: 2 }]);
  await end({ failed: false, nextFullAt: after(3600) });
  expect(await scheduleOf(link)).toEqual({ next: 60, full: 3600, failures: 0 });
});

test('a full run that has become due during a run follows at once', async () => {
  const link = await world.link();
  await due(link, NOW);
  await world.in(link, (tx) => reschedule(tx, { ...link, now: NOW, nextRunAt: after(60), nextFullAt: after(3600), failed: false }));
  await world.in(link, (tx) => askForFull(tx, link, after(10)));
  await world.in(link, (tx) => reschedule(tx, { ...link, now: after(20), nextRunAt: after(80), nextFullAt: null, failed: false }));
  expect(await scheduleOf(link)).toMatchObject({ next: 20, full: 10 });
});

test('a run without a sign of life is named to one process only; others and finished ones are not', async () => {
  const [silent, queued, alive] = [await world.link(), await world.link(), await world.link()];
  const { id } = await request(world, silent);
  await claim(world, silent, id, NOW);
  const lost = await request(world, queued);
  await claim(world, alive, (await request(world, alive)).id, after(500));
  const look = () => world.store.inPlatform((tx) => takeStalled(tx, { now: after(1000), before: after(400) }));
  const found = (await Promise.all([look(), look(), look()])).flat();
  expect(found.map((run) => run.id).sort()).toEqual([id, lost.id].sort());
  expect(await look()).toEqual([]);
});

test('a delta moves on how fresh the data is, and keeps when it was last read completely', async () => {
  const link = await world.link();
  const mark = (startedAt: string, full: boolean) =>
    world.in(link, (tx) =>
      setWatermarks(tx, { ...link, resources: ['job', 'user'], startedAt, full, tokens: full ? { job: 'token' } : {} }),
    );
  await mark('2026-11-01T00:00:00.120Z', true);
  await mark('2026-11-02T00:00:00Z', false);
  const marks = await world.in(link, (tx) => watermarksOf(tx, link.tenantId, link.integrationId));
  expect(marks.get('job')).toEqual({
    resource: 'job',
    readFrom: '2026-11-02T00:00:00.000Z',
    fullReadAt: '2026-11-01T00:00:00.120Z',
    syncToken: null,
  });
  expect([...marks.keys()].sort()).toEqual(['job', 'user']);
});
