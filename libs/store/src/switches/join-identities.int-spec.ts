import { findIds } from '../identity.js';
import { StoreWorld } from '../world.for-spec.js';
import { ShadowWorld, there } from './shadow-world.for-spec.js';
import { joinIdentities } from './switches.js';

let world: StoreWorld;
let at: ShadowWorld;

beforeAll(async () => {
  world = await StoreWorld.create();
});
beforeEach(async () => {
  at = await ShadowWorld.create(world, await world.link());
});
afterAll(() => world.close());

const join = () => at.in((tx) => joinIdentities(tx, at.shadow));
const idsOf = async (...names: readonly string[]) => {
  const known = await at.in((tx) =>
    findIds(
      tx,
      at.shadow,
      names.map((externalId) => ({ resource: 'candidate' as const, externalId, remoteId: null })),
    ),
  );
  return names.map((externalId) => known.idOf('candidate', externalId));
};

test('the target’s names become those of today’s records, only where they are matched; twice is as once', async () => {
  const [one, two] = [await at.here('candidate', { remoteId: '1' }), await at.here('candidate', { key: 'a@x.example' })];
  await at.write(
    there('candidate', 't', { remoteId: '1' }),
    there('candidate', 'u', { naturalKey: 'a@x.example' }),
    there('candidate', 'v'),
  );
  await at.matched('candidate');
  expect(await join()).toBe(2);
  expect(await idsOf('t', 'u', 'v')).toEqual([one, two, null]);
  expect(await join()).toBe(0);
  expect(await idsOf('t', 'u', 'v')).toEqual([one, two, null]);
});

test('a name leaves what it named before, and a remote id that is known stays known', async () => {
  const [former, id] = [await at.here('candidate', { deleted: true }), await at.here('candidate', { key: 'a@x.example' })];
  await at.identity(at.shadow.integrationId, 't', former, 'r');
  await at.write(there('candidate', 't', { naturalKey: 'a@x.example' }));
  await at.matched('candidate');
  await join();
  expect(await idsOf('t')).toEqual([id]);
  expect(await at.rows(`select remote_id from identity where external_id = 't'`)).toEqual([{ remote_id: 'r' }]);
});

test('one name for each record: what the target called it before is no longer its name', async () => {
  const [one, two] = [await at.here('candidate', { remoteId: '1' }), await at.here('candidate', { remoteId: '2' })];
  await at.identity(at.shadow.integrationId, 'gone', one);
  await at.identity(at.shadow.integrationId, 't', two);
  await at.identity(at.shadow.integrationId, 'u', one);
  await at.write(there('candidate', 't', { remoteId: '1' }), there('candidate', 'u', { remoteId: '2' }));
  await at.matched('candidate');
  await join();
  expect(await idsOf('t', 'u', 'gone')).toEqual([one, two, null]);
  await join();
  expect(await idsOf('t', 'u', 'gone')).toEqual([one, two, null]);
});

test('another integration’s names stay as they are', async () => {
  const id = await at.here('candidate', { remoteId: '1' });
  await at.identity(at.link.integrationId, 'k', id);
  await at.write(there('candidate', 't', { remoteId: '1' }));
  await at.matched('candidate');
  await join();
  expect(await at.rows(`select external_id as name, id from identity order by 1`)).toEqual([
    { name: 'k', id },
    { name: 't', id },
  ]);
});
