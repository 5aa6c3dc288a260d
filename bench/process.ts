import { execFile, spawn, type ChildProcess } from 'node:child_process';
import { closeSync, openSync, readFileSync } from 'node:fs';
import { once } from 'node:events';
import path from 'node:path';
import { promisify } from 'node:util';
import { setTimeout as pause } from 'node:timers/promises';

const STARTS_WITHIN_MS = 60_000;
const START = path.resolve(import.meta.dirname, '../scripts/bench.js');

const running = new Set<ChildProcess>();
process.once('exit', () => running.forEach((child) => child.kill('SIGKILL')));

/** A server that is measured, in a process of its own. */
export interface Server {
  readonly url: string;
  /** What it holds in memory, in MB. */
  residentMb(): Promise<number>;
  stop(): Promise<void>;
}

interface Program {
  /** A TypeScript file of this repository. */
  readonly file: string;
  readonly variables: Readonly<Record<string, string>>;
  /** Where what it prints goes: as in production, nobody reads along. */
  readonly logFile: string;
}

function start({ file, variables }: Omit<Program, 'logFile'>, stdout: 'pipe' | number): ChildProcess {
  const env = { PATH: process.env['PATH'] ?? '', ...variables, BENCH_PROCESS: file };
  const flags = (process.env['BENCH_NODE_FLAGS'] ?? '').split(' ').filter((flag) => flag !== '');
  const child = spawn(process.execPath, ['--disable-warning=ExperimentalWarning', ...flags, START], {
    env,
    stdio: ['ignore', stdout, stdout === 'pipe' ? 'inherit' : stdout],
  });
  running.add(child);
  child.once('exit', () => running.delete(child));
  return child;
}

/** Starts a server and waits until it prints its address. Throws what it printed where it ends instead. */
export async function startServer(program: Program): Promise<Server> {
  const log = openSync(program.logFile, 'w');
  const child = start(program, log);
  closeSync(log);
  const ended = once(child, 'exit');
  const url = await addressIn(program.logFile, child);
  return {
    url,
    residentMb: () => residentMb(child),
    stop: async () => {
      child.kill('SIGTERM');
      await ended;
    },
  };
}

async function addressIn(logFile: string, child: ChildProcess): Promise<string> {
  for (const end = performance.now() + STARTS_WITHIN_MS; performance.now() < end; await pause(50)) {
    const printed = readFileSync(logFile, 'utf8');
    const line = printed.split('\n').find((one) => one.includes('"event":"started"') || one.includes(' listens at '));
    const [url] = /http:\/\/[\d.]+:\d+/.exec(line ?? '') ?? [];
    if (url !== undefined) return url;
    if (child.exitCode !== null || child.signalCode !== null) throw new Error(`a process did not start: ${printed}`);
  }
  throw new Error(`a process did not start within ${STARTS_WITHIN_MS} ms: ${logFile}`);
}

async function residentMb({ pid }: ChildProcess): Promise<number> {
  const { stdout } = await promisify(execFile)('ps', ['-o', 'rss=', '-p', String(pid)]);
  return Number(stdout) / 1024;
}

/** Runs a program to its end, and returns the JSON that it printed last. */
export async function runToEnd<Printed>(file: string, variables: Readonly<Record<string, string>>): Promise<Printed> {
  const child = start({ file, variables }, 'pipe');
  let printed = '';
  child.stdout?.on('data', (chunk: Buffer) => (printed += chunk.toString()));
  const [code] = await once(child, 'close');
  if (code !== 0) throw new Error(`${file} ended with ${code}: ${printed}`);
  return JSON.parse(printed.trim().split('\n').at(-1) ?? '');
}
