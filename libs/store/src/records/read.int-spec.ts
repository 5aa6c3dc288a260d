import type { Position, Resource } from '#libs/model';
import { after, NOW, StoreWorld, type Link } from '../world.for-spec.js';
import { idOf, write } from './allowed.for-spec.js';
import { deleteRecords } from './delete.js';
import { countRecords, listRecords, newestJobs, readRecord, type RecordFilter, type RecordPage } from './read.js';

let world: StoreWorld;
let link: Link;

const numbered = <T>(count: number, of: (n: number) => T) => Object.fromEntries(Array.from({ length: count }, (_, n) => [`x${n}`, of(n)]));

beforeAll(async () => {
  world = await StoreWorld.create();
  link = await world.link();
  await write(world, await world.link(), 'candidate', { stranger: { email: 'person1@x.example' } });
  await write(
    world,
    link,
    'job',
    numbered(12, (n) => ({ status: n % 3 === 0 ? 'open' : 'closed', visibility: n % 2 === 0 ? 'public' : 'private' })),
  );
  await write(
    world,
    link,
    'candidate',
    numbered(25, (n) => ({ email: `Person${n % 5}@x.example` })),
  );
  await write(
    world,
    link,
    'application',
    numbered(25, (n) => ({ candidateId: `x${n % 7}`, jobId: `x${n % 3}`, stageId: `s${n % 2}` })),
  );
  await write(
    world,
    link,
    'candidate',
    numbered(10, () => ({ email: 'person1@x.example', firstName: 'changed' })),
    after(60),
  );
  const gone = await Promise.all(['x2', 'x11', 'x20'].map((name) => idOf(world, link, 'candidate', name)));
  await world.in(link, (tx) => deleteRecords(tx, link.tenantId, 'candidate', gone, after(120)));
});
afterAll(() => world.close());

interface Listed {
  readonly id: string;
  readonly changedAt: string;
  readonly [key: string]: unknown;
}

const pageOf = (resource: Resource, filter: RecordFilter, at: Position | null, limit: number, withApplications: boolean) =>
  world.in(link, (tx) => listRecords(tx, { tenantId: link.tenantId, resource, filter, after: at, limit, withApplications }));

/** The whole list, page by page. */
async function list(resource: Resource, given: Partial<RecordFilter>, limit = 1000, withApplications = true): Promise<Listed[]> {
  const found: Listed[] = [];
  const filter = { includeDeleted: false, ...given };
  let position: Position | null = null;
  do {
    const page: RecordPage = await pageOf(resource, filter, position, limit, withApplications);
    expect(page.documents.length).toBeLessThanOrEqual(limit);
    found.push(...page.documents.map((document) => JSON.parse(document)));
    position = page.next;
  } while (position !== null);
  return found;
}

const FILTERS: readonly [Resource, string, () => Promise<Partial<RecordFilter>>, number][] = [
  ['candidate', 'none', () => Promise.resolve({}), 22],
  ['candidate', 'includeDeleted', () => Promise.resolve({ includeDeleted: true }), 25],
  ['candidate', 'email in any case', () => Promise.resolve({ email: 'PERSON1@X.example' }), 11],
  ['candidate', 'updatedSince', () => Promise.resolve({ updatedSince: after(1).toISOString() }), 9],
  [
    'candidate',
    'updatedSince and includeDeleted',
    () => Promise.resolve({ updatedSince: after(1).toISOString(), includeDeleted: true }),
    12,
  ],
  [
    'candidate',
    'updatedSince at the very moment',
    () => Promise.resolve({ updatedSince: after(120).toISOString(), includeDeleted: true }),
    3,
  ],
  ['job', 'status', () => Promise.resolve({ status: 'open' }), 4],
  ['job', 'status and visibility', () => Promise.resolve({ status: 'open', visibility: 'private' }), 2],
  ['application', 'jobId', async () => ({ jobId: await idOf(world, link, 'job', 'x0') }), 9],
  ['application', 'stageId', async () => ({ stageId: await idOf(world, link, 'stage', 's1') }), 12],
  ['application', 'candidateId', async () => ({ candidateId: await idOf(world, link, 'candidate', 'x0') }), 4],
  [
    'application',
    'jobId and stageId',
    async () => ({ jobId: await idOf(world, link, 'job', 'x1'), stageId: await idOf(world, link, 'stage', 's0') }),
    4,
  ],
];

test.each(FILTERS)('the pages of %ss joined are the whole list; filter: %s', async (resource, _name, filterOf, count) => {
  const filter = await filterOf();
  const whole = await list(resource, filter);
  expect(whole).toHaveLength(count);
  for (const limit of [1, 2, 3, 7]) expect(await list(resource, filter, limit)).toEqual(whole);
});

test('a list comes in the order of ids, with updatedSince in the order of changes', async () => {
  const byId = (await list('candidate', { includeDeleted: true })).map(({ id }) => id);
  const byChange = await list('candidate', { includeDeleted: true, updatedSince: NOW.toISOString() });
  const order = byChange.map(({ changedAt, id }) => `${changedAt} ${id}`);
  expect(byId).toEqual([...byId].sort());
  expect(order).toEqual([...order].sort());
  expect(byChange.map(({ id }) => id)).not.toEqual(byId);
});

test('a candidate names its applications as they stand, and none where they may not be read', async () => {
  const id = await idOf(world, link, 'candidate', 'x0');
  const applications = await list('application', { candidateId: id });
  const [candidate] = (await list('candidate', {})).filter((record) => record.id === id);
  expect(candidate?.['applications']).toEqual(applications.map((one) => ({ id: one.id, jobId: one['jobId'], stageId: one['stageId'] })));
  expect((await list('candidate', {}, 100, false)).map((record) => record['applications'])).toEqual(Array.from({ length: 22 }, () => []));
});

test('a deleted application is no longer its candidate’s', async () => {
  await write(world, link, 'application', { extra: { candidateId: 'x24' } });
  await write(world, link, 'candidate', { x24: { email: 'person4@x.example' } });
  const [candidateId, applicationId] = await Promise.all([
    idOf(world, link, 'candidate', 'x24'),
    idOf(world, link, 'application', 'extra'),
  ]);
  const read = () =>
    world.in(link, (tx) => readRecord(tx, { tenantId: link.tenantId, resource: 'candidate', id: candidateId, withApplications: true }));
  expect(JSON.parse((await read()) ?? '')).toMatchObject({ applications: [{ id: applicationId, jobId: null, stageId: null }] });
  await world.in(link, (tx) => deleteRecords(tx, link.tenantId, 'application', [applicationId], after(130)));
  expect(JSON.parse((await read()) ?? '')).toMatchObject({ applications: [] });
});

const KEYS: readonly [Resource, string[]][] = [
  ['user', ['firstName', 'lastName', 'email']],
  ['job', ['name', 'status', 'visibility', 'location', 'stages', 'hiringTeam']],
  ['application', ['candidateId', 'jobId', 'stageId', 'stageName', 'remoteCreatedAt']],
  ['candidate', ['firstName', 'lastName', 'email', 'applications', 'remoteCreatedAt']],
];

test.each(KEYS)('a %s always has all its keys and no other, also when deleted and empty', async (resource, own) => {
  const { ids } = await write(world, link, resource, { empty: {} });
  await world.in(link, (tx) => deleteRecords(tx, link.tenantId, resource, ids, after(200)));
  const id = ids[0] ?? '';
  const document = await world.in(link, (tx) => readRecord(tx, { tenantId: link.tenantId, resource, id, withApplications: true }));
  const record = JSON.parse(document ?? 'null');
  expect(Object.keys(record).sort()).toEqual([...own, 'id', 'remoteId', 'remoteUpdatedAt', 'changedAt', 'deletedAt'].sort());
  expect(record).toMatchObject({ id, remoteId: null, deletedAt: '2026-11-22T10:03:20.000Z', changedAt: '2026-11-22T10:03:20.000Z' });
});

test('times are RFC 3339 in UTC, whatever the zone of the session', async () => {
  await write(world, link, 'user', { timed: { remoteUpdatedAt: '2026-07-01T23:30:00.007+02:00' } });
  const id = await idOf(world, link, 'user', 'timed');
  const document = await world.in(link, async (tx) => {
    await tx.rows(`set local time zone 'Asia/Kathmandu'`);
    return readRecord(tx, { tenantId: link.tenantId, resource: 'user', id, withApplications: false });
  });
  expect(JSON.parse(document ?? '')).toMatchObject({ remoteUpdatedAt: '2026-07-01T21:30:00.007Z', changedAt: '2026-11-22T10:00:00.000Z' });
});

test('another tenant’s record is not there, even by its id', async () => {
  const stranger = await world.link();
  const id = await idOf(world, link, 'candidate', 'x0');
  for (const tenantId of [stranger.tenantId, link.tenantId]) {
    expect(await world.in(stranger, (tx) => readRecord(tx, { tenantId, resource: 'candidate', id, withApplications: true }))).toBeNull();
  }
});

test('counts leave deleted records out', async () => {
  const one = await world.link();
  const { ids } = await write(world, one, 'job', { a: {}, b: {} });
  await write(world, one, 'user', { u: {} });
  await world.in(one, (tx) => deleteRecords(tx, one.tenantId, 'job', ids.slice(0, 1), NOW));
  expect(await world.in(one, (tx) => countRecords(tx, one.tenantId))).toEqual({ user: 1, job: 1, application: 0, candidate: 0 });
});

test('the newest open jobs come first, those without a time last', async () => {
  const one = await world.link();
  const at = (day: number) => ({ status: 'open', remoteUpdatedAt: `2026-11-0${day}T00:00:00Z` }) as const;
  await write(world, one, 'job', {
    old: at(1),
    new: at(3),
    timeless: { status: 'open' },
    middle: at(2),
    closed: { ...at(4), status: 'closed' },
  });
  const newest = (limit: number) => world.in(one, (tx) => newestJobs(tx, { ...one, limit }));
  expect(await newest(10)).toEqual(['new', 'middle', 'old', 'timeless']);
  expect(await newest(2)).toEqual(['new', 'middle']);
});
