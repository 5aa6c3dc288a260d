import { documentedVariables } from '../../apps/gateway/src/config/documented.js';
import { Environment } from '../../apps/gateway/src/config/environment.js';
import { validateEnvironment } from '../../apps/gateway/src/config/validate.js';
import { GatewayError } from '#libs/model';
import { code, table } from './markdown.js';

/** The variables of `npm start` and the sandbox: never of production. */
export const DEVELOPMENT_VARIABLES: readonly { readonly name: string; readonly default: string; readonly meaning: string }[] = [
  { name: 'SANDBOX_PORT', default: '4010', meaning: 'the port that the sandbox listens on' },
  { name: 'DEMO', default: 'true', meaning: 'whether `npm start` makes demo tenants' },
];

/** Every variable that is read, with its default and what it means. */
export function configMarkdown(): string {
  const needed = missingIn('production');
  const gateway = documentedVariables().map(({ name, meaning }) => [code(name), defaultOf(name), needed.has(name) ? 'yes' : '', meaning]);
  const development = DEVELOPMENT_VARIABLES.map((variable) => [code(variable.name), code(variable.default), variable.meaning]);
  return `# Configuration

Generated from the declarations in \`apps/gateway/src/config/environment.ts\` by \`npm run generate\`. A gateway reads its environment once, at the start, and
refuses to start naming every variable at fault, never a value. An empty variable counts as not set. In production, those marked so must be set.

## Gateway

${table(['variable', 'default', 'needed in production', 'meaning'], gateway)}

\`npm start\` sets those without a default by itself: the embedded database, the sandbox's Kombo, a local key pair.

## Development

${table(['variable', 'default', 'meaning'], development)}
`;
}

const defaults = new Map(Object.entries(new Environment()));

function defaultOf(name: string): string {
  const value: unknown = defaults.get(name);
  if (Array.isArray(value)) return value.length === 0 ? 'none' : code(value.join(','));
  return typeof value === 'string' || typeof value === 'number' ? code(String(value)) : '';
}

/** What the check itself says is missing: so that this page cannot say otherwise. */
function missingIn(NODE_ENV: string): ReadonlySet<string> {
  try {
    validateEnvironment({ NODE_ENV });
  } catch (error) {
    if (!(error instanceof GatewayError)) throw error;
    return new Set([...(error.detail ?? '').matchAll(/(\w+) is missing/g)].flatMap(([, name]) => name ?? []));
  }
  return new Set();
}
