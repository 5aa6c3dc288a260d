import { mkdtemp, readdir, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, relative } from 'node:path';
import pg from 'pg';
import { startEmbeddedDatabase } from '#libs/embedded-database';
import { migrate } from '#libs/store';
import type { TestDatabase } from '#libs/testkit';

/** A file of a server's data directory, its log among them. */
export interface StoredFile {
  /** Below the data directory. */
  readonly name: string;
  readonly content: Buffer;
}

/** A PostgreSQL server with one migrated database, made so that everything that it was ever told can be read back. */
export interface OwnDatabase extends TestDatabase {
  /** Flushes everything to the files. */
  checkpoint(): Promise<void>;
  /** Every row of every table as text, catalogue aside: `[schema.table, rows]`. */
  rows(): Promise<[table: string, rows: string][]>;
  files(): Promise<StoredFile[]>;
  run(sql: string): Promise<void>;
}

/** Its log repeats every statement with its parameters, which shows also what was rolled back. */
const LOUD = ["log_statement = 'all'", 'log_error_verbosity = verbose', 'log_min_error_statement = error']
  .concat(['log_parameter_max_length = -1', 'log_parameter_max_length_on_error = -1'])
  .map((setting) => `alter database gateway set ${setting}`)
  .join(';');

/** Compressed values would hide from a search of the files: nothing is compressed. */
const UNCOMPRESSED = `do $$ declare one record; begin
  for one in
    select c.oid::regclass as name, a.attname from pg_attribute a join pg_class c on c.oid = a.attrelid
    where c.relkind in ('r', 'p') and a.attnum > 0 and a.attstorage in ('x', 'm') and not a.attisdropped
      and c.relnamespace::regnamespace::text not in ('pg_catalog', 'information_schema')
  loop execute format('alter table only %s alter column %I set storage external', one.name, one.attname); end loop;
end $$`;

export async function startOwnDatabase(): Promise<OwnDatabase> {
  const dataDir = await mkdtemp(join(tmpdir(), 'ats-gateway-own-'));
  const { ownerUrl, appUrl, adminUrl: serverUrl, stop } = await startEmbeddedDatabase({ dataDir, durable: false });
  await migrate(ownerUrl);
  const adminUrl = serverUrl.replace(/\/postgres$/, '/gateway');
  const run = (sql: string) => asAdmin(adminUrl, async (client) => void (await client.query(sql)));
  await run(UNCOMPRESSED);
  for (const setting of LOUD.split(';')) await run(setting);
  return {
    ownerUrl,
    appUrl,
    adminUrl,
    run,
    checkpoint: () => run('checkpoint'),
    rows: () => asAdmin(adminUrl, everyRow),
    files: () => everyFile(dataDir),
    drop: async () => {
      await stop();
      await rm(dataDir, { recursive: true, force: true });
    },
  };
}

async function asAdmin<T>(adminUrl: string, work: (client: pg.Client) => Promise<T>): Promise<T> {
  const client = new pg.Client({ connectionString: adminUrl });
  await client.connect();
  try {
    return await work(client);
  } finally {
    await client.end();
  }
}

async function everyRow(client: pg.Client): Promise<[string, string][]> {
  const tables = await client.query<{ name: string }>(
    `select format('%I.%I', schemaname, tablename) as name from pg_tables where schemaname not in ('pg_catalog', 'information_schema')`,
  );
  const texts: [string, string][] = [];
  for (const { name } of tables.rows) texts.push([name, JSON.stringify((await client.query(`select t::text from ${name} t`)).rows)]);
  return texts;
}

async function everyFile(dataDir: string): Promise<StoredFile[]> {
  const entries = await readdir(dataDir, { recursive: true, withFileTypes: true });
  const files = entries.filter((entry) => entry.isFile()).map((entry) => join(entry.parentPath, entry.name));
  const read = files.map(async (file): Promise<StoredFile[]> => {
    // PostgreSQL removes files as it works.
    const content = await readFile(file).catch(() => null);
    return content === null ? [] : [{ name: relative(dataDir, file), content }];
  });
  return (await Promise.all(read)).flat();
}
