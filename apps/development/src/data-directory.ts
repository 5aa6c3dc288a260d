import { mkdirSync } from 'node:fs';
import { GatewayError } from '#libs/model';

/** Makes the data directory where there is none. Others may pass through it (as root, PostgreSQL runs as another user), not list it. Throws `config-invalid`. */
export function ensureDataDirectory(dataDir: string): void {
  try {
    mkdirSync(dataDir, { recursive: true, mode: 0o711 });
  } catch {
    throw new GatewayError('config-invalid', { detail: `DATA_DIR: ${dataDir} cannot be made; set DATA_DIR to a directory of yours` });
  }
}
