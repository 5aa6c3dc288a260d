import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { setTimeout as sleep } from 'node:timers/promises';
import { GatewayError } from '#libs/model';
import type { Layout } from './layout.js';
import { commandLine, processIdentity } from './process-identity.js';

const SIGNALS = [
  { signal: 'SIGINT', waitMs: 10_000 },
  { signal: 'SIGQUIT', waitMs: 5_000 },
  { signal: 'SIGKILL', waitMs: 5_000 },
] as const;

/** Stops a server whose starter died, and makes a lock file of a dead server harmless. Call it only with the directory claimed. */
export async function clearOrphan(layout: Layout, log: (line: string) => void): Promise<void> {
  const pid = postmasterPid(layout);
  if (pid === undefined || processIdentity(pid) === undefined) return;
  if (!commandLine(pid).includes(layout.cluster)) return disownLock(layout);
  log(`stopping the database server ${pid}, whose starter is gone`);
  await stopServer(pid);
}

function postmasterPid(layout: Layout): number | undefined {
  if (!existsSync(layout.postmasterPid)) return undefined;
  const pid = Number.parseInt(readFileSync(layout.postmasterPid, 'utf8'), 10);
  return Number.isNaN(pid) ? undefined : pid;
}

/**
 * The dead server's pid was given to an unrelated process. PostgreSQL ignores a lock that names its own parent, and then still
 * checks that no backend of the dead server uses its shared memory; deleting the file would skip that check.
 */
function disownLock(layout: Layout): void {
  const [, ...rest] = readFileSync(layout.postmasterPid, 'utf8').split('\n');
  writeFileSync(layout.postmasterPid, [String(process.pid), ...rest].join('\n'));
}

async function stopServer(pid: number): Promise<void> {
  for (const { signal, waitMs } of SIGNALS) {
    process.kill(pid, signal);
    if (await isGoneWithin(pid, waitMs)) return;
  }
  throw new GatewayError('conflict', {
    detail: `the database server ${pid} of an earlier start does not stop: end it by hand`,
    context: { pid },
  });
}

async function isGoneWithin(pid: number, waitMs: number): Promise<boolean> {
  const stepMs = 20;
  for (let waitedMs = 0; waitedMs < waitMs; waitedMs += stepMs) {
    if (processIdentity(pid) === undefined) return true;
    await sleep(stepMs);
  }
  return false;
}
