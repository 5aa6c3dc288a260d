import { mkdirSync } from 'node:fs';
import path from 'node:path';
import { startEmbeddedDatabase } from '#libs/embedded-database';
import { GatewayError } from '#libs/model';
import { migrate } from '#libs/store';
import { startChild, untilAnswers, type Child } from './child.js';
import { gatewayVariables, sandboxVariables } from './config/child-variables.js';
import type { Settings } from './config/settings.js';
import { loadEncryptionKey } from './encryption-key.js';
import { requirePort, urlOf } from './ports.js';
import type { Started } from './started.js';
import type { Screen } from './screen.js';

const SANDBOX_HOST = '127.0.0.1';

export interface Running {
  readonly url: string;
  readonly process: Child;
}

export interface System {
  readonly sandbox: Running;
  readonly gateway: Running;
}

interface Surroundings {
  readonly started: Started;
  readonly screen: Screen;
  readonly signal: AbortSignal;
}

/** Starts the database, the sandbox and the gateway, each known to `started` from its first moment. Throws `GatewayError` with what to do. */
export async function startSystem(settings: Settings, { started, screen, signal }: Surroundings): Promise<System> {
  const { HOST, DATA_DIR, GATEWAY_ROLES } = settings.gateway;
  const [gatewayPort, sandboxPort] = await findPorts(settings);
  const encryptionKey = settings.given['ENCRYPTION_KEY'] ?? loadEncryptionKey(DATA_DIR);
  const logDir = path.join(DATA_DIR, 'logs');
  mkdirSync(logDir, { recursive: true, mode: 0o700 });

  const database = await openDatabase(settings, started);
  signal.throwIfAborted();
  const sandbox = start('sandbox', sandboxVariables(settings, sandboxPort), urlOf(SANDBOX_HOST, sandboxPort));
  await migrate(database.ownerUrl);
  screen.done('PostgreSQL', database.place);
  await untilAnswers(sandbox.url, sandbox.process, signal);
  screen.done('Sandbox', `${sandbox.url} stands in for Kombo and the ATSs`);
  const found = { databaseUrl: database.appUrl, encryptionKey, gatewayPort, sandboxUrl: sandbox.url };
  const gateway = start('gateway', gatewayVariables(settings, found), urlOf(HOST, gatewayPort));
  await untilAnswers(`${gateway.url}/health/ready`, gateway.process, signal);
  screen.done('Gateway', `${gateway.url} as ${GATEWAY_ROLES.join(', ')}`);
  return { sandbox, gateway };

  function start(name: string, variables: Record<string, string>, url: string): Running {
    const child = startChild({ name, script: `${name}/src/main.js`, variables, logDir });
    started.add(() => child.stop());
    return { url, process: child };
  }
}

/** Asked for before anything is started: a taken port is said at once. */
async function findPorts({ gateway, sandboxPort }: Settings): Promise<[number, number]> {
  if (gateway.PORT === sandboxPort && sandboxPort !== 0) {
    throw new GatewayError('config-invalid', { detail: `PORT and SANDBOX_PORT are both ${sandboxPort}: set one of them to another port` });
  }
  return [await requirePort('PORT', gateway.HOST, gateway.PORT), await requirePort('SANDBOX_PORT', SANDBOX_HOST, sandboxPort)];
}

interface Database {
  readonly appUrl: string;
  readonly ownerUrl: string;
  readonly place: string;
}

async function openDatabase({ gateway, given }: Settings, started: Started): Promise<Database> {
  const { DATA_DIR, DATABASE_URL, DATABASE_OWNER_URL = DATABASE_URL } = gateway;
  if (given['DATABASE_URL'] !== undefined) return { appUrl: DATABASE_URL, ownerUrl: DATABASE_OWNER_URL, place: 'of DATABASE_URL' };
  const database = await startEmbeddedDatabase({ dataDir: DATA_DIR });
  started.add(() => database.stop());
  return { ...database, place: `in ${path.join(DATA_DIR, 'database')}` };
}
