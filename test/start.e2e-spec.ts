import { spawn, spawnSync, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Api } from './world/api.js';
import { searchPath } from './world/search-path.js';

const ROOT = join(import.meta.dirname, '..');
const NORDLICHT = '11111111-1111-4111-8111-111111111111';
const SOLVIND = '33333333-3333-4333-8333-333333333333';

let dataDir: string;
const processes: ChildProcess[] = [];

beforeAll(async () => {
  const build = spawnSync('tsc', ['-p', 'tsconfig.build.json'], { cwd: ROOT, encoding: 'utf8' });
  if (build.status !== 0) throw new Error(`the build failed: ${build.stdout}`);
  dataDir = await mkdtemp(join(tmpdir(), 'ats-gateway-start-'));
}, 120_000);
afterAll(async () => {
  for (const child of processes) if (child.exitCode === null) child.kill('SIGINT');
  await Promise.all(
    processes.filter(({ exitCode, signalCode }) => exitCode === null && signalCode === null).map((child) => once(child, 'exit')),
  );
  await rm(dataDir, { recursive: true, force: true });
});

interface Running {
  readonly child: ChildProcess;
  readonly output: string;
  readonly api: Api;
}

/** Runs what `npm start` runs, up to the words with which it says that it is ready. */
async function start(variables: Record<string, string> = {}): Promise<Running> {
  const child = spawn('node', ['dist/apps/development/src/main.js'], {
    cwd: ROOT,
    env: { PATH: searchPath, PORT: '0', SANDBOX_PORT: '0', DATA_DIR: dataDir, ...variables },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  processes.push(child);
  let output = '';
  child.stderr.on('data', (chunk: Buffer) => (output += chunk.toString()));
  await new Promise<void>((resolve, reject) => {
    child.stdout.on('data', (chunk: Buffer) => {
      output += chunk.toString();
      if (output.includes('Ctrl-C stops everything.')) resolve();
    });
    child.once('exit', (code) => reject(new Error(`ended with ${code}: ${output}`)));
  });
  const url = /API +(\S+)/.exec(output)?.[1] ?? '';
  const tokens = JSON.parse(await readFile(join(dataDir, 'dev-tokens.json'), 'utf8'));
  return { child, output, api: new Api(url, tokens.reader) };
}

async function end(child: ChildProcess, signal: NodeJS.Signals): Promise<number | null> {
  const ended = once(child, 'exit');
  child.kill(signal);
  const [code] = await ended;
  return typeof code === 'number' ? code : null;
}

const idsOf = async (api: Api) => (await api.all(`/v1/tenants/${NORDLICHT}/candidates`)).map(({ id }) => id);

test('one command brings up everything, and the next one finds it, also after kill -9', async () => {
  const first = await start();
  const ids = await idsOf(first.api);
  expect(ids).toHaveLength(300);
  expect((await first.api.get(`/v1/tenants/${SOLVIND}/candidates`)).body).toMatchObject({ code: 'integration-disabled' });

  const pasted = first.output.split('\n').find((line) => line.trim().startsWith('curl'));
  const curl = spawnSync('sh', ['-c', pasted ?? 'false'], { encoding: 'utf8' });
  expect(JSON.parse(curl.stdout).data).toHaveLength(3);

  await expect(start()).rejects.toThrow(/already runs the database in .*stop that process, or set DATA_DIR/);
  expect(await end(first.child, 'SIGINT')).toBe(0);

  const second = await start();
  expect(await idsOf(second.api)).toEqual(ids);
  await end(second.child, 'SIGKILL');

  const third = await start();
  expect(await idsOf(third.api)).toEqual(ids);
  expect(await end(third.child, 'SIGTERM')).toBe(0);
}, 90_000);

test.each([
  [{ PORT: 'abc' }, 'PORT must be a port number'],
  [{ DEMO: 'perhaps' }, 'DEMO must be true or false'],
  [{ SYNC_TICK_SECONDS: 'often' }, 'SYNC_TICK_SECONDS is not valid'],
  [{ DATABASE_URL: 'postgres://nobody@127.0.0.1:1/none' }, 'nothing listens there'],
])(
  'a wrong variable gives one line that says what to do: %j',
  async (variables, words) => {
    await expect(start(variables)).rejects.toThrow(words);
  },
  30_000,
);
