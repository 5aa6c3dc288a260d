import { writeRecords } from './write.js';
import { allowed, changes, idOf, write } from './allowed.for-spec.js';
import { deleteRecords } from './delete.js';
import { after, NOW, StoreWorld, type Link } from '../world.for-spec.js';

let world: StoreWorld;
let link: Link;

beforeAll(async () => {
  world = await StoreWorld.create();
});
beforeEach(async () => {
  link = await world.link();
});
afterAll(() => world.close());

/** Where the rows lie: an update moves them, even one that changes nothing. */
const places = (table: string) => world.rows(link, `select id, ctid::text, xmin::text from ${table} order by id`);

const JOB = {
  name: 'Engineer',
  status: 'open',
  visibility: 'private',
  location: { name: 'Malmö, Sweden', city: 'Malmö', region: null, country: 'Sweden' },
  remoteUpdatedAt: '2026-11-22T09:00:00.123Z',
  stages: [{ externalId: 's1', remoteId: '7', name: 'Alva "test"', position: 0 }],
  hiringTeam: ['u1'],
  remoteId: 'r1',
} as const;

test('counts what is created, changed and unchanged', async () => {
  const first = await write(world, link, 'user', { a: { firstName: 'A' }, b: { firstName: 'B' } });
  const second = await write(world, link, 'user', { a: { firstName: 'A' }, b: { firstName: 'Beda' }, c: {} }, after(1));
  expect(first).toMatchObject({ created: 2, changed: 0, unchanged: 0 });
  expect(second).toMatchObject({ created: 1, changed: 1, unchanged: 1 });
  expect(new Set(second.ids).size).toBe(3);
});

test('what is unchanged costs no write of any row', async () => {
  const records = { j: JOB };
  const persons = { a: { firstName: 'A', email: 'a@a.example', remoteId: 'x', remoteUpdatedAt: '2026-11-22T09:00:00Z' }, b: {} };
  const applications = { p: { candidateId: 'a', jobId: 'j', stageId: 's1', stageName: 'Alva', remoteCreatedAt: '2026-01-01T00:00:00Z' } };
  const writeAll = async (now: Date) => [
    await write(world, link, 'user', persons, now),
    await write(world, link, 'job', records, now),
    await write(world, link, 'application', applications, now),
    await write(world, link, 'candidate', persons, now),
  ];
  const look = () => Promise.all(['ats_user', 'job', 'application', 'candidate', 'identity'].map(places));
  await writeAll(NOW);
  const before = await look();
  const counts = await writeAll(after(60));
  expect(counts.map(({ created, changed, unchanged }) => [created, changed, unchanged])).toEqual([
    [0, 0, 2],
    [0, 0, 1],
    [0, 0, 1],
    [0, 0, 2],
  ]);
  expect(await look()).toEqual(before);
  expect(await changes(world, link)).toHaveLength(6);
});

test('a change row names exactly the fields that changed', async () => {
  await write(world, link, 'job', { j: JOB, k: JOB });
  await write(world, link, 'job', { j: { ...JOB, status: 'closed', location: null, hiringTeam: [] }, k: { ...JOB, remoteId: 'r2' } });
  const [, , first, second] = await changes(world, link);
  expect(first).toEqual({ resource: 'job', kind: 'updated', id: 'j', fields: ['status', 'location', 'hiringTeam'] });
  expect(second).toEqual({ resource: 'job', kind: 'updated', id: 'k', fields: ['remoteId'] });
});

test('every field is stored in its own column, references as our ids', async () => {
  await write(world, link, 'job', { j: JOB });
  const [row] = await world.rows(link, 'select * from job');
  expect(row).toMatchObject({
    remote_id: 'r1',
    name: 'Engineer',
    status: 'open',
    visibility: 'private',
    location: JOB.location,
    remote_updated_at: '2026-11-22 09:00:00.123+00',
    changed_at: '2026-11-22 10:00:00+00',
    deleted_at: null,
    stages: [{ id: await idOf(world, link, 'stage', 's1'), remoteId: '7', name: 'Alva "test"', position: 0 }],
    hiring_team: [{ userId: await idOf(world, link, 'user', 'u1') }],
  });
});

test('a record that comes back after its deletion counts as created', async () => {
  const { ids } = await write(world, link, 'candidate', { a: { firstName: 'A' } });
  await world.in(link, (tx) => deleteRecords(tx, link.tenantId, 'candidate', ids, after(1)));
  const back = await write(world, link, 'candidate', { a: { firstName: 'A' } }, after(2));
  expect(back).toMatchObject({ created: 1, changed: 0, unchanged: 0, ids });
  expect((await changes(world, link)).map(({ kind }) => kind)).toEqual(['created', 'deleted', 'created']);
  expect(await world.rows(link, 'select first_name, deleted_at from candidate')).toEqual([{ first_name: 'A', deleted_at: null }]);
});

test('of a record that comes twice in a page the last one counts', async () => {
  const page = [
    allowed(link, 'user', 'a', { firstName: 'first' }),
    allowed(link, 'user', 'b'),
    allowed(link, 'user', 'a', { firstName: 'last' }),
  ];
  const written = await world.in(link, (tx) => writeRecords(tx, { ...link, now: NOW }, 'user', page));
  expect(written).toMatchObject({ created: 2, changed: 0, unchanged: 0 });
  expect(await world.rows(link, 'select first_name from ats_user order by first_name nulls last')).toEqual([
    { first_name: 'last' },
    { first_name: null },
  ]);
});

test.each([
  ['emoji and other alphabets', '👩🏽‍💻 Þórður 王 \u202e'],
  ['quotes, braces and backslashes', `{"a",b}\\ 'NULL' "; drop table ats_user; --`],
  ['the word NULL', 'NULL'],
  ['500 characters', 'ö'.repeat(500)],
])('a text comes back as it was: %s', async (_what, name) => {
  await write(world, link, 'user', { a: { firstName: name } });
  await write(world, link, 'job', { j: { stages: [{ externalId: name.slice(0, 100), remoteId: null, name, position: null }] } });
  expect(await world.rows(link, 'select first_name from ats_user')).toEqual([{ first_name: name }]);
  expect(await world.rows(link, `select stages -> 0 ->> 'name' as name from job`)).toEqual([{ name }]);
});

test('NUL and half a surrogate pair do not stop a page', async () => {
  await write(world, link, 'user', { a: { firstName: 'A\0\ud800', lastName: '\0' } });
  expect(await world.rows(link, 'select first_name, last_name from ats_user')).toEqual([{ first_name: 'A\ufffd', last_name: null }]);
});

test('a page of 250 goes in with one statement for the records', async () => {
  const many = Object.fromEntries(Array.from({ length: 250 }, (_, n) => [`c${n}`, { firstName: `N${n}` }]));
  expect(await write(world, link, 'candidate', many)).toMatchObject({ created: 250 });
  const written = await world.rows(
    link,
    'select count(distinct xmin::text)::int as transactions, count(distinct cmin::text)::int as commands from candidate',
  );
  expect(written).toEqual([{ transactions: 1, commands: 1 }]);
});

test('an empty page writes nothing', async () => {
  expect(await write(world, link, 'job', {})).toEqual({ created: 0, changed: 0, unchanged: 0, ids: [] });
});

test('two transactions that write the same records at once leave each once', async () => {
  const many = Object.fromEntries(Array.from({ length: 100 }, (_, n) => [`c${n}`, { firstName: `N${n}` }]));
  const [one, two] = await Promise.all([write(world, link, 'candidate', many), write(world, link, 'candidate', many)]);
  expect(one.created + two.created).toBe(100);
  expect(one.unchanged + two.unchanged).toBe(100);
  expect(await changes(world, link)).toHaveLength(100);
});
