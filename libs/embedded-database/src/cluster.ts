import { spawn } from 'node:child_process';
import { chmodSync, chownSync, existsSync, mkdtempSync, readdirSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { once } from 'node:events';
import path from 'node:path';
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
  removeUnfinished(layout);
  if (existsSync(layout.cluster)) return;
  const account = accountFor(layout.cluster);
  const unfinished = mkdtempSync(layout.unfinishedCluster);
  writeFileSync(layout.initialPassword, `${adminPassword}\n`, { mode: 0o600 });
  if (account !== undefined) {
    // The account must pass through our directory to its own; the files beside it stay unreadable to it.
    chmodSync(layout.base, 0o711);
    chownSync(unfinished, account.uid, account.gid);
    chownSync(layout.initialPassword, account.uid, account.gid);
  }
  try {
    await initdb(commandAs(account, binaries.initdb, initdbArguments(unfinished, layout, durable), [unfinished]));
  } finally {
    rmSync(layout.initialPassword, { force: true });
  }
  renameSync(unfinished, layout.cluster);
}

/** Each try has a directory of its own, because the initdb of a killed starter may still be writing to its. */
function removeUnfinished(layout: Layout): void {
  const prefix = path.basename(layout.unfinishedCluster);
  for (const name of readdirSync(layout.base).filter((entry) => entry.startsWith(prefix))) {
    try {
      rmSync(path.join(layout.base, name), { recursive: true, force: true });
    } catch {
      // Still being written to: the next start removes it.
    }
  }
}

function initdbArguments(directory: string, layout: Layout, durable: boolean): string[] {
  return [
    `--pgdata=${directory}`,
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
