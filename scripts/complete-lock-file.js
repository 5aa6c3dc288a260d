/**
 * Adds to package-lock.json the optional packages of other platforms (native parts of oxlint, swc …). npm leaves out those that the
 * registry at hand does not offer, and then refuses `npm ci` because they are missing. `npm run lock` after every change of dependencies repairs it;
 * `--check` only says whether it would change anything. An entry made here has no integrity until npm installs it somewhere.
 */
import { readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';

const FILE = path.resolve(import.meta.dirname, '../package-lock.json');
const SYSTEMS = ['aix', 'android', 'darwin', 'freebsd', 'linux', 'openharmony', 'sunos', 'win32'];
const PROCESSORS = {
  'arm-': 'arm',
  arm64: 'arm64',
  ia32: 'ia32',
  loong64: 'loong64',
  ppc64: 'ppc64',
  riscv64: 'riscv64',
  s390x: 's390x',
  x64: 'x64',
};

const lock = JSON.parse(readFileSync(FILE, 'utf8'));
const added = missingEntries(lock.packages);
for (const [key, entry] of added) lock.packages[key] = entry;

if (process.argv.includes('--check')) {
  if (added.length > 0) {
    console.error(`package-lock.json lacks ${added.length} optional packages: node scripts/complete-lock-file.js`);
    process.exitCode = 1;
  }
} else if (added.length > 0) {
  lock.packages = Object.fromEntries(Object.entries(lock.packages).toSorted(byName));
  writeFileSync(FILE, `${JSON.stringify(lock, null, 2)}\n`);
  console.log(`added ${added.length} optional packages to package-lock.json`);
}

function missingEntries(packages) {
  return Object.values(packages).flatMap(({ optionalDependencies = {}, dev }) =>
    Object.entries(optionalDependencies)
      .filter(([name]) => !isLocked(packages, name))
      .flatMap(([name, version]) => {
        const platform = platformOf(name);
        if (platform === undefined) return [];
        return [[`node_modules/${name}`, { version, ...platform, ...(dev ? { dev } : {}), optional: true }]];
      }),
  );
}

function isLocked(packages, name) {
  return Object.keys(packages).some((key) => key === `node_modules/${name}` || key.endsWith(`/node_modules/${name}`));
}

/** From the naming that all native packages share: `…-linux-x64-musl`. */
function platformOf(name) {
  const os = SYSTEMS.find((system) => name.includes(system));
  const cpu = Object.entries(PROCESSORS).find(([mark]) => name.includes(mark))?.[1];
  if (os === undefined || cpu === undefined) return undefined;
  const libc = os !== 'linux' ? undefined : name.includes('musl') ? 'musl' : name.includes('gnu') ? 'glibc' : undefined;
  return { cpu: [cpu], ...(libc === undefined ? {} : { libc: [libc] }), os: [os] };
}

function byName([a], [b]) {
  return a.localeCompare(b, 'en');
}
