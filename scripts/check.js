/**
 * All that CI does, in CI's order; stops at the first failure.
 * `--tests-already-passed` leaves the tests out: for .ci/run, which has just run them on the same commit.
 */
import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import path from 'node:path';

const root = path.resolve(import.meta.dirname, '..');
const sources = ['apps', 'libs', 'test', 'bench'].filter((folder) => existsSync(path.join(root, folder)));

const steps = [
  { name: 'lock file', command: 'node', args: ['scripts/complete-lock-file.js', '--check'] },
  { name: 'format', command: 'prettier', args: ['--check', '--log-level', 'warn', '.'] },
  { name: 'lint', command: 'oxlint', args: [] },
  { name: 'types', command: 'tsc', args: ['--noEmit', '-p', 'tsconfig.json'] },
  { name: 'dependency rules', command: 'depcruise', args: ['--config', '.dependency-cruiser.cjs', ...sources] },
  { name: 'unused code', command: 'knip', args: ['--no-progress'] },
  { name: 'generated files', command: 'node', args: ['scripts/generate.js', '--check'] },
  { name: 'tests', command: 'npm', args: ['test', '--silent'] },
  { name: 'planted leaks', command: 'node', args: ['scripts/planted-leaks.js'] },
];

const testsAlreadyPassed = process.argv.includes('--tests-already-passed');

for (const step of steps) {
  if (step.name === 'tests' && testsAlreadyPassed) console.log('– tests: already passed on this commit');
  else run(step);
}

function run({ name, command, args }) {
  const startedAt = performance.now();
  const { status, error, stdout, stderr } = spawnSync(command, args, {
    cwd: root,
    env: environment(),
    encoding: 'utf8',
    maxBuffer: 2 ** 28,
  });
  const seconds = ((performance.now() - startedAt) / 1000).toFixed(1);
  if (status === 0) {
    console.log(`✓ ${name} (${seconds} s)`);
    return;
  }
  console.error(`${stdout ?? ''}${stderr ?? ''}${error?.message ?? ''}`.trimEnd());
  console.error(`✗ ${name} (${seconds} s): ${[command, ...args].join(' ')}`);
  process.exit(1);
}

/** The repository's own tools and Node, also when this script is not run by npm. */
function environment() {
  const bin = path.join(root, 'node_modules/.bin');
  return { ...process.env, PATH: `${bin}${path.delimiter}${process.env.PATH ?? ''}` };
}
