import { randomBytes } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { exportJWK, generateKeyPair, importJWK, type CryptoKey, type JWK } from 'jose';
import { GatewayError } from '#libs/model';

const PRIVATE_FILE = 'dev-key.json';
/** Where the gateway looks for the public half in development. */
const JWKS_FILE = 'dev-jwks.json';
const ENCRYPTION_FILE = 'encryption-key';

export const KEY_ID = 'development';
const ALGORITHM = 'ES256';

/** The key pair that development tokens are signed with; made in the data directory the first time, the same ever after. */
export async function loadSigningKey(dataDir: string): Promise<CryptoKey> {
  const file = join(dataDir, PRIVATE_FILE);
  mkdirSync(dataDir, { recursive: true, mode: 0o700 });
  if (!existsSync(file)) await makeKeyPair(dataDir);
  const jwk: unknown = JSON.parse(readFileSync(file, 'utf8'));
  const key = isJwk(jwk) ? await importJWK(jwk, ALGORITHM) : null;
  if (key === null || key instanceof Uint8Array)
    throw new GatewayError('config-invalid', { detail: `${file} is no key; remove it and start again` });
  return key;
}

const isJwk = (value: unknown): value is JWK => typeof value === 'object' && value !== null;

async function makeKeyPair(dataDir: string): Promise<void> {
  const pair = await generateKeyPair(ALGORITHM, { extractable: true });
  const publicKey = { ...(await exportJWK(pair.publicKey)), kid: KEY_ID, alg: ALGORITHM, use: 'sig' };
  writeFileSync(join(dataDir, JWKS_FILE), `${JSON.stringify({ keys: [publicKey] }, null, 2)}\n`);
  writeFileSync(join(dataDir, PRIVATE_FILE), `${JSON.stringify(await exportJWK(pair.privateKey))}\n`, { mode: 0o600 });
}

/** 32 bytes, base64, that wrap the tenants' keys in development; made the first time, the same ever after. */
export function loadEncryptionKey(dataDir: string): string {
  const file = join(dataDir, ENCRYPTION_FILE);
  if (!existsSync(file)) writeFileSync(file, randomBytes(32).toString('base64'), { mode: 0o600 });
  return readFileSync(file, 'utf8').trim();
}
