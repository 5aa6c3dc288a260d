import { PgBoss } from 'pg-boss';
import { CompiledQuery } from 'kysely';
import { connectError, databaseError } from './database-error.js';
import { openOrm } from './orm.js';
import { QUEUES, TASK_SCHEMA } from './task-queues.js';

/**
 * Brings a database's schema up to date: our migrations, then the task queue's own. Needs the owner's login (the application's has no
 * such right). Safe to repeat and to run twice at once. Throws `GatewayError`.
 */
export async function migrate(ownerUrl: string): Promise<void> {
  const orm = await openOrm({ url: ownerUrl, poolMax: 2 }).catch((error: unknown) => Promise.reject(connectError(error)));
  try {
    await orm.migrator.up();
    await installTaskQueues(ownerUrl);
    await orm.em.getKysely().executeQuery(CompiledQuery.raw(APPLICATION_RIGHTS));
  } catch (error) {
    throw databaseError(error);
  } finally {
    await orm.close(true);
  }
}

const APPLICATION_RIGHTS = `
do $$ begin
  grant select on schema_migration to ats_gateway_app;
  grant usage on schema ${TASK_SCHEMA} to ats_gateway_app;
  grant select, insert, update, delete on all tables in schema ${TASK_SCHEMA} to ats_gateway_app;
  grant usage on all sequences in schema ${TASK_SCHEMA} to ats_gateway_app;
  grant execute on all functions in schema ${TASK_SCHEMA} to ats_gateway_app;
end $$`;

async function installTaskQueues(ownerUrl: string): Promise<void> {
  const boss = new PgBoss({
    connectionString: ownerUrl,
    schema: TASK_SCHEMA,
    supervise: false,
    schedule: false,
    registerInstance: false,
    max: 2,
  });
  let failure: unknown;
  boss.on('error', (error) => (failure = error));
  await boss.start();
  for (const { name, ...options } of QUEUES) {
    await boss.createQueue(name, options);
    // For a queue that an older version made with other options.
    await boss.updateQueue(name, options);
  }
  await boss.stop({ graceful: false });
  if (failure !== undefined) throw databaseError(failure);
}
