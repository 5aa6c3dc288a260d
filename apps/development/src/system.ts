import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { startEmbeddedDatabase } from '#libs/embedded-database';
import { migrate } from '#libs/store';
import { startChild, type Child } from './child.js';
import type { Settings } from './config/settings.js';
import { loadEncryptionKey } from './keys.js';

/** The sandbox's own key for its Kombo; it guards nothing real. */
const SANDBOX_KOMBO_KEY = 'kombo-sandbox-key';

export interface System {
  readonly gateway: Child;
  readonly sandbox: Child;
}

/** What has been started, in order, and stops in the reverse one. */
export class Started {
  private readonly stops: (() => Promise<void>)[] = [];
  private stopping: Promise<void> | null = null;

  add(stop: () => Promise<void>): void {
    this.stops.push(stop);
  }

  stop(): Promise<void> {
    this.stopping ??= this.stopAll();
    return this.stopping;
  }

  private async stopAll(): Promise<void> {
    for (const stop of this.stops.toReversed()) await stop();
  }
}

/** Starts the database, the sandbox and the gateway. Throws `GatewayError` with what to do. */
export async function startSystem(settings: Settings, started: Started, tell: (line: string) => void): Promise<System> {
  const logDir = join(settings.dataDir, 'logs');
  mkdirSync(logDir, { recursive: true, mode: 0o700 });
  const { appUrl, ownerUrl } = await openDatabase(settings, started, tell);
  await migrate(ownerUrl);
  const sandbox = await startChild({
    name: 'sandbox',
    script: 'sandbox/src/main.js',
    variables: { ...settings.variables, SANDBOX_PORT: String(settings.sandboxPort) },
    logDir,
    urlIn: (line) => /^The sandbox listens at (\S+)$/.exec(line)?.[1] ?? null,
  });
  started.add(() => sandbox.stop());
  const gateway = await startChild({
    name: 'gateway',
    script: 'gateway/src/main.js',
    variables: gatewayVariables(settings, appUrl, sandbox.url),
    logDir,
    urlIn: startedUrl,
  });
  started.add(() => gateway.stop());
  return { gateway, sandbox };
}

async function openDatabase({ databaseUrl, databaseOwnerUrl, dataDir }: Settings, started: Started, tell: (line: string) => void) {
  if (databaseUrl !== null) return { appUrl: databaseUrl, ownerUrl: databaseOwnerUrl ?? databaseUrl };
  tell(`PostgreSQL in ${dataDir} …`);
  const database = await startEmbeddedDatabase({ dataDir });
  started.add(() => database.stop());
  return database;
}

/** The person's own variables win over the defaults of development. */
function gatewayVariables({ variables, dataDir, port, host }: Settings, appUrl: string, sandboxUrl: string) {
  return {
    EGRESS_ALLOW_HOSTS: '127.0.0.1',
    KOMBO_API_URL: `${sandboxUrl}/kombo/v1`,
    KOMBO_API_KEY: SANDBOX_KOMBO_KEY,
    ENCRYPTION_KEY: loadEncryptionKey(dataDir),
    NODE_ENV: 'development',
    ...variables,
    DATABASE_URL: appUrl,
    DATA_DIR: dataDir,
    PORT: String(port),
    HOST: host,
  };
}

function startedUrl(line: string): string | null {
  if (!line.includes('"event":"started"')) return null;
  const event: unknown = JSON.parse(line);
  return typeof event === 'object' && event !== null && 'url' in event && typeof event.url === 'string' ? event.url : null;
}
