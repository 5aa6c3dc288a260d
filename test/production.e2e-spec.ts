import { spawn, type ChildProcess } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import pg from 'pg';
import { searchPath } from './world/search-path.js';
import { until } from './world/tenant.js';
import { World } from './world/world.js';

const ROOT = join(import.meta.dirname, '..');
const MAIN = 'dist/apps/gateway/src/main.js';

let world: World;
const children: ChildProcess[] = [];

beforeAll(async () => (world = await World.create()));
afterEach(() => children.splice(0).forEach((child) => child.kill('SIGKILL')));
afterAll(() => world.close());

/** The gateway's own sources in place of what a build makes of them; everything else of the line is as it runs in production. */
const fromSources = (part: string) =>
  part.replace(MAIN, `--disable-warning=ExperimentalWarning ${join(import.meta.dirname, 'world/gateway-main.js')}`);

function scriptLine(): string[] {
  const { scripts } = JSON.parse(readFileSync(join(ROOT, 'package.json'), 'utf8'));
  return ['sh', '-c', fromSources(scripts['start:prod'])];
}

function imageLine(): string[] {
  const lines = readFileSync(join(ROOT, 'Dockerfile'), 'utf8').split('\n');
  const parts = ['ENTRYPOINT', 'CMD'].flatMap((word): string[] =>
    JSON.parse(lines.find((line) => line.startsWith(`${word} [`))?.slice(word.length) ?? '[]'),
  );
  return parts.flatMap((part) => (part === MAIN ? fromSources(part).split(' ') : [part]));
}

interface Started {
  readonly child: ChildProcess;
  readonly printed: () => string;
}

function start([file = '', ...args]: readonly string[], variables: Record<string, string> = {}): Started {
  const environment = world.variables({
    ...{ NODE_ENV: 'production', LOG_LEVEL: 'info', AUTH_JWKS_URL: 'https://issuer.example/jwks' },
    ...{ AUTH_ISSUER: 'https://issuer.example', AUTH_AUDIENCE: 'ats-gateway', ...variables },
  });
  const child = spawn(file, args, { cwd: ROOT, env: { PATH: searchPath, ...environment }, stdio: ['ignore', 'pipe', 'pipe'] });
  children.push(child);
  let printed = '';
  for (const stream of [child.stdout, child.stderr]) stream.on('data', (chunk: Buffer) => (printed += chunk.toString()));
  return { child, printed: () => printed };
}

describe.each([
  ['npm run start:prod', scriptLine],
  ['the image', imageLine],
])('started as %s', (_name, line) => {
  test('no core is dumped, no debugger opens, and SIGTERM ends it well', async () => {
    const { child, printed } = start(line());
    await until(() => Promise.resolve(printed().includes('"event":"started"') || null));
    expect(readFileSync(`/proc/${child.pid}/limits`, 'utf8')).toMatch(/^Max core file size +0 +0 /m);
    child.kill('SIGUSR1');
    const ended = once(child, 'exit');
    child.kill('SIGTERM');
    expect(await ended).toEqual([0, null]);
    expect(printed()).not.toMatch(/debugger/i);
  }, 30_000);

  test('it refuses options of Node’s that write memory to files', async () => {
    const { child, printed } = start(line(), { NODE_OPTIONS: '--heapsnapshot-signal=SIGUSR2' });
    const [code] = await once(child, 'close');
    expect(code).toBe(1);
    expect(printed()).toContain('--heapsnapshot… is set for Node');
  }, 30_000);
});

test('a database without its tables is named, with what to do', async () => {
  const admin = new pg.Client({ connectionString: world.database.adminUrl });
  await admin.connect();
  const name = `empty_${randomUUID().slice(0, 8)}`;
  try {
    await admin.query(`create database ${name}`);
    const { child, printed } = start(scriptLine(), { DATABASE_URL: world.database.appUrl.replace(/[^/]+$/, name) });
    expect(await once(child, 'close')).toEqual([1, null]);
    expect(printed()).toContain('the database is not up to date; run "npm run migrate"');
  } finally {
    await admin.query(`drop database ${name} with (force)`);
    await admin.end();
  }
}, 30_000);
