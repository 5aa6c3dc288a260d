import { findIds, resolveIds, type RemoteName } from './identity.js';
import { StoreWorld, type Link } from './world.for-spec.js';

let world: StoreWorld;
let link: Link;

beforeAll(async () => {
  world = await StoreWorld.create();
  link = await world.link();
});
afterAll(() => world.close());

const name = (resource: RemoteName['resource'], externalId: string, remoteId: string | null = null): RemoteName => ({
  resource,
  externalId,
  remoteId,
});

const resolve = (names: readonly RemoteName[], owner = link) => world.in(owner, (tx) => resolveIds(tx, owner, names));

const remoteIdOf = async (externalId: string) => {
  const [row] = await world.rows<{ remoteId: string | null }>(link, 'select remote_id as "remoteId" from identity where external_id = $1', [
    externalId,
  ]);
  return row?.remoteId;
};

test('a name gets an id at first sight and keeps it', async () => {
  const first = await resolve([name('job', 'first'), name('user', 'first')]);
  const second = await resolve([name('user', 'first'), name('job', 'first')]);
  expect(second.idOf('job', 'first')).toBe(first.idOf('job', 'first'));
  expect(second.idOf('user', 'first')).toBe(first.idOf('user', 'first'));
});

test('the same name within one page is one id', async () => {
  const ids = await resolve([name('stage', 'twice'), name('stage', 'twice', '7'), name('stage', 'twice')]);
  expect(ids.all()).toHaveLength(1);
  expect(await remoteIdOf('twice')).toBe('7');
});

test('one external id in two resources, integrations and tenants is four ids', async () => {
  const second = { ...link, integrationId: await world.integration(link.tenantId) };
  const stranger = await world.link();
  const ids = await Promise.all([
    resolve([name('job', 'same'), name('candidate', 'same')]),
    resolve([name('job', 'same')], second),
    resolve([name('job', 'same')], stranger),
  ]);
  expect(new Set(ids.flatMap((map) => map.all())).size).toBe(4);
});

test('two transactions that meet the same names at once agree on one id each', async () => {
  const names = Array.from({ length: 50 }, (_, n) => name('candidate', `met${n}`));
  let release = () => {};
  const open = new Promise<void>((resolveOpen) => (release = resolveOpen));
  let resolved = () => {};
  const made = new Promise<void>((resolveMade) => (resolved = resolveMade));
  const first = world.in(link, async (tx) => {
    const ids = await resolveIds(tx, link, names);
    resolved();
    await open;
    return ids;
  });
  await made;
  // Meets names that exist and cannot be seen yet: it has to wait for the first transaction.
  const second = resolve([...names, name('candidate', 'new')]);
  setTimeout(release, 50);
  const [one, two] = await Promise.all([first, second]);
  expect(names.map(({ externalId }) => two.idOf('candidate', externalId))).toEqual(
    names.map(({ externalId }) => one.idOf('candidate', externalId)),
  );
  expect(two.all()).toHaveLength(51);
});

test('the ATS’s own id is learnt when the record follows its reference, and not forgotten at the next reference', async () => {
  await resolve([name('candidate', 'later')]);
  expect(await remoteIdOf('later')).toBeNull();
  await resolve([name('candidate', 'later', 'r9')]);
  await resolve([name('candidate', 'later')]);
  expect(await remoteIdOf('later')).toBe('r9');
});

test('newer ids sort after older ones', async () => {
  const pages: string[] = [];
  for (let page = 0; page < 5; page++) {
    const names = Array.from({ length: 40 }, (_, n) => name('application', `${page}-${n}`));
    const ids = await resolve(names);
    pages.push(...names.map(({ externalId }) => ids.idOf('application', externalId) ?? ''));
  }
  expect([...pages].sort()).toEqual(pages);
  expect(pages[0]).toMatch(/^[0-9a-f]{8}-[0-9a-f]{4}-7/);
});

test('looking for names makes none', async () => {
  const found = await world.in(link, (tx) => findIds(tx, link, [name('job', 'never'), name('job', 'first')]));
  expect([found.idOf('job', 'never'), found.idOf('job', null)]).toEqual([null, null]);
  expect(found.all()).toHaveLength(1);
  expect(await world.rows(link, `select 1 from identity where external_id = 'never'`)).toEqual([]);
});

describe('beside another integration of the tenant', () => {
  let own: Link;
  let former: Link;
  let stranger: Link;
  beforeEach(async () => {
    former = await world.link();
    own = { ...former, integrationId: await world.integration(former.tenantId) };
    stranger = { ...former, integrationId: await world.integration(former.tenantId, false, 'another') };
  });

  const idIn = async (owner: Link, ...given: Parameters<typeof name>) => (await resolve([name(...given)], owner)).idOf(given[0], given[1]);

  test('what the same ATS calls by the same remote id keeps its id, whatever the connector calls it', async () => {
    const id = await idIn(former, 'candidate', 'k-7', '7');
    expect(await idIn(own, 'candidate', '7', '7')).toBe(id);
    expect(await idIn(own, 'candidate', '7', '7')).toBe(id);
  });

  test('so does what is referred to by a name that is the remote id', async () => {
    const id = await idIn(former, 'candidate', 'k-7', '7');
    expect(await idIn(own, 'candidate', '7')).toBe(id);
  });

  test('another ATS’s remote ids, another kind of record’s and another tenant’s say nothing', async () => {
    const id = await idIn(former, 'candidate', 'k-7', '7');
    expect(await idIn(stranger, 'candidate', '7', '7')).not.toBe(id);
    expect(await idIn(own, 'application', '7', '7')).not.toBe(id);
    expect(await idIn(await world.link(), 'candidate', '7', '7')).not.toBe(id);
  });

  test('two names never get one id: not within one page, and not in two', async () => {
    const id = await idIn(former, 'candidate', 'k-7', '7');
    const page = await resolve([name('candidate', 'a', '7'), name('candidate', 'b', '7')], own);
    const third = await idIn(own, 'candidate', 'c', '7');
    const ids = [page.idOf('candidate', 'a'), page.idOf('candidate', 'b'), third];
    expect(new Set(ids).size).toBe(3);
    expect(ids.filter((one) => one === id)).toHaveLength(1);
  });

  test('many names of one page meet theirs, and who is new is new', async () => {
    const names = Array.from({ length: 300 }, (_, n) => name(n % 2 === 0 ? 'job' : 'user', `k-${n}`, String(n)));
    const before = await resolve(names.slice(0, 200), former);
    const now = await resolve(
      names.map(({ resource, remoteId }) => name(resource, `n-${remoteId}`, remoteId)),
      own,
    );
    const kept = names.filter(({ resource, externalId, remoteId }) => {
      const id = before.idOf(resource, externalId);
      return id !== null && id === now.idOf(resource, `n-${remoteId}`);
    });
    expect(kept).toHaveLength(200);
    expect(new Set(now.all()).size).toBe(300);
  });
});
