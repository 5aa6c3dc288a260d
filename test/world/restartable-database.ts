import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { startEmbeddedDatabase } from '#libs/embedded-database';
import { migrate } from '#libs/store';
import type { TestDatabase } from '#libs/testkit';

/** A PostgreSQL server of its own with one migrated database, as durable as in production. */
export interface RestartableDatabase extends TestDatabase {
  /**
   * Ends the server as in an emergency (`immediate`: nothing is flushed, what was committed is recovered from the log) and starts it again at the
   * same address. Resolves to how long it was away.
   */
  restart(): Promise<{ readonly awayMs: number }>;
}

export async function startRestartableDatabase(): Promise<RestartableDatabase> {
  const dataDir = await mkdtemp(join(tmpdir(), 'ats-gateway-restartable-'));
  let server = await startEmbeddedDatabase({ dataDir });
  const { ownerUrl, appUrl, adminUrl, port } = server;
  await migrate(ownerUrl);
  return {
    ownerUrl,
    appUrl,
    adminUrl: adminUrl.replace(/\/postgres$/, '/gateway'),
    restart: async () => {
      const startedAt = performance.now();
      process.kill(await postmasterOf(dataDir), 'SIGQUIT');
      await server.stop();
      server = await startEmbeddedDatabase({ dataDir, port });
      return { awayMs: performance.now() - startedAt };
    },
    drop: async () => {
      await server.stop();
      await rm(dataDir, { recursive: true, force: true });
    },
  };
}

async function postmasterOf(dataDir: string): Promise<number> {
  const [pid] = (await readFile(join(dataDir, 'database/cluster/postmaster.pid'), 'utf8')).split('\n');
  return Number(pid);
}
