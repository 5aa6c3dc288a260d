import type { Pool, PoolClient } from 'pg';

/**
 * Takes a connection that is lost while in use out of the pool. Kysely (0.29) gives a transaction's connection back only after its rollback,
 * which fails on a lost one: each would take its place in the pool for good, and a restart of PostgreSQL under load all of them.
 */
export function giveUpLostConnections(pool: Pool): void {
  const lost = new WeakMap<PoolClient, () => void>();
  pool.on('acquire', (client) => {
    const giveUp = () => {
      client.release(true);
      // Whoever used it may give it back after all; a second time is an error to the pool.
      client.release = () => undefined;
    };
    lost.set(client, giveUp);
    client.once('end', giveUp);
  });
  pool.on('release', (_error, client) => {
    const giveUp = lost.get(client);
    if (giveUp !== undefined) client.removeListener('end', giveUp);
  });
}
