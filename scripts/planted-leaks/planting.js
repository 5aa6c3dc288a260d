import { spawn } from 'node:child_process';
import { cpSync, mkdirSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { once } from 'node:events';
import os from 'node:os';
import path from 'node:path';

const ROOT = path.resolve(import.meta.dirname, '../..');
const SOURCES = ['package.json', 'apps', 'libs', 'scripts', 'test/world'];
const TIMEOUT_MS = 180_000;

/** The edits whose search text is not exactly once in its file: `file: "text" is there N times`. */
export function staleEdits({ edits }) {
  return edits.flatMap(({ file, search }) => {
    const count = readFileSync(path.join(ROOT, file), 'utf8').split(search).length - 1;
    return count === 1 ? [] : [`${file}: ${JSON.stringify(search)} is there ${count} times`];
  });
}

const folders = new Set();
const children = new Set();

/** What was started ends with this process, and leaves nothing behind. */
export function clean() {
  for (const child of children) child.kill('SIGTERM');
  for (const folder of folders) rmSync(folder, { recursive: true, force: true, maxRetries: 5 });
}

/**
 * Makes the edits in a copy of the sources and searches for leaks there. `{ report }`, or `{ fault }` where the search itself failed: a mistake
 * that keeps the system from running is not a leak that was found.
 */
export async function scanWith(edits) {
  const folder = mkdtempSync(path.join(os.tmpdir(), 'ats-gateway-leak-'));
  folders.add(folder);
  try {
    copySources(folder);
    for (const edit of edits) apply(folder, edit);
    return await scan(folder);
  } finally {
    rmSync(folder, { recursive: true, force: true, maxRetries: 5 });
    folders.delete(folder);
  }
}

function copySources(folder) {
  for (const source of SOURCES) cpSync(path.join(ROOT, source), path.join(folder, source), { recursive: true });
  symlinkSync(path.join(ROOT, 'node_modules'), path.join(folder, 'node_modules'));
  mkdirSync(path.join(folder, 'tmp'));
}

function apply(folder, { file, search, replace }) {
  const target = path.join(folder, file);
  const [before, after] = readFileSync(target, 'utf8').split(search);
  writeFileSync(target, before + replace + after);
}

async function scan(folder) {
  const child = spawn('node', ['--disable-warning=ExperimentalWarning', 'test/world/leak-scan-main.js'], {
    cwd: folder,
    env: { PATH: searchPath(), TMPDIR: path.join(folder, 'tmp') },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  children.add(child);
  const timer = setTimeout(() => child.kill('SIGTERM'), TIMEOUT_MS);
  const output = { stdout: '', stderr: '' };
  for (const name of ['stdout', 'stderr']) child[name].on('data', (chunk) => (output[name] += chunk));
  const [code, signal] = await once(child, 'close');
  clearTimeout(timer);
  children.delete(child);
  // What a planted mistake prints here comes before the report.
  const last = output.stdout.trimEnd().split('\n').at(-1) ?? '';
  const isReport = (code === 0 || code === 1) && last.startsWith('{"findings"');
  return isReport ? { report: JSON.parse(last) } : { fault: `ended with ${signal ?? code}: ${output.stderr.slice(-2000)}` };
}

/** The repository's own Node first, also where this is not run by npm. */
function searchPath() {
  return [path.join(ROOT, 'node_modules/.bin'), process.env.PATH].join(path.delimiter);
}
