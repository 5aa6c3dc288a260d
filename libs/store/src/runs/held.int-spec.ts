import { write } from '../records/allowed.for-spec.js';
import { after, StoreWorld, type Link } from '../world.for-spec.js';
import { decideHeld, dropHeld, heldCount, holdDeletions, type HeldDecision } from './held.js';
import { request } from './run.for-spec.js';

let world: StoreWorld;
let link: Link;
let runId: string;

beforeAll(async () => {
  world = await StoreWorld.create();
});
beforeEach(async () => {
  link = await world.link();
  ({ id: runId } = await request(world, link));
  const jobs = await write(world, link, 'job', { a: {}, b: {}, c: {} });
  const users = await write(world, link, 'user', { a: {} });
  await world.in(link, async (tx) => {
    await holdDeletions(tx, { ...link, id: runId }, 'job', jobs.ids.slice(0, 2));
    await holdDeletions(tx, { ...link, id: runId }, 'user', users.ids);
  });
});
afterAll(() => world.close());

const decide = (decision: HeldDecision, by = 'someone') =>
  world.in(link, (tx) => decideHeld(tx, { ...link, runId, decision, by, now: after(9) }));
const held = () => world.in(link, (tx) => heldCount(tx, link.tenantId, runId));
const deleted = () =>
  world.rows(link, 'select id from job where deleted_at is not null union all select id from ats_user where deleted_at is not null');

test('what is held is counted and not deleted', async () => {
  expect(await held()).toBe(3);
  expect(await deleted()).toEqual([]);
});

test('deletions are carried out once, by whom and when is kept', async () => {
  expect([await decide('carry-out', 'first'), await decide('carry-out', 'second'), await decide('keep', 'third')]).toEqual([3, 0, 0]);
  expect(await deleted()).toHaveLength(3);
  expect(await held()).toBeNull();
  expect(await world.rows(link, 'select distinct decision, decided_by, decided_at from held_deletion')).toEqual([
    { decision: 'carry-out', decided_by: 'first', decided_at: '2026-11-22 10:00:09+00' },
  ]);
});

test('of two who decide at once one is heard', async () => {
  const counts = await Promise.all([decide('carry-out'), decide('carry-out'), decide('carry-out')]);
  expect(counts.filter((count) => count > 0)).toEqual([3]);
});

test('what is kept can no longer be carried out', async () => {
  expect([await decide('keep'), await decide('carry-out')]).toEqual([0, 0]);
  expect(await deleted()).toEqual([]);
});

test('a later complete run drops what waits for its resource, and no decision', async () => {
  await world.in(link, (tx) => dropHeld(tx, link.tenantId, 'user'));
  expect(await held()).toBe(2);
  await decide('keep');
  await world.in(link, (tx) => dropHeld(tx, link.tenantId, 'job'));
  expect(await world.rows(link, 'select resource, decision from held_deletion')).toEqual([{ resource: 'job', decision: 'keep' }]);
});

test('a run that holds nothing has no count', async () => {
  const stranger = await world.link();
  const { id } = await request(world, stranger);
  expect(await world.in(stranger, (tx) => heldCount(tx, stranger.tenantId, id))).toBeNull();
});
