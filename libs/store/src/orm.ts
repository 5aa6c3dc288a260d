import { MikroORM } from '@mikro-orm/postgresql';
import { Migrator } from '@mikro-orm/migrations';
import * as entities from './entities/index.js';
import { giveUpLostConnections } from './lost-connections.js';
import { MIGRATIONS } from './migrations/index.js';
import { keepPrepared } from './prepared.js';

interface OrmOptions {
  readonly url: string;
  readonly poolMax: number;
}

/** Long enough for a page of a million-row tenant, short enough that a half-open connection does not hold a worker for minutes. */
const STATEMENT_TIMEOUT_MS = 60_000;

/** Opens MikroORM on a database. It logs nothing: its query and slow-query lines carry parameters. */
export async function openOrm({ url, poolMax }: OrmOptions): Promise<MikroORM> {
  const orm = await MikroORM.init({
    clientUrl: url,
    entities: Object.values(entities),
    extensions: [Migrator],
    migrations: { migrationsList: MIGRATIONS, tableName: 'schema_migration', snapshot: false, silent: true },
    pool: { min: 0, max: poolMax },
    driverOptions: {
      keepAlive: true,
      statement_timeout: STATEMENT_TIMEOUT_MS,
      connectionTimeoutMillis: 10_000,
      onPoolCreated: keepPrepared,
    },
    forceUtcTimezone: true,
    debug: false,
    logger: () => undefined,
    discovery: { warnWhenNoEntities: false },
  });
  giveUpLostConnections(await orm.em.getConnection().getNativeClient());
  return orm;
}
