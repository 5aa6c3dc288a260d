import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { closeSync, existsSync, openSync, readFileSync, renameSync } from 'node:fs';
import path from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { GatewayError } from '#libs/model';
import { lastWords } from './last-words.js';

interface ChildOptions {
  readonly name: string;
  /** Below `dist/apps`. */
  readonly script: string;
  readonly variables: Readonly<Record<string, string>>;
  readonly logDir: string;
}

/** A process that `npm start` runs. */
export interface Child {
  /** Rejects when it has ended by itself, with its last words. */
  readonly died: Promise<never>;
  /** Asks it to end, and kills it where it does not. */
  stop(): Promise<void>;
}

/** The gateway drains for 8 s at most. */
const STOP_WITHIN_MS = 9_000;
const LOOK_MS = 25;

/**
 * Starts a process that writes to a log file of its own. It has a process group of its own, too, so that Ctrl-C reaches the starter alone,
 * which stops things in order.
 */
export function startChild({ name, script, variables, logDir }: ChildOptions): Child {
  const logFile = path.join(logDir, `${name}.log`);
  const log = openLog(logFile);
  const leash = path.join(import.meta.dirname, 'leash.js');
  const file = path.join(import.meta.dirname, '../..', script);
  const child = spawn(process.execPath, ['--enable-source-maps', `--import=${leash}`, file], {
    env: variables,
    stdio: ['ignore', log, log, 'ipc'],
    detached: true,
  });
  closeSync(log);
  const ended = once(child, 'exit');
  const died = ended.then((): never => {
    const reason = lastWords(readFileSync(logFile, 'utf8'));
    throw new GatewayError('internal', { detail: `the ${name} ended${reason === null ? '' : `: ${reason}`} (its log: ${logFile})` });
  });
  // Whoever waits for the death is told; until somebody does, it is no unhandled error.
  died.catch(() => undefined);
  return { died, stop: () => stopChild(child, ended) };
}

/** The log of the start before is kept beside it. */
function openLog(file: string): number {
  if (existsSync(file)) renameSync(file, file.replace(/\.log$/, '.previous.log'));
  return openSync(file, 'w', 0o600);
}

/** Waits until the address answers with success. Throws the child's last words where it ends before, and when the signal aborts. */
export async function untilAnswers(url: string, child: Child, signal: AbortSignal): Promise<void> {
  while (!(await answers(url, signal))) await Promise.race([pause(LOOK_MS, undefined, { signal }), child.died]);
}

async function answers(url: string, signal: AbortSignal): Promise<boolean> {
  try {
    const response = await fetch(url, { signal: AbortSignal.any([signal, AbortSignal.timeout(5_000)]) });
    await response.body?.cancel();
    return response.ok;
  } catch {
    signal.throwIfAborted();
    return false;
  }
}

async function stopChild(child: ChildProcess, ended: Promise<unknown>): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return;
  child.kill('SIGTERM');
  const late = setTimeout(() => child.kill('SIGKILL'), STOP_WITHIN_MS);
  await ended;
  clearTimeout(late);
}
