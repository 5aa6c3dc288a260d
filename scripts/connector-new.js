/**
 * Makes the folder of a new connector and of its stand-in in the sandbox, from `scripts/connector-new/`: both compile and run, and the connector
 * fails its laws until it is filled in.
 */
import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';

const USAGE = `Usage: npm run connector:new <slug> ["<name>"]

  <slug>   lower-case letters, digits and dashes: the connector's name in settings and addresses
  <name>   as people write it; the slug with a capital letter unless given

Makes libs/connectors/src/<slug> and apps/sandbox/src/ats/<slug>.`;

const root = path.join(import.meta.dirname, '..');
const [slug = '', name = slug.charAt(0).toUpperCase() + slug.slice(1)] = process.argv.slice(2);

if (slug === '' || slug === '--help' || slug === '-h') end(USAGE, slug === '' ? 1 : 0);
if (!/^[a-z][a-z0-9-]{1,30}$/.test(slug)) end(`"${slug}" is no slug.\n\n${USAGE}`, 1);

const folders = { connector: path.join(root, 'libs/connectors/src', slug), 'stand-in': path.join(root, 'apps/sandbox/src/ats', slug) };
for (const folder of Object.values(folders))
  if (existsSync(folder)) end(`${path.relative(root, folder)} exists already; choose another slug.`, 1);

const words = { slug, name, export: slug.replace(/-(.)/g, (_, letter) => letter.toUpperCase()) };
const filled = (text) => text.replace(/\{\{(slug|name|export)\}\}/g, (_, word) => words[word]);

for (const [kind, folder] of Object.entries(folders)) {
  mkdirSync(folder, { recursive: true });
  const templates = path.join(import.meta.dirname, 'connector-new', kind);
  for (const file of readdirSync(templates)) {
    const made = path.join(folder, filled(file).replace(/\.txt$/, ''));
    writeFileSync(made, filled(readFileSync(path.join(templates, file), 'utf8')));
    process.stdout.write(`made ${path.relative(root, made)}\n`);
  }
}
enter();
end(
  `entered in apps/sandbox/src/ats/vendors.ts

Next:
  1. make the stand-in what the vendor's documentation says: limits, paging, odd errors, sensitive fields, webhooks
  2. fill in the connector until  npx jest libs/connectors/src/${slug}  holds every law (CONTRIBUTING says how to run one test)
  3. enter it in libs/connectors/src/registry.ts, and run  npm run generate`,
  0,
);

/** The sandbox serves the vendor from now on. */
function enter() {
  const file = path.join(root, 'apps/sandbox/src/ats/vendors.ts');
  const text = readFileSync(file, 'utf8');
  const entered = text
    .replace(/^import type/m, `import { ${words.export} } from './${slug}/vendor.js';\nimport type`)
    .replace(
      /(VENDORS: readonly Vendor\[\] = \[)([^\]]*)\]/,
      (_, start, list) => `${start}${list.trimEnd().replace(/,$/, '')}, ${words.export}]`,
    );
  writeFileSync(file, entered);
}

function end(message, code) {
  (code === 0 ? process.stdout : process.stderr).write(`${message}\n`);
  process.exit(code);
}
