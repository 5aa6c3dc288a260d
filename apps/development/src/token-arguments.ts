import { parseArgs } from 'node:util';
import { GatewayError } from '#libs/model';
import { SCOPES, type Scope, type TokenClaims } from './tokens.js';

export const TOKEN_USAGE = `npm run token -- --scope ats:read,results:write [--tenant ID]… [--ttl 1h] [--subject NAME]

Prints a token for a gateway that "npm start" runs.
  --scope    what it may do, comma-separated: ${SCOPES.join(', ')}
  --tenant   limits it to a tenant; may be given more than once
  --ttl      how long it is good: 30s, 15m, 1h (the default), 30d
  --subject  who it says it is (developer)
`;

const TTL = /^\d{1,6}[smhd]$/;
const UUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i;

/** What the command line asks for; null where it asks for help. Throws `invalid-request` with what is wrong. */
export function readTokenArguments(args: readonly string[]): TokenClaims | null {
  const { scope, tenant = [], ttl = '1h', subject = 'developer', help } = parse(args);
  if (help === true) return null;
  const scopes = (scope ?? '').split(',').map((one) => one.trim());
  const known = scopes.filter((one): one is Scope => SCOPES.some((each) => each === one));
  if (known.length !== scopes.length) refuse(`--scope takes: ${SCOPES.join(', ')}`);
  if (!TTL.test(ttl)) refuse('--ttl takes a number and s, m, h or d, such as 1h');
  if (!tenant.every((id) => UUID.test(id))) refuse('--tenant takes the UUID of a tenant');
  return { scopes: known, tenants: tenant, ttl, subject };
}

function parse(args: readonly string[]) {
  const options = {
    scope: { type: 'string' },
    tenant: { type: 'string', multiple: true },
    ttl: { type: 'string' },
    subject: { type: 'string' },
    help: { type: 'boolean', short: 'h' },
  } as const;
  try {
    return parseArgs({ args: [...args], options }).values;
  } catch {
    return refuse('there is an argument that is not known');
  }
}

function refuse(what: string): never {
  throw new GatewayError('invalid-request', { detail: `${what}. See: npm run token -- --help` });
}
