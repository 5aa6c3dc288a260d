import { mkdtemp, readdir, rm, rmdir } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { type EmbeddedDatabase, removeAbandonedDatabase, startEmbeddedDatabase } from '#libs/embedded-database';
import { migrate } from '#libs/store';
import { publishServer } from './connection.js';

const PREFIX = 'ats-gateway-test-';

let running: { database: EmbeddedDatabase; dataDir: string } | undefined;

/** Starts the one server of this jest process, unless it runs, and builds the template database by the migrations. */
export async function startTestServer(): Promise<void> {
  if (running !== undefined) return;
  await removeKilledRuns();
  const dataDir = await mkdtemp(path.join(os.tmpdir(), PREFIX));
  const database = await startEmbeddedDatabase({ dataDir, durable: false });
  running = { database, dataDir };
  publishServer(database);
  await migrate(database.ownerUrl).catch(async (error: unknown) => {
    await stopTestServer();
    throw error;
  });
}

export async function stopTestServer(): Promise<void> {
  if (running === undefined) return;
  const { database, dataDir } = running;
  running = undefined;
  await database.stop();
  await rm(dataDir, { recursive: true, force: true });
}

/** A run ended by kill -9 leaves a server and its directory. Those of runs that still live refuse to be removed. */
async function removeKilledRuns(): Promise<void> {
  const names = (await readdir(os.tmpdir())).filter((name) => name.startsWith(PREFIX));
  await Promise.allSettled(names.map((name) => removeKilledRun(path.join(os.tmpdir(), name))));
}

async function removeKilledRun(dataDir: string): Promise<void> {
  await removeAbandonedDatabase(dataDir);
  await rmdir(dataDir);
}
