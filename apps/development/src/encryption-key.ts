import { randomBytes } from 'node:crypto';
import path from 'node:path';
import { GatewayError } from '#libs/model';
import { keepOnce, readIfThere } from './kept-file.js';

const BYTES = 32;

/** The key that wraps the tenants' keys, base64: made in the data directory the first time. Throws `config-invalid`. */
export function loadEncryptionKey(dataDir: string): string {
  const file = path.join(dataDir, 'encryption-key');
  const kept = (readIfThere(file) ?? keepOnce(file, `${randomBytes(BYTES).toString('base64')}\n`)).trim();
  if (Buffer.from(kept, 'base64').length === BYTES) return kept;
  throw new GatewayError('config-invalid', {
    detail: `${file} is no key of ${BYTES} bytes: restore it (without it, stored credentials cannot be read), or remove it to make a new one`,
  });
}
