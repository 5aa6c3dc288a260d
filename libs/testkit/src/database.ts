import { randomBytes } from 'node:crypto';
import pg from 'pg';
import { publishedServer, urlOfDatabase } from './connection.js';

/** The database that the migrations built: every test database is a copy of it. */
export const TEMPLATE = 'gateway';

export interface TestDatabase {
  /** As the owner of the tables: migrations, looking behind row-level security. */
  readonly ownerUrl: string;
  /** As the application: what the gateway itself uses. */
  readonly appUrl: string;
  /** As a superuser, whom nothing is hidden from: for looking at everything that is stored. */
  readonly adminUrl: string;
  /** Ends every connection to it and removes it. */
  drop(): Promise<void>;
}

/**
 * A migrated, empty database for one test file: call it in `beforeAll`, `drop()` in `afterAll`.
 * Roles and grants are those of production (application role ≠ owner, row-level security holds).
 */
export async function createDatabase(): Promise<TestDatabase> {
  const { adminUrl, ownerUrl, appUrl } = publishedServer();
  const name = `test_${randomBytes(6).toString('hex')}`;
  await asAdmin(adminUrl, `CREATE DATABASE ${name} TEMPLATE ${TEMPLATE} OWNER gateway_owner`);
  return {
    ownerUrl: urlOfDatabase(ownerUrl, name),
    appUrl: urlOfDatabase(appUrl, name),
    adminUrl: urlOfDatabase(adminUrl, name),
    drop: () => asAdmin(adminUrl, `DROP DATABASE ${name} WITH (FORCE)`),
  };
}

async function asAdmin(adminUrl: string, sql: string): Promise<void> {
  const client = new pg.Client({ connectionString: adminUrl });
  await client.connect();
  try {
    await client.query(sql);
  } finally {
    await client.end();
  }
}
