import type { EntityMetadata } from '@mikro-orm/core';
import pg from 'pg';
import { createDatabase, type TestDatabase } from '#libs/testkit';
import { openOrm } from '../libs/store/src/orm.js';

/** Tables of no tenant, each with its reason. */
const OF_NO_TENANT = new Map([
  ['idempotency_key', 'belongs to a caller, who may act for several tenants'],
  ['rate_state', 'belongs to a credential, which may serve all tenants'],
  ['subscription', 'belongs to a caller, who may be told of several tenants’ events'],
  ['subscription_delivery', 'belongs to a subscription'],
  ['schema_migration', 'which migrations have run'],
]);

let database: TestDatabase;
let owner: pg.Client;
let tenantTables: readonly string[];

const rows = async <Row extends object>(sql: string, values: unknown[] = []): Promise<Row[]> => (await owner.query(sql, values)).rows;
const names = async (sql: string, values: unknown[] = []) => (await rows<{ name: string }>(sql, values)).map(({ name }) => name);

const TABLES = `select c.oid, c.relname as name, c.relrowsecurity, c.relforcerowsecurity, c.relowner
  from pg_class c where c.relkind in ('r', 'p') and c.relnamespace = 'public'::regnamespace`;

/** The columns of a key, in its order, by their names. */
const COLUMNS = (relation: string, numbers: string) => `array(
  select a.attname::text from unnest(${numbers}) with ordinality as part (number, at)
  join pg_attribute a on a.attrelid = ${relation} and a.attnum = part.number order by part.at)`;

beforeAll(async () => {
  database = await createDatabase();
  owner = new pg.Client({ connectionString: database.ownerUrl });
  await owner.connect();
  tenantTables = (await names(`${TABLES} order by 2`)).filter((name) => !OF_NO_TENANT.has(name));
});
afterAll(async () => {
  await owner.end();
  await database.drop();
});

/** The column that says whose a row is. */
const tenantColumn = (table: string) => (table === 'tenant' ? 'id' : 'tenant_id');

describe('every table of a tenant', () => {
  test('says whose each row is', async () => {
    const found = await names(
      `select table_name as name from information_schema.columns where table_schema = 'public' and is_nullable = 'NO'
       and column_name = case table_name when 'tenant' then 'id' else 'tenant_id' end order by 1`,
    );
    expect(found).toEqual(tenantTables);
    expect(found.length).toBeGreaterThan(15);
  });

  test('has row-level security, which holds its owner too', async () => {
    const held = await names(`select name from (${TABLES}) t where relrowsecurity and relforcerowsecurity order by 1`);
    expect(held).toEqual(tenantTables);
  });

  test('has one policy, which is for reading and writing and names the session’s tenant', async () => {
    const policies = await rows<{ tablename: string; qual: string; with_check: string }>(
      `select tablename, qual, with_check from pg_policies where schemaname = 'public' and cmd = 'ALL' and permissive = 'PERMISSIVE' order by 1`,
    );
    expect(await names(`select policyname as name from pg_policies where schemaname = 'public'`)).toHaveLength(policies.length);
    expect(policies.map(({ tablename }) => tablename)).toEqual(tenantTables);
    for (const { tablename, qual, with_check } of policies) {
      expect(qual).toContain(`${tenantColumn(tablename)} = (NULLIF(current_setting('app.tenant'::text, true), ''::text))::uuid`);
      expect(with_check).toBe(qual);
    }
  });

  test('has a primary key and unique keys that begin with the tenant', async () => {
    const keys = await rows<{ table: string; index: string; columns: string[] }>(
      `select t.name as table, x.indexrelid::regclass::text as index, ${COLUMNS('t.oid', 'x.indkey')} as columns
       from pg_index x join (${TABLES}) t on t.oid = x.indrelid where x.indisunique`,
    );
    const ofTenants = keys.filter(({ table }) => tenantTables.includes(table));
    expect([...new Set(ofTenants.map(({ table }) => table))].sort()).toEqual(tenantTables);
    expect(ofTenants.filter(({ table, columns }) => columns[0] !== tenantColumn(table))).toEqual([]);
  });

  test('refers to other tables of tenants by the tenant too', async () => {
    const keys = await rows<{ name: string; table: string; target: string; columns: string[]; targets: string[] }>(
      `select k.conname as name, t.name as table, f.name as target, ${COLUMNS('k.conrelid', 'k.conkey')} as columns,
              ${COLUMNS('k.confrelid', 'k.confkey')} as targets
       from pg_constraint k join (${TABLES}) t on t.oid = k.conrelid join (${TABLES}) f on f.oid = k.confrelid where k.contype = 'f'`,
    );
    const ofTenants = keys.filter(({ table }) => tenantTables.includes(table));
    expect(ofTenants.length).toBeGreaterThan(15);
    expect(ofTenants.filter(({ target, columns, targets }) => columns[0] !== 'tenant_id' || targets[0] !== tenantColumn(target))).toEqual(
      [],
    );
  });
});

describe('the application’s role', () => {
  const role = async () => {
    const app = new pg.Client({ connectionString: database.appUrl });
    await app.connect();
    const { rows: found } = await app.query('select current_user::text as name');
    await app.end();
    return found[0].name;
  };

  test('is no superuser, passes no row-level security and makes no roles or databases', async () => {
    const flags = 'rolsuper, rolbypassrls, rolcreaterole, rolcreatedb, rolreplication';
    const none = { rolsuper: false, rolbypassrls: false, rolcreaterole: false, rolcreatedb: false, rolreplication: false };
    const roles = await rows(`select ${flags} from pg_roles where pg_has_role($1, oid, 'member')`, [await role()]);
    expect(roles).toEqual([none, none]);
  });

  test('owns nothing, and is a member of no role that does', async () => {
    const owned = await names(
      `select c.oid::regclass::text as name from pg_class c where pg_has_role($1, c.relowner, 'member')
       union all select p.oid::regprocedure::text from pg_proc p where pg_has_role($1, p.proowner, 'member')
       union all select nspname from pg_namespace where pg_has_role($1, nspowner, 'member')`,
      [await role()],
    );
    expect(owned).toEqual([]);
  });

  test('can neither make, empty nor build upon a table', async () => {
    const [can] = await rows(
      `select has_schema_privilege($1, 'public', 'create') as creates, has_database_privilege($1, current_database(), 'create') as "makesSchemas",
              (select bool_or(has_table_privilege($1, oid, 'truncate, trigger, references')) from (${TABLES}) t) as truncates`,
      [await role()],
    );
    expect(can).toEqual({ creates: false, makesSchemas: false, truncates: false });
  });

  test('can append to the ledger and to the changes, and no more', async () => {
    const rights = await rows(
      `select t.name, array(select right_ from unnest(array['select', 'insert', 'update', 'delete']) right_
              where has_table_privilege($1, t.oid, right_)) as rights
       from (${TABLES}) t where t.name in ('consent_entry', 'change') order by 1`,
      [await role()],
    );
    expect(rights).toEqual(['change', 'consent_entry'].map((name) => ({ name, rights: ['select', 'insert'] })));
  });
});

describe('the entities', () => {
  interface Column {
    readonly table: string;
    readonly column: string;
    readonly type: string;
    readonly nullable: boolean;
    readonly key: boolean;
  }

  const inOrder = (columns: Column[]) => columns.sort((a, b) => `${a.table}.${a.column}`.localeCompare(`${b.table}.${b.column}`));

  const stored = () =>
    rows<Column>(
      `select t.name as table, a.attname as column, format_type(a.atttypid, a.atttypmod) as type, not a.attnotnull as nullable,
              coalesce(a.attnum = any (x.indkey), false) as key
       from (${TABLES}) t join pg_attribute a on a.attrelid = t.oid and a.attnum > 0 and not a.attisdropped
       left join pg_index x on x.indrelid = t.oid and x.indisprimary where t.name <> 'schema_migration'`,
    );

  const columnsOf = ({ tableName, props }: EntityMetadata): Column[] =>
    props.flatMap((prop) =>
      prop.fieldNames.map((column, index) => ({
        table: tableName,
        column,
        type: prop.columnTypes[index] ?? '',
        nullable: prop.nullable === true,
        key: prop.primary === true,
      })),
    );

  test('agree with the migrations: every table, every column, its type, whether it may be null and is of the key', async () => {
    const orm = await openOrm({ url: database.appUrl, poolMax: 1 });
    const declared = [...orm.getMetadata().getAll().values()].flatMap(columnsOf);
    await orm.close(true);
    const types = await rows<{ name: string; type: string }>(
      `select name, format_type(to_regtype(name), null) as type from unnest($1::text[]) as name`,
      [[...new Set(declared.map(({ type }) => type))]],
    );
    const canonical = new Map(types.map(({ name, type }) => [name, type]));
    const described = declared.map((column) => ({ ...column, type: canonical.get(column.type) ?? column.type }));
    expect(inOrder(described)).toEqual(inOrder(await stored()));
  });
});
