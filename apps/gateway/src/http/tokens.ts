import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { Injectable } from '@nestjs/common';
import {
  createLocalJWKSet,
  createRemoteJWKSet,
  jwtVerify,
  type JSONWebKeySet,
  type JWK,
  type JWTPayload,
  type JWTVerifyGetKey,
} from 'jose';
import { GatewayError, isUuid } from '#libs/model';
import { Environment } from '../config/environment.js';
import type { Principal } from './principal.js';

/** What the development's `npm start` and `npm run token` keep their public key in, below DATA_DIR. */
export const LOCAL_JWKS_FILE = 'dev-jwks.json';

/** Asymmetric only: a shared secret would let every verifier sign. */
const ALGORITHMS = ['RS256', 'PS256', 'ES256', 'EdDSA'];
const CLOCK_TOLERANCE_SECONDS = 5;

/** Verifies callers' tokens (JWT, OIDC): signature, issuer, audience, times. Throws `unauthenticated` without saying why: that helps attackers only. */
@Injectable()
export class Tokens {
  private readonly keys: JWTVerifyGetKey;

  constructor(private readonly environment: Environment) {
    this.keys = keysOf(environment);
  }

  async verify(token: string): Promise<Principal> {
    const { AUTH_ISSUER: issuer, AUTH_AUDIENCE: audience } = this.environment;
    const options = { issuer, audience, algorithms: ALGORITHMS, clockTolerance: CLOCK_TOLERANCE_SECONDS, requiredClaims: ['exp', 'sub'] };
    try {
      const { payload } = await jwtVerify(token, this.keys, options);
      return principalFrom(payload);
    } catch {
      throw new GatewayError('unauthenticated');
    }
  }
}

function keysOf({ AUTH_JWKS_URL, DATA_DIR, NODE_ENV }: Environment): JWTVerifyGetKey {
  if (AUTH_JWKS_URL !== undefined) return createRemoteJWKSet(new URL(AUTH_JWKS_URL));
  const file = join(DATA_DIR, LOCAL_JWKS_FILE);
  if (NODE_ENV === 'production' || !existsSync(file)) {
    throw new GatewayError('config-invalid', {
      detail: 'AUTH_JWKS_URL is missing; in development run "npm start" or "npm run token" once, which make a local key pair',
    });
  }
  return createLocalJWKSet(jwksIn(readFileSync(file, 'utf8')));
}

const isJwk = (key: unknown): key is JWK => typeof key === 'object' && key !== null;

function jwksIn(json: string): JSONWebKeySet {
  const parsed: unknown = JSON.parse(json);
  const keys: unknown = typeof parsed === 'object' && parsed !== null && 'keys' in parsed ? parsed.keys : undefined;
  if (Array.isArray(keys)) return { keys: keys.filter(isJwk) };
  throw new GatewayError('config-invalid', { detail: `${LOCAL_JWKS_FILE} in DATA_DIR is no key set; remove it and run "npm start" again` });
}

/** A claim that is there but unreadable limits the token to nothing, rather than not at all. */
function principalFrom({ sub, scope, tenants }: JWTPayload): Principal {
  const scopes = new Set(typeof scope === 'string' ? scope.split(' ').filter((one) => one !== '') : []);
  if (tenants === undefined) return { subject: sub ?? '', scopes, tenants: null };
  const ids = Array.isArray(tenants) ? tenants.filter((id): id is string => typeof id === 'string' && isUuid(id)) : [];
  return { subject: sub ?? '', scopes, tenants: new Set(ids.map((id) => id.toLowerCase())) };
}
