import { documentedVariables } from '../apps/gateway/src/config/documented.js';
import { Environment } from '../apps/gateway/src/config/environment.js';
import { configMarkdown, DEVELOPMENT_VARIABLES } from '../scripts/generate/config.js';
import { repositoryFiles, textOf } from './source-tree.js';
import { variablesNamed } from './syntax.js';

/** The names that callers rely on; they are never changed. */
const AGREED = [
  ...[
    'HOST',
    'PORT',
    'SANDBOX_PORT',
    'DATABASE_URL',
    'DATA_DIR',
    'GATEWAY_ROLES',
    'KOMBO_API_URL',
    'KOMBO_API_KEY',
    'KOMBO_WEBHOOK_SECRET',
    'OTEL_EXPORTER_OTLP_ENDPOINT',
    'DEMO',
    'LOG_LEVEL',
  ],
  ...['AUTH_JWKS_URL', 'AUTH_ISSUER', 'AUTH_AUDIENCE', 'ENCRYPTION_KEY', 'SYNC_TICK_SECONDS', 'EGRESS_ALLOW_HOSTS'],
];

const configuration = repositoryFiles().filter((file) => /^apps\/[^/]+\/src\/config\/(?!.*spec\.ts$).*\.ts$/.test(file));
const documented = [...configMarkdown().matchAll(/^\| `([A-Z_]+)` \|/gm)].flatMap(([, name]) => name ?? []);

test('every variable that is read is documented', () => {
  const read = new Set(configuration.flatMap((file) => variablesNamed(textOf(file))));
  expect(read.size).toBeGreaterThan(20);
  expect([...read].filter((name) => !documented.includes(name))).toEqual([]);
});

test('every variable that is documented is read', () => {
  const read = configuration.flatMap((file) => variablesNamed(textOf(file)));
  expect(documented.filter((name) => !read.includes(name))).toEqual([]);
});

test.each([
  "process.env['PORT']",
  'process.env.PORT',
  "const { PORT = '3000' } = process.env",
  'class Environment { PORT: number = 1 }',
  "portOf(variables, 'PORT')",
])('%s counts as read', (source) => expect(variablesNamed(source)).toEqual(['PORT']));

test('every declared variable says what it means', () => {
  const declared = variablesNamed(textOf('apps/gateway/src/config/environment.ts'));
  expect(documentedVariables().map(({ name }) => name)).toEqual(declared);
  expect([...documentedVariables(), ...DEVELOPMENT_VARIABLES].filter(({ meaning }) => meaning.length < 10)).toEqual([]);
});

test('the agreed names stay', () => expect(documented).toEqual(expect.arrayContaining(AGREED)));

test('a secret has no default', () => {
  const secrets = Object.entries(new Environment()).filter(([name, value]) => /KEY|SECRET|PASSWORD/.test(name) && value !== undefined);
  expect(secrets).toEqual([]);
});
