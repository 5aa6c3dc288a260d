import { type ChildProcess, spawn } from 'node:child_process';
import { closeSync, existsSync, openSync, renameSync } from 'node:fs';
import { once } from 'node:events';
import { setTimeout as sleep } from 'node:timers/promises';
import pg from 'pg';
import { GatewayError } from '#libs/model';
import { accountFor, commandAs } from './account.js';
import type { Binaries } from './binaries.js';
import type { Layout } from './layout.js';

const READY_WITHIN_MS = 60_000;
const STOP_WITHIN_MS = 15_000;

interface Options {
  readonly binaries: Binaries;
  readonly layout: Layout;
  readonly port: number;
  readonly durable: boolean;
  readonly adminUrl: string;
}

export interface Server {
  readonly process: ChildProcess;
  /** Ends every connection and stops; returns when the process is gone. */
  stop(): Promise<void>;
}

/** Starts PostgreSQL and waits until it answers. Returns undefined when the server ended before that (its port was taken, say). */
export async function startServer(options: Options): Promise<Server | undefined> {
  const { binaries, layout } = options;
  const command = commandAs(accountFor(layout.cluster), binaries.postgres, ['-D', layout.cluster, ...settings(options)], [layout.cluster]);
  const child = spawnLogged(command, layout);
  const stop = () => stopChild(child);
  for (let waitedMs = 0; waitedMs < READY_WITHIN_MS; waitedMs += 25) {
    if (hasEnded(child)) return undefined;
    if (await answers(options.adminUrl)) return { process: child, stop };
    await sleep(25);
  }
  await stop();
  throw new GatewayError('config-invalid', { detail: `the embedded database does not become ready: see ${layout.serverLog}` });
}

function spawnLogged({ file, args, ...account }: ReturnType<typeof commandAs>, layout: Layout): ChildProcess {
  if (existsSync(layout.serverLog)) renameSync(layout.serverLog, layout.previousServerLog);
  const logFile = openSync(layout.serverLog, 'w', 0o600);
  // Detached, because Ctrl-C reaches the terminal's whole process group and the gateway must drain before its database goes.
  const child = spawn(file, args, { ...account, detached: true, stdio: ['ignore', logFile, logFile] });
  child.on('error', () => undefined);
  child.unref();
  closeSync(logFile);
  return child;
}

function settings({ port, durable }: Options): string[] {
  const values = {
    port,
    listen_addresses: '127.0.0.1',
    unix_socket_directories: '',
    timezone: 'UTC',
    log_timezone: 'UTC',
    // The server's log must not repeat values: messages without DETAIL, no statements, no parameters.
    log_error_verbosity: 'terse',
    log_min_error_statement: 'panic',
    log_statement: 'none',
    log_parameter_max_length: 0,
    log_parameter_max_length_on_error: 0,
    ...(durable ? {} : { fsync: 'off', synchronous_commit: 'off', full_page_writes: 'off', max_connections: 200 }),
  };
  return Object.entries(values).flatMap(([name, value]) => ['-c', `${name}=${value}`]);
}

async function answers(adminUrl: string): Promise<boolean> {
  const client = new pg.Client({ connectionString: adminUrl, connectionTimeoutMillis: 2_000 });
  client.on('error', () => undefined);
  try {
    await client.connect();
    return true;
  } catch {
    return false;
  } finally {
    await client.end().catch(() => undefined);
  }
}

function hasEnded(child: ChildProcess): boolean {
  return child.pid === undefined || child.exitCode !== null || child.signalCode !== null;
}

async function stopChild(child: ChildProcess): Promise<void> {
  if (hasEnded(child)) return;
  child.ref();
  const ended = once(child, 'exit');
  child.kill('SIGINT');
  const giveUp = setTimeout(() => child.kill('SIGQUIT'), STOP_WITHIN_MS);
  await ended;
  clearTimeout(giveUp);
}
