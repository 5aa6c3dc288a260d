import pg from 'pg';
import type { Credentials } from './credentials.js';

export const DATABASE = 'gateway';
export const OWNER = 'gateway_owner';
export const APP = 'gateway_app';
const APP_GROUP = 'ats_gateway_app';

/**
 * Creates what a production database is given by its administrator: the database, its owner (runs migrations) and the
 * application's login, which owns nothing and obeys row-level security. May run again at any time.
 */
export async function ensureRolesAndDatabase(adminUrl: string, credentials: Credentials): Promise<void> {
  const client = new pg.Client({ connectionString: adminUrl });
  await client.connect();
  try {
    await ensureRole(client, APP_GROUP, 'NOLOGIN NOSUPERUSER NOBYPASSRLS');
    await ensureRole(client, OWNER, `LOGIN CREATEROLE NOSUPERUSER PASSWORD ${pg.escapeLiteral(credentials.owner)}`);
    await ensureRole(client, APP, `LOGIN NOSUPERUSER NOCREATEROLE NOCREATEDB NOBYPASSRLS PASSWORD ${pg.escapeLiteral(credentials.app)}`);
    await client.query(`GRANT ${APP_GROUP} TO ${APP}`);
    const found = await client.query('SELECT 1 FROM pg_database WHERE datname = $1', [DATABASE]);
    if (found.rowCount === 0) await client.query(`CREATE DATABASE ${DATABASE} OWNER ${OWNER}`);
  } finally {
    await client.end();
  }
}

async function ensureRole(client: pg.Client, name: string, attributes: string): Promise<void> {
  const found = await client.query('SELECT 1 FROM pg_roles WHERE rolname = $1', [name]);
  if (found.rowCount === 0) await client.query(`CREATE ROLE ${name} ${attributes}`);
}
