import { spawn } from 'node:child_process';
import { chmodSync, chownSync, existsSync, mkdirSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { once } from 'node:events';
import { GatewayError } from '#libs/model';
import { accountFor, commandAs } from './account.js';
import type { Binaries } from './binaries.js';
import type { Layout } from './layout.js';

interface Options {
  readonly binaries: Binaries;
  readonly layout: Layout;
  readonly adminPassword: string;
  readonly durable: boolean;
}

/** Creates the database cluster unless there is one. A creation that was cut off is thrown away: only a finished one gets the name. */
export async function ensureCluster({ binaries, layout, adminPassword, durable }: Options): Promise<void> {
  if (existsSync(layout.cluster)) return;
  const account = accountFor(layout.cluster);
  rmSync(layout.unfinishedCluster, { recursive: true, force: true });
  mkdirSync(layout.unfinishedCluster, { mode: 0o700 });
  writeFileSync(layout.initialPassword, `${adminPassword}\n`, { mode: 0o600 });
  if (account !== undefined) {
    // The account must pass through our directory to its own; the files beside it stay unreadable to it.
    chmodSync(layout.base, 0o711);
    chownSync(layout.unfinishedCluster, account.uid, account.gid);
    chownSync(layout.initialPassword, account.uid, account.gid);
  }
  try {
    await initdb(commandAs(account, binaries.initdb, initdbArguments(layout, durable), [layout.unfinishedCluster]));
  } finally {
    rmSync(layout.initialPassword, { force: true });
  }
  renameSync(layout.unfinishedCluster, layout.cluster);
}

function initdbArguments(layout: Layout, durable: boolean): string[] {
  return [
    `--pgdata=${layout.unfinishedCluster}`,
    `--pwfile=${layout.initialPassword}`,
    '--username=postgres',
    '--auth=scram-sha-256',
    '--encoding=UTF8',
    // Sorts and folds case alike on every machine, whatever locales it has.
    '--locale-provider=builtin',
    '--builtin-locale=C.UTF-8',
    '--locale=C',
    ...(durable ? [] : ['--no-sync']),
  ];
}

async function initdb({ file, args, ...account }: ReturnType<typeof commandAs>): Promise<void> {
  const child = spawn(file, args, { ...account, stdio: ['ignore', 'ignore', 'pipe'] });
  const reason: string[] = [];
  child.stderr.on('data', (chunk: Buffer) => reason.push(chunk.toString()));
  const [code] = await once(child, 'close').catch(() => ['it could not be run']);
  if (code === 0) return;
  throw new GatewayError('config-invalid', { detail: `the embedded database could not be created (${code}): ${reason.join('').trim()}` });
}
