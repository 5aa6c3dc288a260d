import { execFile } from 'node:child_process';
import { copyFile, mkdir, mkdtemp, readFile, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { promisify } from 'node:util';
import type { Api } from './world/api.js';
import { Tenant } from './world/tenant.js';
import { World } from './world/world.js';

const run = promisify(execFile);
const ROOT = path.resolve(import.meta.dirname, '..');
const PACKAGE = path.join(ROOT, 'libs/client');
const DEMO_TENANT = '11111111-1111-4111-8111-111111111111';

let world: World;
let api: Api;
let tenant: Tenant;
let folder: string;

beforeAll(async () => {
  world = await World.create();
  api = await world.gateway();
  tenant = await Tenant.synced(api, world.control, { candidates: 20, seed: 4 });
  folder = await mkdtemp(path.join(tmpdir(), 'ats-gateway-client-'));
});
afterAll(async () => {
  await rm(folder, { recursive: true, force: true });
  await world.close();
});

/** Lays the built package into an empty folder as an installation would, with what it says that it needs and nothing else. */
async function install(): Promise<void> {
  const { name, dependencies } = JSON.parse(await readFile(path.join(PACKAGE, 'package.json'), 'utf8'));
  const installed = path.join(folder, 'node_modules', name);
  await mkdir(installed, { recursive: true });
  const compiler = path.join(ROOT, 'node_modules/typescript/bin/tsc');
  await run(process.execPath, [compiler, '-p', PACKAGE, '--outDir', path.join(installed, 'dist')]);
  await copyFile(path.join(PACKAGE, 'package.json'), path.join(installed, 'package.json'));
  for (const needed of Object.keys(dependencies))
    await symlink(path.join(ROOT, 'node_modules', needed), path.join(folder, 'node_modules', needed));
}

/** What the README lets a reader paste, for this gateway and tenant. */
async function example(): Promise<string> {
  const readme = await readFile(path.join(PACKAGE, 'README.md'), 'utf8');
  const blocks = [...readme.matchAll(/```js\n(.*?)```/gs)].map(([, block = '']) => block);
  expect(blocks).toHaveLength(3);
  const pasted = blocks.join('\n');
  const places = { 'http://127.0.0.1:3000': api.url, [DEMO_TENANT]: tenant.id, '60_000': '2_000' };
  expect(Object.keys(places).filter((place) => !pasted.includes(place))).toEqual([]);
  return Object.entries(places).reduce((text, [place, here]) => text.replace(place, here), pasted);
}

test('built and installed alone, the package does what its README shows', async () => {
  await install();
  const [reader, writer] = await Promise.all([world.token({ scopes: ['ats:read'] }), world.token({ scopes: ['results:write'] })]);
  await mkdir(path.join(folder, '.data'));
  await writeFile(path.join(folder, '.data/dev-tokens.json'), JSON.stringify({ reader, writer }));
  await writeFile(path.join(folder, 'example.mjs'), await example());
  const { stdout, stderr } = await run(process.execPath, ['example.mjs'], { cwd: folder });
  const open = (await tenant.records('jobs')).filter(({ status }) => status === 'open');
  expect(stderr).toBe('');
  expect(stdout.split('\n').slice(0, open.length)).toEqual(open.map(({ id, name }) => `${id} ${name}`));
  expect(stdout).toMatch(/^(queued|delivering|delivered)$/m);
  expect(stdout).toContain('sync.baseline-completed');
  expect(await readFile(path.join(folder, 'cursor.txt'), 'utf8')).not.toBe('');
});
