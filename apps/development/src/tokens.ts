import path from 'node:path';
import { SignJWT } from 'jose';
import type { Scope } from '../../gateway/src/http/principal.js';
import { replaceFile } from './kept-file.js';
import { loadSigningKey, type SigningKey } from './signing-key.js';

/** What a token lets its bearer do. */
export interface TokenRequest {
  readonly subject: string;
  readonly scopes: readonly Scope[];
  /** Limits the token to these tenants; null does not limit it. */
  readonly tenants: readonly string[] | null;
  /** A number and a unit: `90s`, `15m`, `1h`, `30d`. */
  readonly ttl: string;
}

/** Of whom and for whom a token is: what the gateway expects of it. */
export interface Parties {
  readonly AUTH_ISSUER: string;
  readonly AUTH_AUDIENCE: string;
}

export function signToken(signing: SigningKey, parties: Parties, request: TokenRequest): Promise<string> {
  return new SignJWT({ scope: request.scopes.join(' '), ...(request.tenants === null ? {} : { tenants: request.tenants }) })
    .setProtectedHeader({ alg: signing.algorithm, kid: signing.id, typ: 'JWT' })
    .setIssuer(parties.AUTH_ISSUER)
    .setAudience(parties.AUTH_AUDIENCE)
    .setSubject(request.subject)
    .setIssuedAt()
    .setExpirationTime(request.ttl)
    .sign(signing.key);
}

const SCOPE_OF = {
  reader: 'ats:read',
  writer: 'results:write',
  platform: 'platform:admin',
  consent: 'consent:write',
  compliance: 'compliance:read',
} as const satisfies Record<string, Scope>;

const DEVELOPMENT_TTL = '30d';

export type DevelopmentTokens = Readonly<Record<keyof typeof SCOPE_OF, string>>;

export interface WrittenTokens {
  readonly file: string;
  readonly tokens: DevelopmentTokens;
}

/** Signs one token per kind of caller and writes them to `dev-tokens.json` in the data directory. */
export async function writeDevelopmentTokens(dataDir: string, parties: Parties): Promise<WrittenTokens> {
  const signing = await loadSigningKey(dataDir);
  const sign = (caller: keyof typeof SCOPE_OF) =>
    signToken(signing, parties, { subject: `development-${caller}`, scopes: [SCOPE_OF[caller]], tenants: null, ttl: DEVELOPMENT_TTL });
  const tokens: DevelopmentTokens = {
    reader: await sign('reader'),
    writer: await sign('writer'),
    platform: await sign('platform'),
    consent: await sign('consent'),
    compliance: await sign('compliance'),
  };
  const file = path.join(dataDir, 'dev-tokens.json');
  replaceFile(file, `${JSON.stringify(tokens, null, 2)}\n`);
  return { file, tokens };
}
