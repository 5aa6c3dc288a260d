import type { MikroORM } from '@mikro-orm/postgresql';
import { GatewayError } from '#libs/model';
import { atDatabaseEdge, connectError } from './database-error.js';
import { MIGRATIONS } from './migrations/index.js';
import { openOrm } from './orm.js';
import { assertAppRole, type RoleCheck } from './role.js';
import { Transaction } from './transaction.js';

/** SQLSTATE of a write within a read-only transaction. */
const READ_ONLY = '25006';

/** Rolls a transaction back that was only to be tried. */
class Undone extends Error {}

export interface StoreOptions {
  /** The application's login. */
  readonly url: string;
  readonly poolMax: number;
  /** `refuse`: throw where the login is an owner or a superuser, whom row-level security would not hold. */
  readonly privileged: RoleCheck;
}

/**
 * PostgreSQL through MikroORM. There is no way to a table but these two: each opens a transaction whose row-level security shows one
 * tenant, or, to the platform's own work, the tables that hold no person's data. An error of the
 * database leaves as a `GatewayError` that quotes no row.
 */
export class Store {
  private constructor(private readonly orm: MikroORM) {}

  static async open(options: StoreOptions): Promise<Store> {
    const orm = await openOrm(options).catch((error: unknown) => Promise.reject(connectError(error)));
    const store = new Store(orm);
    try {
      await store.inPlatform((tx) => assertAppRole(tx, options.privileged));
      if (!(await store.isCurrent()))
        throw new GatewayError('config-invalid', { detail: 'the database is not up to date; run "npm run migrate"' });
    } catch (error) {
      await orm.close(true);
      throw error;
    }
    return store;
  }

  /** Work of one tenant: it sees and writes that tenant's rows only. */
  inTenant<T>(tenantId: string, work: (tx: Transaction) => Promise<T>): Promise<T> {
    return this.inSession({ 'app.tenant': tenantId, 'app.scope': 'tenant' }, tenantId, work);
  }

  /** Work across tenants on the control tables (lists, scheduler). Records, identities and keys stay out of sight. */
  inPlatform<T>(work: (tx: Transaction) => Promise<T>): Promise<T> {
    return this.inSession({ 'app.tenant': '', 'app.scope': 'platform' }, null, work);
  }

  /** Whether the migrations that this build needs have been applied. */
  async isCurrent(): Promise<boolean> {
    const needed = MIGRATIONS.map(({ name }) => name);
    return this.inPlatform(async (tx) => {
      const [schema] = await tx.rows<{ there: boolean }>(`select to_regclass('public.schema_migration') is not null as there`);
      if (schema?.there !== true) return false;
      return (await tx.rows('select 1 from schema_migration where name = any($1)', [needed])).length === needed.length;
    });
  }

  /** Whether a write is taken now: not by a standby, nor by a database that was set to read only. Nothing is left of it. */
  async canWrite(): Promise<boolean> {
    try {
      await this.inPlatform(async (tx) => {
        await tx.run(
          `insert into idempotency_key (caller, key, request_hash, created_at) values ('readiness', gen_random_uuid()::text, '', now())`,
        );
        throw new Undone();
      });
      return true;
    } catch (error) {
      if (error instanceof Undone) return true;
      if (error instanceof GatewayError && error.context['sqlState'] === READ_ONLY) return false;
      throw error;
    }
  }

  /** How many connections are open in this process, how many of them nobody uses, and how many transactions wait for one. */
  async connections(): Promise<{ readonly open: number; readonly idle: number; readonly waiting: number }> {
    const { totalCount: open, idleCount: idle, waitingCount: waiting } = await this.orm.em.getConnection().getNativeClient();
    return { open, idle, waiting };
  }

  async close(): Promise<void> {
    await this.orm.close(true);
  }

  private async inSession<T>(
    variables: Record<string, string>,
    tenantId: string | null,
    work: (tx: Transaction) => Promise<T>,
  ): Promise<T> {
    const em = this.orm.em.fork();
    em.setSessionContext({ variables });
    try {
      return await em.transactional((inner) => work(new Transaction(inner, tenantId)));
    } catch (error) {
      throw atDatabaseEdge(error);
    }
  }
}
