import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import pg from 'pg';
import { createDatabase, type TestDatabase } from '#libs/testkit';
import { CLIENT_FOLDER, generatedClient } from '../scripts/generate/client.js';
import { generatedFiles, staleFiles, writeFiles, type Files } from '../scripts/generate/files.js';
import { schemaSql } from '../scripts/generate/schema.js';

let database: TestDatabase;
let files: Files;

beforeAll(async () => {
  database = await createDatabase();
  files = await generatedFiles(database);
});
afterAll(() => database.drop());

test('docs/generated is current ("npm run generate" makes it so)', () => {
  expect(staleFiles(files)).toEqual([]);
});

test('the client’s types are those of the OpenAPI document ("npm run generate" makes them so)', async () => {
  expect(staleFiles(await generatedClient(files.get('openapi.json') ?? ''), CLIENT_FOLDER)).toEqual([]);
});

test('generating twice gives the same', async () => {
  expect(await generatedFiles(database)).toEqual(files);
});

test('a file that is changed, missing or not ours is named, and put right', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'ats-gateway-generated-'));
  writeFiles(files, folder);
  expect(staleFiles(files, folder)).toEqual([]);
  await writeFile(join(folder, 'config.md'), 'old');
  await writeFile(join(folder, 'forgotten.md'), '');
  await rm(join(folder, 'schema.sql'));
  expect(staleFiles(files, folder)).toEqual(['config.md', 'forgotten.md', 'schema.sql']);
  writeFiles(files, folder);
  expect(staleFiles(files, folder)).toEqual([]);
  await rm(folder, { recursive: true });
});

test('schema.sql builds the schema that it was read from', async () => {
  const copy = await createDatabase();
  const client = new pg.Client({ connectionString: copy.ownerUrl });
  await client.connect();
  await client.query('drop schema public cascade; create schema public');
  await client.query(files.get('schema.sql') ?? '');
  await client.end();
  expect(await schemaSql(copy.ownerUrl)).toBe(files.get('schema.sql'));
  await copy.drop();
});

test('schema.sql has every table, and row-level security forced on each that has a tenant', () => {
  const sql = files.get('schema.sql') ?? '';
  const tables = [...sql.matchAll(/create table (\w+) \(([^;]*)\);/g)].map(([, name = '', columns = '']) => ({ name, columns }));
  expect(tables.length).toBeGreaterThan(15);
  for (const { name } of tables.filter(({ columns }) => columns.includes('tenant_id')))
    expect(sql).toContain(`alter table ${name} force row level security;`);
});

test('nothing generated names a login, a password or an address of this machine', () => {
  const texts = [...files.values()].join('\n');
  expect(texts.match(/\bgateway_(owner|app)\b|password '|127\.0\.0\.1:\d|postgres(ql)?:\/\//gi)).toBeNull();
});
