/**
 * Writes docs/generated/ and the client's types from the code itself, on a database of its own; needs no running service and no network.
 * `--check` writes nothing, and fails naming the files that are not current.
 */
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import 'reflect-metadata';
import { registerTypeScript } from './typescript-loader.js';

registerTypeScript();
const { startEmbeddedDatabase } = await import('../libs/embedded-database/src/index.ts');
const { migrate } = await import('../libs/store/src/index.ts');
const { generatedFiles, staleFiles, writeFiles } = await import('./generate/files.ts');
const { CLIENT_FOLDER, generatedClient } = await import('./generate/client.ts');

const dataDir = await mkdtemp(path.join(tmpdir(), 'ats-gateway-generate-'));
const database = await startEmbeddedDatabase({ dataDir, durable: false });
try {
  await migrate(database.ownerUrl);
  const files = await generatedFiles(database);
  const client = await generatedClient(files.get('openapi.json') ?? '');
  const stale = [
    ...staleFiles(files).map((name) => `docs/generated/${name}`),
    ...staleFiles(client, CLIENT_FOLDER).map((name) => `libs/client/src/generated/${name}`),
  ];
  if (stale.length === 0) console.log('what is generated is current');
  else if (process.argv.includes('--check')) fail(stale);
  else {
    writeFiles(files);
    writeFiles(client, CLIENT_FOLDER);
    console.log(`wrote ${stale.join(', ')}`);
  }
} finally {
  await database.stop();
  await rm(dataDir, { recursive: true, force: true });
}

function fail(stale) {
  console.error(`not current: ${stale.join(', ')}; run "npm run generate"`);
  process.exitCode = 1;
}
