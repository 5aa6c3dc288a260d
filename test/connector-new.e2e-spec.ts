import { execFile } from 'node:child_process';
import { cp, mkdtemp, readFile, rm, symlink } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';

const run = promisify(execFile);
const root = join(import.meta.dirname, '..');

/** What the scripts need of the repository. */
const PARTS = ['apps/sandbox', 'libs', 'scripts', 'package.json', 'tsconfig.json', 'jest.config.js'];

let copy: string;
beforeAll(async () => {
  copy = await mkdtemp(join(tmpdir(), 'ats-gateway-new-'));
  await Promise.all(PARTS.map((part) => cp(join(root, part), join(copy, part), { recursive: true })));
  await symlink(join(root, 'node_modules'), join(copy, 'node_modules'));
});
afterAll(() => rm(copy, { recursive: true, force: true }));

const make = (...words: readonly string[]) => run(process.execPath, ['scripts/connector-new.js', ...words], { cwd: copy });

test('a new connector’s folder fails its laws until it is filled in, and nothing else', async () => {
  const { stdout } = await make('quiet-hire', 'Quiet Hire');
  expect(stdout).toContain('made libs/connectors/src/quiet-hire/index.ts');
  expect(await readFile(join(copy, 'apps/sandbox/src/ats/vendors.ts'), 'utf8')).toMatch(/, quietHire\]|quietHire,?\s*\]/);

  const types = await run(process.execPath, ['node_modules/typescript/bin/tsc', '--noEmit', '-p', 'tsconfig.json'], { cwd: copy }).catch(
    ({ stdout: said }: { stdout: string }) => ({ stdout: said }),
  );
  expect(types.stdout.split('\n').filter((line) => line.includes('quiet-hire'))).toEqual([]);

  const jest = [
    'node_modules/jest/bin/jest.js',
    '--json',
    '--outputFile=outcome.json',
    '--testPathPatterns=quiet-hire',
    '--reporters=default',
  ];
  await run(process.execPath, ['--experimental-vm-modules', ...jest], { cwd: copy, maxBuffer: 50_000_000 }).catch(() => undefined);
  const outcome = JSON.parse(await readFile(join(copy, 'outcome.json'), 'utf8'));
  expect(outcome.numRuntimeErrorTestSuites).toBe(0);
  expect(outcome.numFailedTests).toBeGreaterThanOrEqual(4);
  expect(outcome.numPassedTests).toBeGreaterThan(5);
}, 180_000);

test.each([
  [[], /^Usage: npm run connector:new/],
  [['Quiet Hire'], /"Quiet Hire" is no slug/],
  [['kombo'], /libs\/connectors\/src\/kombo exists already/],
])('is refused with what to do: %j', async (words, said) => {
  await expect(make(...words)).rejects.toMatchObject({ code: 1, stderr: expect.stringMatching(said) });
});
