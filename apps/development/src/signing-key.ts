import path from 'node:path';
import { calculateJwkThumbprint, exportJWK, generateKeyPair, importJWK, type JWK } from 'jose';
import { GatewayError } from '#libs/model';
import { LOCAL_JWKS_FILE } from '../../gateway/src/http/tokens.js';
import { keepOnce, readIfThere, replaceFile } from './kept-file.js';

const ALGORITHM = 'ES256';
const PRIVATE_FILE = 'dev-key.json';

/** The key that signs development tokens. */
export interface SigningKey {
  readonly algorithm: string;
  readonly id: string;
  readonly key: Awaited<ReturnType<typeof importJWK>>;
}

/** The local key pair: made in the data directory the first time. The public half lies where the gateway looks for it. Throws `config-invalid`. */
export async function loadSigningKey(dataDir: string): Promise<SigningKey> {
  const file = path.join(dataDir, PRIVATE_FILE);
  const kept = readIfThere(file) ?? keepOnce(file, await generateKey());
  try {
    const { d, ...publicHalf } = jwkIn(kept);
    const id = await calculateJwkThumbprint(publicHalf);
    const key = await importJWK({ ...publicHalf, d }, ALGORITHM);
    const published = `${JSON.stringify({ keys: [{ ...publicHalf, kid: id, alg: ALGORITHM, use: 'sig' }] })}\n`;
    const publicFile = path.join(dataDir, LOCAL_JWKS_FILE);
    if (readIfThere(publicFile) !== published) replaceFile(publicFile, published);
    return { algorithm: ALGORITHM, id, key };
  } catch {
    throw new GatewayError('config-invalid', { detail: `${file} is no private key: remove it, and a new one is made` });
  }
}

async function generateKey(): Promise<string> {
  const { privateKey } = await generateKeyPair(ALGORITHM, { extractable: true });
  return `${JSON.stringify(await exportJWK(privateKey))}\n`;
}

function jwkIn(text: string): JWK & { readonly d: string } {
  const parsed: unknown = JSON.parse(text);
  if (isPrivateJwk(parsed)) return parsed;
  throw new TypeError('not a private key');
}

function isPrivateJwk(value: unknown): value is JWK & { readonly d: string } {
  return typeof value === 'object' && value !== null && 'd' in value && typeof value.d === 'string';
}
