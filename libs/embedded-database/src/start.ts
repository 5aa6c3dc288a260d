import { mkdirSync } from 'node:fs';
import { createServer } from 'node:net';
import { once } from 'node:events';
import { setTimeout as sleep } from 'node:timers/promises';
import { GatewayError } from '#libs/model';
import { type Binaries, findBinaries } from './binaries.js';
import { ensureCluster } from './cluster.js';
import { type Credentials, loadCredentials } from './credentials.js';
import { type Layout, layoutOf } from './layout.js';
import { clearOrphan } from './orphan.js';
import { APP, DATABASE, ensureRolesAndDatabase, OWNER } from './roles.js';
import { type Server, startServer } from './server.js';
import { claimDirectory, releaseDirectory } from './starter.js';

export interface EmbeddedDatabaseOptions {
  /** Everything is kept in `<dataDir>/database`. */
  readonly dataDir: string;
  /** TCP port on 127.0.0.1; 0 or absent means any free one. */
  readonly port?: number;
  /** false gives up crash safety for speed and allows 200 connections: for tests. Default true. */
  readonly durable?: boolean;
  readonly log?: (line: string) => void;
}

export interface EmbeddedDatabase {
  /** Database `gateway` as its owner: migrations. */
  readonly ownerUrl: string;
  /** Database `gateway` as the application, under row-level security. */
  readonly appUrl: string;
  /** Database `postgres` as superuser: creating databases for tests. */
  readonly adminUrl: string;
  readonly port: number;
  /** Ends all connections, stops the server and gives the directory free. */
  stop(): Promise<void>;
}

/**
 * Starts a real PostgreSQL in a directory; creates it there the first time and finds the earlier data every other time, also
 * after kill -9 of the starter, the server or both.
 * Throws `conflict` when a live process holds the directory, `config-invalid` when PostgreSQL cannot be started here.
 */
export async function startEmbeddedDatabase(options: EmbeddedDatabaseOptions): Promise<EmbeddedDatabase> {
  const layout = layoutOf(options.dataDir);
  const log = options.log ?? (() => undefined);
  mkdirSync(layout.base, { recursive: true, mode: 0o700 });
  claimDirectory(layout);
  try {
    await clearOrphan(layout, log);
    const binaries = findBinaries();
    const credentials = loadCredentials(layout);
    await ensureCluster({ binaries, layout, adminPassword: credentials.admin, durable: options.durable ?? true });
    return await startInClaimedDirectory({ options, layout, binaries, credentials });
  } catch (error) {
    releaseDirectory(layout);
    throw error;
  }
}

interface Prepared {
  readonly options: EmbeddedDatabaseOptions;
  readonly layout: Layout;
  readonly binaries: Binaries;
  readonly credentials: Credentials;
}

async function startInClaimedDirectory(prepared: Prepared): Promise<EmbeddedDatabase> {
  const { layout, credentials } = prepared;
  const { server, port } = await startWithRetries(prepared);
  // A starter that exits without stop() must not leave its server behind; only signals are possible this late.
  const stopOnExit = () => server.process.kill('SIGINT');
  process.once('exit', stopOnExit);
  const stop = async () => {
    await server.stop();
    process.off('exit', stopOnExit);
    releaseDirectory(layout);
  };
  try {
    await ensureRolesAndDatabase(adminUrl(port, credentials), credentials);
  } catch (error) {
    await stop();
    throw error;
  }
  return {
    ownerUrl: url(OWNER, credentials.owner, port, DATABASE),
    appUrl: url(APP, credentials.app, port, DATABASE),
    adminUrl: adminUrl(port, credentials),
    port,
    stop,
  };
}

/** Tries again because a free port may be taken in between, and backends of a killed server need a moment to notice. */
async function startWithRetries({ options, layout, binaries, credentials }: Prepared): Promise<{ server: Server; port: number }> {
  for (let attempt = 0; attempt < 10; attempt++) {
    const port = options.port || (await freePort());
    const durable = options.durable ?? true;
    const server = await startServer({ binaries, layout, port, durable, adminUrl: adminUrl(port, credentials) });
    if (server !== undefined) return { server, port };
    await sleep(200 * (attempt + 1));
  }
  throw new GatewayError('config-invalid', { detail: `the embedded database does not start: see ${layout.serverLog}` });
}

async function freePort(): Promise<number> {
  const probe = createServer().listen(0, '127.0.0.1');
  await once(probe, 'listening');
  const address = probe.address();
  probe.close();
  await once(probe, 'close');
  if (address === null || typeof address === 'string') throw new GatewayError('internal');
  return address.port;
}

function adminUrl(port: number, credentials: Credentials): string {
  return url('postgres', credentials.admin, port, 'postgres');
}

function url(user: string, password: string, port: number, database: string): string {
  return `postgresql://${user}:${password}@127.0.0.1:${port}/${database}`;
}
