import { fork, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { createWriteStream } from 'node:fs';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { setTimeout as pause } from 'node:timers/promises';
import { GatewayError } from '#libs/model';

interface ChildOptions {
  readonly name: string;
  /** Below `dist/apps`. */
  readonly script: string;
  readonly variables: Readonly<Record<string, string | undefined>>;
  readonly logDir: string;
  /** Finds the address in a line of its output. */
  readonly urlIn: (line: string) => string | null;
}

export interface Child {
  readonly url: string;
  /** Resolves when it has ended, for whatever reason. */
  readonly ended: Promise<unknown>;
  /** Asks it to end, and kills it where it does not. */
  stop(): Promise<void>;
}

/** The gateway drains for 8 s at most. */
const STOP_MS = 9_500;

/**
 * Starts a process and waits until it says where it listens. Its output goes to a file. It has a process group of its own, so that Ctrl-C
 * reaches the starter alone, which stops things in order. Throws `config-invalid` with its last words where it ends before.
 */
export async function startChild({ name, script, variables, logDir, urlIn }: ChildOptions): Promise<Child> {
  const logFile = join(logDir, `${name}.log`);
  const child = fork(join(import.meta.dirname, '../..', script), {
    env: variables,
    execArgv: ['--enable-source-maps', '--disable-warning=ExperimentalWarning', '--import', join(import.meta.dirname, 'leash.js')],
    stdio: ['ignore', 'pipe', 'pipe', 'ipc'],
    detached: true,
  });
  const ended = once(child, 'exit');
  const complaint = logOutput(child, logFile);
  const url = await Promise.race([listening(child, urlIn), ended.then(() => null)]);
  if (url === null)
    throw new GatewayError('config-invalid', { detail: complaint() ?? `the ${name} ended before it listened; see ${logFile}` });
  return { url, ended, stop: () => stopChild(child, ended) };
}

/** Appends its output to the file; what it wrote last to stderr can be asked for. */
function logOutput(child: ChildProcess, file: string): () => string | null {
  const log = createWriteStream(file, { flags: 'a', mode: 0o600 });
  child.stdout?.pipe(log, { end: false });
  child.stderr?.pipe(log, { end: false });
  let last: string | null = null;
  if (child.stderr !== null) createInterface({ input: child.stderr }).on('line', (line) => (last = /^[\w-]+: /.test(line) ? line : last));
  return () => last;
}

function listening(child: ChildProcess, urlIn: (line: string) => string | null): Promise<string> {
  return new Promise((resolve) => {
    if (child.stdout === null) return;
    createInterface({ input: child.stdout }).on('line', (line) => {
      const url = urlIn(line);
      if (url !== null) resolve(url);
    });
  });
}

async function stopChild(child: ChildProcess, ended: Promise<unknown>): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return;
  child.kill('SIGTERM');
  const waiting = new AbortController();
  const late = pause(STOP_MS, undefined, { signal: waiting.signal }).then(() => child.kill('SIGKILL'));
  await Promise.race([ended, late.catch(() => undefined)]);
  await ended;
  waiting.abort();
}
