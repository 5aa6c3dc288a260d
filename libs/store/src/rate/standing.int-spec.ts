import { setTimeout as pause } from 'node:timers/promises';
import { Store } from '../store.js';
import { StoreWorld } from '../world.for-spec.js';
import { changeRate, countActive, readRate } from './standing.js';

interface Counted {
  readonly count: number;
  readonly atMs: number;
}

const NAME = { credential: 'test', limitName: 'requests' };

let world: StoreWorld;
let stores: readonly Store[];

beforeAll(async () => {
  world = await StoreWorld.create();
  stores = await Promise.all([1, 2, 3].map(() => Store.open({ url: world.database.appUrl, poolMax: 4, privileged: 'refuse' })));
});
afterAll(async () => {
  await Promise.all(stores.map((store) => store.close()));
  await world.close();
});

const count = (store: Store, name = NAME) =>
  store.inPlatform((tx) =>
    changeRate(tx, name, (kept: Counted | null, nowMs) => {
      const state = { count: (kept?.count ?? 0) + 1, atMs: nowMs };
      return { state, reply: { ...state, afterMs: nowMs - (kept?.atMs ?? 0) } };
    }),
  );

test('any number of processes change it one after the other, from the first time on, and time never goes back between them', async () => {
  const replies = await Promise.all(Array.from({ length: 150 }, (_, n) => count(stores[n % 3] ?? world.store)));
  expect(replies.map((reply) => reply.count).sort((a, b) => a - b)).toEqual(Array.from({ length: 150 }, (_, n) => n + 1));
  expect(Math.min(...replies.map(({ afterMs }) => afterMs))).toBeGreaterThanOrEqual(0);
  expect(await world.store.inPlatform((tx) => readRate<Counted>(tx, NAME))).toMatchObject({ count: 150 });
});

test('the time is that of the lock: who waited for it gets the time after the wait', async () => {
  const name = { ...NAME, limitName: 'waited' };
  await count(world.store, name);
  let second: ReturnType<typeof count> | undefined;
  const first = await world.store.inPlatform((tx) =>
    changeRate(tx, name, (_kept: Counted | null, nowMs) => ({ state: { count: 0, atMs: nowMs }, reply: nowMs })).then(async (reply) => {
      second = count(world.store, name);
      await pause(300);
      return reply;
    }),
  );
  expect((await second)?.atMs).toBeGreaterThanOrEqual(first + 290);
});

test('what fails on the way is not kept', async () => {
  const name = { ...NAME, limitName: 'failed' };
  const failing = world.store.inPlatform((tx) =>
    changeRate(tx, name, () => {
      throw new Error('failed');
    }),
  );
  await expect(failing).rejects.toThrow();
  expect(await world.store.inPlatform((tx) => readRate(tx, name))).toBeNull();
});

test('active integrations are counted over all tenants, by connector', async () => {
  const link = await world.link();
  await world.link();
  await world.integration(link.tenantId, false);
  expect(await world.store.inPlatform((tx) => countActive(tx, 'test'))).toBe(2);
  expect(await world.store.inPlatform((tx) => countActive(tx, 'kombo'))).toBe(0);
});
