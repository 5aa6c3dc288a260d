import { randomUUID } from 'node:crypto';
import { PLANTS, plantEverywhere } from './planted.for-spec.js';
import { NOW, StoreWorld, type Link } from './world.for-spec.js';

const SEEN_BY_THE_PLATFORM = [
  'change',
  'consent_entry',
  'consent_gate',
  'integration',
  'integration_switch',
  'order_poll',
  'partner_key',
  'result_delivery',
  'sync_notice',
  'sync_run',
  'sync_schedule',
  'sync_watermark',
  'tenant',
  'tenant_policy',
  'webhook',
];

let world: StoreWorld;
let one: Link;
let other: Link;
let tables: { table: string; column: string }[];

beforeAll(async () => {
  world = await StoreWorld.create(1);
  [one, other] = [await world.link(), await world.link()];
  await plantEverywhere(world, one);
  await plantEverywhere(world, other);
  tables = await world.store.inPlatform((tx) =>
    tx.rows(`select table_name as table, column_name as column from information_schema.columns
             where table_schema = 'public' and (column_name = 'tenant_id' or (table_name, column_name) = ('tenant', 'id')) order by 1`),
  );
});
afterAll(() => world.close());

/** How many rows each table shows, and how many of them are not the tenant's. */
async function counts(tenantId: string | null): Promise<Record<string, { all: number; foreign: number }>> {
  const work = async (tx: Parameters<Parameters<typeof world.store.inPlatform>[0]>[0]) => {
    const found: [string, { all: number; foreign: number }][] = [];
    for (const { table, column } of tables) {
      const [row] = await tx.rows<{ all: number; foreign: number }>(
        `select count(*)::int as "all", count(*) filter (where ${column} is distinct from $1::uuid)::int as "foreign" from ${table}`,
        [tenantId],
      );
      if (row !== undefined) found.push([table, row]);
    }
    return Object.fromEntries(found);
  };
  return tenantId === null ? world.store.inPlatform(work) : world.store.inTenant(tenantId, work);
}

const eachTable = <T>(value: (table: string) => T) => Object.fromEntries(tables.map(({ table }) => [table, value(table)]));

test('every table of a tenant has a row planted', () => {
  expect(tables.map(({ table }) => table)).toEqual([...Object.keys(PLANTS), 'consent_gate', 'integration', 'tenant'].sort());
});

test('a tenant sees its own rows and no other', async () => {
  expect(await counts(one.tenantId)).toEqual(eachTable(() => ({ all: 1, foreign: 0 })));
  expect(await counts(other.tenantId)).toEqual(eachTable(() => ({ all: 1, foreign: 0 })));
});

test('a tenant that does not exist sees nothing', async () => {
  expect(await counts(randomUUID())).toEqual(eachTable(() => ({ all: 0, foreign: 0 })));
});

test('the platform sees the control tables of all tenants, and no record, identity, key or change', async () => {
  const seen = await counts(null);
  expect(Object.keys(seen).filter((table) => seen[table]?.all === 2)).toEqual(SEEN_BY_THE_PLATFORM);
  expect(Object.values(seen).filter(({ all }) => all !== 0)).toHaveLength(SEEN_BY_THE_PLATFORM.length);
});

test('the next transaction on the same connection knows nothing of the tenant before', async () => {
  const session = `select pg_backend_pid() as pid, current_setting('app.tenant', true) as tenant, current_setting('app.scope', true) as scope`;
  const [before] = await world.rows<{ pid: number; tenant: string }>(one, session);
  const [next] = await world.store.inPlatform((tx) => tx.rows<{ pid: number }>(session));
  expect(before).toMatchObject({ tenant: one.tenantId, scope: 'tenant' });
  expect(next).toEqual({ pid: before?.pid, tenant: '', scope: 'platform' });
});

test('nor after a transaction that failed', async () => {
  await expect(world.in(one, (tx) => tx.rows('select 1 / 0'))).rejects.toMatchObject({ kind: 'internal' });
  const seen = await world.store.inPlatform((tx) => tx.rows('select id from candidate'));
  expect(seen).toEqual([]);
});

test.each(['tenant', 'consent_gate', 'integration', ...Object.keys(PLANTS)])(
  'a write for another tenant is refused by %s',
  async (table) => {
    const column = table === 'tenant' ? 'id' : 'tenant_id';
    const columns = await world.rows<{ name: string }>(
      one,
      `select column_name as name from information_schema.columns where table_schema = 'public' and table_name = $1 and is_identity = 'NO'`,
      [table],
    );
    const names = columns.map(({ name }) => name);
    const values = names.map((name) => (name === column ? '$1' : name)).join(', ');
    const smuggled = world.rows(one, `insert into ${table} (${names.join(', ')}) select ${values} from ${table} returning 1`, [
      other.tenantId,
    ]);
    await expect(smuggled).rejects.toMatchObject({ kind: 'internal', context: { sqlState: '42501' } });
  },
);

test('another tenant’s rows can neither be changed nor deleted', async () => {
  const changed = await world.in(one, async (tx) => [
    await tx.run('update candidate set changed_at = $2 where tenant_id = $1', [other.tenantId, NOW.toISOString()]),
    await tx.run('delete from candidate where tenant_id = $1', [other.tenantId]),
    await tx.run('update consent_gate set open = true where tenant_id = $1', [other.tenantId]),
  ]);
  expect(changed).toEqual([0, 0, 0]);
});

test('a row cannot be moved to another tenant', async () => {
  const moved = world.rows(one, 'update candidate set tenant_id = $1', [other.tenantId]);
  await expect(moved).rejects.toMatchObject({ context: { sqlState: '42501' } });
});

test.each(['consent_entry', 'change'])('the application can neither change nor delete a row of %s', async (table) => {
  for (const statement of [`update ${table} set tenant_id = tenant_id`, `delete from ${table}`, `truncate ${table}`]) {
    await expect(world.rows(one, statement)).rejects.toMatchObject({ context: { sqlState: '42501' } });
  }
});
