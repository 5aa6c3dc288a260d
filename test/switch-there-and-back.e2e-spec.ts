import type { Api } from './world/api.js';
import { DIFFERENCES } from './world/kombo-and-native.js';
import { makeAccount } from './world/native-tenant.js';
import { compared, cutOver, idsByList, inBoth, nativeBeside, rollBack } from './world/switching.js';
import { Tenant } from './world/tenant.js';
import { Watching } from './world/watching.js';
import { World } from './world/world.js';

const SIZE = { candidates: 10_000, jobs: 60, users: 50, seed: 7 };
const LISTS = [
  ['users', 'user'],
  ['jobs', 'job'],
  ['candidates', 'candidate'],
  ['applications', 'application'],
] as const;

let world: World;
let api: Api;
beforeEach(async () => {
  world = await World.create();
  api = await world.gateway();
});
afterEach(() => world.close());

test.each([...DIFFERENCES.keys()])(
  '%s: there and back every record on both sides keeps its id, and a reader sees neither a gap nor a double',
  async (ats) => {
    const account = await makeAccount(world.controlOf(ats), SIZE);
    const tenant = await Tenant.synced(api, world.control, { tool: ats, account: account.id });
    const before = await idsByList(tenant);
    const native = await nativeBeside(api, tenant, ats, account);
    const found = await compared(api, tenant, native, 200_000);
    const matched = new Map(
      LISTS.map(([list, resource]) => {
        const { remoteId, known, naturalKey } = found.diff[resource].matched;
        return [list, remoteId + known + naturalKey] as const;
      }),
    );

    const first = new Watching(tenant, new Map([['jobs', before.get('jobs') ?? new Set()]]));
    await cutOver(api, tenant, found);
    expect(await tenant.settled(200_000)).toMatchObject({ state: 'succeeded', integrationId: native });
    const seenFirst = await first.stop();
    const there = await idsByList(tenant);
    const both = inBoth(before, there);
    expect([...both].map(([list, of]) => [list, of.size])).toEqual([...matched]);

    const second = new Watching(tenant, both);
    await rollBack(api, tenant, found.id);
    expect(await tenant.settled(200_000)).toMatchObject({ state: 'succeeded', integrationId: tenant.integrationId });
    const seenSecond = await second.stop();
    expect(await idsByList(tenant)).toEqual(before);
    for (const seen of [seenFirst, seenSecond])
      expect(seen).toEqual({ listings: expect.any(Number), missing: [], double: [], dangling: [] });
    expect(seenFirst.listings + seenSecond.listings).toBeGreaterThan(2);
  },
  400_000,
);
