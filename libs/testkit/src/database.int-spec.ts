import pg from 'pg';
import { createDatabase, type TestDatabase } from './database.js';

describe('a test database', () => {
  let database: TestDatabase;

  beforeAll(async () => {
    database = await createDatabase();
  });
  afterAll(() => database.drop());

  it('gives the application a role that neither owns the database nor passes row-level security', async () => {
    const [role] = await query(
      database.appUrl,
      'SELECT rolname, rolsuper, rolbypassrls, rolcreaterole FROM pg_roles WHERE rolname = current_user',
    );

    expect(role).toEqual({ rolname: 'gateway_app', rolsuper: false, rolbypassrls: false, rolcreaterole: false });
    const [owned] = await query(
      database.appUrl,
      'SELECT pg_get_userbyid(datdba) AS owner FROM pg_database WHERE datname = current_database()',
    );
    expect(owned).toEqual({ owner: 'gateway_owner' });
  });

  it('lets the owner create tables, and the application only what it was granted', async () => {
    await query(
      database.ownerUrl,
      'CREATE TABLE granted AS SELECT 1 AS n; GRANT SELECT ON granted TO ats_gateway_app; CREATE TABLE kept AS SELECT 1 AS n',
    );

    await expect(query(database.appUrl, 'SELECT n FROM granted')).resolves.toEqual([{ n: 1 }]);
    await expect(query(database.appUrl, 'SELECT n FROM kept')).rejects.toMatchObject({ code: '42501' });
    await expect(query(database.appUrl, 'CREATE TABLE own (n int)')).rejects.toMatchObject({ code: '42501' });
  });

  it('is not seen by another test file', async () => {
    const other = await createDatabase();
    await query(database.ownerUrl, 'CREATE TABLE mine (n int)');

    await expect(query(other.ownerUrl, 'SELECT * FROM mine')).rejects.toMatchObject({ code: '42P01' });
    await other.drop();
  });
});

async function query(connectionString: string, sql: string): Promise<unknown[]> {
  const client = new pg.Client({ connectionString });
  await client.connect();
  try {
    const results = await client.query(sql);
    return results.rows ?? [];
  } finally {
    await client.end();
  }
}
