import { parseArgs, types } from 'node:util';
import { GatewayError, isUuid } from '#libs/model';
import { SCOPES, type Scope } from '../../gateway/src/http/principal.js';
import type { TokenRequest } from './tokens.js';

export const TOKEN_USAGE = `Usage: npm run --silent token -- --scope SCOPE[,SCOPE…] [--tenant ID]… [--ttl 1h] [--subject NAME]

Prints a token for the gateway that "npm start" runs, signed with the key in DATA_DIR.

  --scope    what the bearer may do: ${SCOPES.join(', ')}
  --tenant   limits the token to this tenant (a UUID); may be given more than once
  --ttl      how long it is good for: 90s, 15m, 1h, 30d (default 1h)
  --subject  who calls (default developer)
`;

const TTL = /^[1-9]\d{0,5}[smhd]$/;

/** What `npm run token` was asked for; null asks for help. Throws `invalid-request` with a sentence for the person at the keyboard. */
export function readTokenArguments(args: readonly string[]): TokenRequest | null {
  const { help, scope, tenant, ttl, subject } = parse(args);
  if (help === true) return null;
  if (!TTL.test(ttl)) throw refusal(`--ttl ${ttl} is no time: give a number and s, m, h or d, such as 1h`);
  if (subject === '') throw refusal('--subject needs a name');
  return { subject, scopes: scopesIn(scope), tenants: tenant === undefined ? null : tenantsIn(tenant), ttl };
}

function parse(args: readonly string[]) {
  try {
    return parseArgs({
      args: [...args],
      options: {
        help: { type: 'boolean', short: 'h' },
        scope: { type: 'string', multiple: true, default: [] },
        tenant: { type: 'string', multiple: true },
        ttl: { type: 'string', default: '1h' },
        subject: { type: 'string', default: 'developer' },
      },
    }).values;
  } catch (error) {
    throw refusal(types.isNativeError(error) ? error.message : 'the arguments cannot be read');
  }
}

function scopesIn(texts: readonly string[]): Scope[] {
  const names = [...new Set(parts(texts))];
  const known = names.filter((name): name is Scope => SCOPES.some((scope) => scope === name));
  const unknown = names.find((name) => !known.some((scope) => scope === name));
  if (unknown !== undefined) throw refusal(`there is no scope ${unknown}; the scopes are ${SCOPES.join(', ')}`);
  if (known.length === 0) throw refusal(`--scope is missing; the scopes are ${SCOPES.join(', ')}`);
  return known;
}

function tenantsIn(texts: readonly string[]): string[] {
  const ids = parts(texts);
  const wrong = ids.find((id) => !isUuid(id));
  if (wrong !== undefined || ids.length === 0)
    throw refusal(`--tenant needs a tenant's UUID${wrong === undefined ? '' : `, not ${wrong}`}`);
  return ids.map((id) => id.toLowerCase());
}

function parts(texts: readonly string[]): string[] {
  return texts.flatMap((text) => text.split(/[\s,]+/)).filter((part) => part !== '');
}

function refusal(detail: string): GatewayError {
  return new GatewayError('invalid-request', { detail: `${detail}. "npm run token -- --help" says more` });
}
