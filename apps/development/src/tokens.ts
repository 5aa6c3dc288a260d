import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { SignJWT, type CryptoKey } from 'jose';
import { KEY_ID } from './keys.js';

export const SCOPES = ['ats:read', 'results:write', 'platform:admin', 'consent:write', 'compliance:read'] as const;
export type Scope = (typeof SCOPES)[number];

/** The gateway's defaults for AUTH_ISSUER and AUTH_AUDIENCE. */
const ISSUER = 'ats-gateway-development';
const AUDIENCE = 'ats-gateway';

export interface TokenClaims {
  readonly scopes: readonly Scope[];
  /** Empty: not limited to tenants. */
  readonly tenants: readonly string[];
  /** As jose takes it: `1h`, `30 days`. */
  readonly ttl: string;
  readonly subject: string;
}

/** A token for the gateway, signed with the development key. */
export function signToken(key: CryptoKey, { scopes, tenants, ttl, subject }: TokenClaims): Promise<string> {
  return new SignJWT({ scope: scopes.join(' '), ...(tenants.length === 0 ? {} : { tenants }) })
    .setProtectedHeader({ alg: 'ES256', kid: KEY_ID })
    .setIssuer(ISSUER)
    .setAudience(AUDIENCE)
    .setSubject(subject)
    .setIssuedAt()
    .setExpirationTime(ttl)
    .sign(key);
}

const ROLES: Readonly<Record<string, readonly Scope[]>> = {
  reader: ['ats:read'],
  writer: ['results:write', 'ats:read'],
  platform: ['platform:admin', 'ats:read'],
  consent: ['consent:write'],
  compliance: ['compliance:read'],
};

export type DevTokens = Readonly<Record<string, string>>;

/** Writes `dev-tokens.json`: a token for each kind of caller, good for 30 days, one a line so that a shell can read it. */
export async function writeDevTokens(dataDir: string, key: CryptoKey): Promise<{ readonly file: string; readonly tokens: DevTokens }> {
  const signed = Object.entries(ROLES).map(
    async ([role, scopes]) => [role, await signToken(key, { scopes, tenants: [], ttl: '30d', subject: `dev-${role}` })] as const,
  );
  const tokens = Object.fromEntries(await Promise.all(signed));
  const file = join(dataDir, 'dev-tokens.json');
  writeFileSync(file, `${JSON.stringify(tokens, null, 2)}\n`, { mode: 0o600 });
  return { file, tokens };
}
