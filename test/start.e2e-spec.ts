import { spawn, spawnSync, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Api } from './world/api.js';
import { searchPath } from './world/search-path.js';
import { until } from './world/tenant.js';

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
  const alive = processes.filter(({ exitCode, signalCode }) => exitCode === null && signalCode === null);
  for (const child of alive) child.kill('SIGINT');
  await Promise.all(alive.map((child) => once(child, 'exit')));
  await rm(dataDir, { recursive: true, force: true });
});

interface Running {
  readonly child: ChildProcess;
  readonly output: () => string;
  readonly api: Api;
  readonly urls: readonly string[];
}

interface Start {
  readonly command?: readonly [string, ...string[]];
  readonly variables?: Record<string, string>;
}

/** Runs what `npm start` runs, up to the words with which it says that it is ready. */
async function start({ command = ['node', 'dist/apps/development/src/main.js'], variables = {} }: Start = {}): Promise<Running> {
  const [file, ...args] = command;
  const child = spawn(file, args, {
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
    child.once('close', (code) => reject(new Error(`ended with ${code}: ${output}`)));
  });
  const urls = ['API', 'Sandbox'].map((name) => new RegExp(`^ +${name} +(\\S+)`, 'm').exec(output.split('Ready.')[1] ?? '')?.[1] ?? '');
  const tokens = JSON.parse(await readFile(join(dataDir, 'dev-tokens.json'), 'utf8'));
  return { child, output: () => output, api: new Api(urls[0] ?? '', tokens.reader), urls };
}

async function end(child: ChildProcess, signal: NodeJS.Signals): Promise<number | null> {
  const ended = once(child, 'exit');
  child.kill(signal);
  const [code] = await ended;
  return typeof code === 'number' ? code : null;
}

/** Whether anything still listens at one of the addresses. */
async function answers(urls: readonly string[]): Promise<boolean> {
  const asked = await Promise.allSettled(urls.map((url) => fetch(url)));
  return asked.some(({ status }) => status === 'fulfilled');
}

const idsOf = async (api: Api) => (await api.all(`/v1/tenants/${NORDLICHT}/candidates`)).map(({ id }) => id);
const portsOf = ([api = '', sandbox = '']: readonly string[]) => ({ PORT: new URL(api).port, SANDBOX_PORT: new URL(sandbox).port });

test('one command brings up everything, and the next one finds it, also after kill -9', async () => {
  // As a person runs it; and the signal reaches npm alone.
  const first = await start({ command: ['npm', 'start'] });
  const ids = await idsOf(first.api);
  expect(ids).toHaveLength(300);
  expect((await first.api.get(`/v1/tenants/${SOLVIND}/candidates`)).body).toMatchObject({ code: 'integration-disabled' });
  expect(first.output()).toMatch(/Nordlicht GmbH .*100 % .*records/);

  const pasted = first
    .output()
    .split('\n')
    .find((line) => line.trim().startsWith('curl'));
  const curl = spawnSync('sh', ['-c', pasted ?? 'false'], { encoding: 'utf8' });
  expect(JSON.parse(curl.stdout).data).toHaveLength(3);

  await expect(start()).rejects.toThrow(/already runs the database in .*stop that process, or set DATA_DIR/);
  expect(await end(first.child, 'SIGINT')).toBe(0);
  expect(await answers(first.urls)).toBe(false);

  // A log that is silent must not keep the starter waiting.
  const second = await start({ variables: { ...portsOf(first.urls), LOG_LEVEL: 'silent' } });
  expect(await idsOf(second.api)).toEqual(ids);
  await end(second.child, 'SIGKILL');
  await until(async () => ((await answers(second.urls)) ? null : true));

  const third = await start({ variables: portsOf(first.urls) });
  expect(await idsOf(third.api)).toEqual(ids);
  expect(await end(third.child, 'SIGTERM')).toBe(0);
}, 120_000);

test('a start that is interrupted half-way ends well, and leaves nothing behind', async () => {
  const child = spawn('node', ['dist/apps/development/src/main.js'], {
    cwd: ROOT,
    env: { PATH: searchPath, PORT: '0', SANDBOX_PORT: '0', DATA_DIR: dataDir },
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  processes.push(child);
  let output = '';
  child.stdout.on('data', (chunk: Buffer) => (output += chunk.toString()));
  await until(() => Promise.resolve(output.includes('PostgreSQL') || null));
  expect(await end(child, 'SIGINT')).toBe(0);
  expect(output).not.toContain('Ready.');
  await expect(readFile(join(dataDir, 'database/starter.json'))).rejects.toThrow('ENOENT');
}, 30_000);

test.each(['PORT', 'SANDBOX_PORT'])('a taken %s is named at once', async (variable) => {
  const other = createServer().listen(0, '127.0.0.1');
  await once(other, 'listening');
  const address = other.address();
  const port = typeof address === 'object' && address !== null ? String(address.port) : '';

  await expect(start({ variables: { [variable]: port } })).rejects.toThrow(
    `ended with 1: The ATS gateway, for development\n\nnpm start: port ${port} is taken: stop what listens there, or set ${variable} to another port`,
  );
  other.close();
});

test.each([
  [{ PORT: 'abc' }, 'PORT is not valid'],
  [{ DEMO: 'perhaps' }, 'DEMO is not valid: give true or false'],
  [{ SYNC_TICK_SECONDS: 'often' }, 'SYNC_TICK_SECONDS is not valid'],
  [{ DATABASE_URL: 'postgres://nobody@127.0.0.1:1/none' }, 'nothing listens there'],
])(
  'a wrong variable gives one line that says what to do: %j',
  async (variables, words) => {
    await expect(start({ variables })).rejects.toThrow(words);
  },
  30_000,
);
