import { StoreWorld, type Link } from './world.for-spec.js';

const INTEGRATIONS = 'select id from integration order by id limit $1';

let world: StoreWorld;
let one: Link;
let other: Link;

beforeAll(async () => {
  // One connection, so that all tenants meet the same prepared statement.
  world = await StoreWorld.create(1);
  [one, other] = [await world.link(), await world.link()];
});
afterAll(() => world.close());

const seenBy = async (link: Link) => (await world.in(link, (tx) => tx.prepared<{ id: string }>(INTEGRATIONS, [10]))).map(({ id }) => id);

test('a prepared statement shows each tenant its own rows, also once its plan is kept', async () => {
  for (let use = 0; use < 12; use++) {
    expect(await seenBy(one)).toEqual([one.integrationId]);
    expect(await seenBy(other)).toEqual([other.integrationId]);
  }
  const nobody = await world.store.inPlatform((tx) =>
    tx.rows(`select set_config('app.scope', 'none', true)`).then(() => tx.prepared(INTEGRATIONS, [10])),
  );
  expect(nobody).toEqual([]);
});

test('a connection prepares a statement once, and then keeps it', async () => {
  await seenBy(one);
  await seenBy(one);
  const kept = await world.rows<{ uses: number }>(
    one,
    `select (generic_plans + custom_plans)::int as uses from pg_prepared_statements where statement = $1`,
    [INTEGRATIONS],
  );
  expect(kept).toHaveLength(1);
  expect(kept[0]?.uses).toBeGreaterThan(1);
});

test('a statement that is not prepared leaves nothing behind', async () => {
  const once = 'select 42 as once';
  await world.rows(one, once);
  expect(await world.rows(one, 'select from pg_prepared_statements where statement = $1', [once])).toEqual([]);
});
