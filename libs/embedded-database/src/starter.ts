import { readFileSync, rmSync, writeFileSync } from 'node:fs';
import { GatewayError } from '#libs/model';
import type { Layout } from './layout.js';
import { processIdentity } from './process-identity.js';

interface Starter {
  readonly pid: number;
  readonly identity: string;
}

/**
 * Takes the data directory for this process. A directory left by a dead process is taken over.
 * Throws `conflict` with one line that says what to do when a live process holds it.
 */
export function claimDirectory(layout: Layout): void {
  for (let attempt = 0; attempt < 3; attempt++) {
    if (tryToRecord(layout)) return;
    const holder = readStarter(layout);
    if (holder !== undefined && processIdentity(holder.pid) === holder.identity) throw heldBy(holder, layout);
    rmSync(layout.starter, { force: true });
  }
  throw new GatewayError('conflict', { detail: `several processes try to start the database in ${layout.base} at once: start one` });
}

export function releaseDirectory(layout: Layout): void {
  if (readStarter(layout)?.pid === process.pid) rmSync(layout.starter, { force: true });
}

function tryToRecord(layout: Layout): boolean {
  const starter: Starter = { pid: process.pid, identity: processIdentity(process.pid) ?? '' };
  try {
    writeFileSync(layout.starter, JSON.stringify(starter), { flag: 'wx', mode: 0o600 });
    return true;
  } catch (error) {
    if (isObject(error) && 'code' in error && error.code === 'EEXIST') return false;
    throw error;
  }
}

function readStarter(layout: Layout): Starter | undefined {
  try {
    const parsed: unknown = JSON.parse(readFileSync(layout.starter, 'utf8'));
    return isStarter(parsed) ? parsed : undefined;
  } catch {
    return undefined;
  }
}

function isStarter(value: unknown): value is Starter {
  return isObject(value) && 'pid' in value && typeof value.pid === 'number' && 'identity' in value && typeof value.identity === 'string';
}

function isObject(value: unknown): value is object {
  return typeof value === 'object' && value !== null;
}

function heldBy(holder: Starter, layout: Layout): GatewayError {
  return new GatewayError('conflict', {
    detail: `process ${holder.pid} already runs the database in ${layout.base}: stop that process, or set DATA_DIR to another directory`,
    context: { pid: holder.pid },
  });
}
