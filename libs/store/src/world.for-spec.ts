import { randomUUID } from 'node:crypto';
import pg from 'pg';
import { createDatabase, type TestDatabase } from '#libs/testkit';
import { Store } from './store.js';
import type { Transaction } from './transaction.js';

export const NOW = new Date('2026-11-22T10:00:00.000Z');

/** A moment so many seconds after `NOW`. */
export const after = (seconds: number) => new Date(NOW.getTime() + seconds * 1000);

/** A tenant of the test and its active integration. */
export interface Link {
  readonly tenantId: string;
  readonly integrationId: string;
}

/** A migrated database of its own, and the store on it as the application's role. */
export class StoreWorld {
  private constructor(
    readonly database: TestDatabase,
    readonly store: Store,
  ) {}

  static async create(poolMax = 6): Promise<StoreWorld> {
    const database = await createDatabase();
    return new StoreWorld(database, await Store.open({ url: database.appUrl, poolMax, privileged: 'refuse' }));
  }

  /** Makes a tenant with an open gate (epoch 1) and an active integration. */
  async link(): Promise<Link> {
    const tenantId = randomUUID();
    await this.store.inTenant(tenantId, async (tx) => {
      await tx.run('insert into tenant (id, name, created_at) values ($1, $2, $3)', [tenantId, 'Test', NOW.toISOString()]);
      await tx.run(`insert into consent_gate (tenant_id, open, epoch, decision) values ($1, true, 1, '{}')`, [tenantId]);
    });
    return { tenantId, integrationId: await this.integration(tenantId, true) };
  }

  async integration(tenantId: string, active = false, ats = 'test'): Promise<string> {
    const id = randomUUID();
    await this.store.inTenant(tenantId, (tx) =>
      tx.run(
        `insert into integration (tenant_id, id, type, ats, connector, settings, active, state, created_at, updated_at)
         values ($1, $2, 'native', $5, 'test', '{}', $3, 'connected', $4, $4)`,
        [tenantId, id, active, NOW.toISOString(), ats],
      ),
    );
    return id;
  }

  /** Rows of one statement, in a transaction of the tenant. */
  rows<Row extends object>({ tenantId }: Pick<Link, 'tenantId'>, sql: string, parameters: readonly unknown[] = []): Promise<Row[]> {
    return this.store.inTenant(tenantId, (tx) => tx.rows<Row>(sql, parameters));
  }

  in<T>({ tenantId }: Pick<Link, 'tenantId'>, work: (tx: Transaction) => Promise<T>): Promise<T> {
    return this.store.inTenant(tenantId, work);
  }

  async close(): Promise<void> {
    await this.store.close();
    await this.database.drop();
  }
}

/** One connection beside the store's, for what has to happen while a transaction of the store is open. */
export async function connect(connectionString: string): Promise<pg.Client> {
  const client = new pg.Client({ connectionString });
  await client.connect();
  return client;
}
