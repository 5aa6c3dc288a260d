import { resolve } from 'node:path';
import { GatewayError } from '#libs/model';

/** What `npm start` can be told; every other variable goes on to the gateway as it is. */
export interface Settings {
  readonly host: string;
  readonly port: number;
  readonly sandboxPort: number;
  /** Absolute. */
  readonly dataDir: string;
  /** A database of one's own in place of the embedded one. */
  readonly databaseUrl: string | null;
  readonly databaseOwnerUrl: string | null;
  readonly demo: boolean;
  /** The process's own variables, for the children. */
  readonly variables: Readonly<Record<string, string | undefined>>;
}

/** Reads the process's environment. Throws `config-invalid` naming the variable. */
export function readSettings(variables: Readonly<Record<string, string | undefined>> = process.env): Settings {
  const databaseUrl = variables['DATABASE_URL'] || null;
  return {
    host: variables['HOST'] || '127.0.0.1',
    port: portOf(variables, 'PORT', 3000),
    sandboxPort: portOf(variables, 'SANDBOX_PORT', 4010),
    dataDir: resolve(variables['DATA_DIR'] || '.data'),
    databaseUrl,
    databaseOwnerUrl: variables['DATABASE_OWNER_URL'] || databaseUrl,
    demo: truthOf(variables, 'DEMO', true),
    variables,
  };
}

function portOf(variables: Readonly<Record<string, string | undefined>>, name: string, usual: number): number {
  const text = variables[name] || String(usual);
  if (/^\d{1,5}$/.test(text) && Number(text) <= 65_535) return Number(text);
  throw new GatewayError('config-invalid', { detail: `${name} must be a port number from 0 to 65535 (0 takes a free one)` });
}

function truthOf(variables: Readonly<Record<string, string | undefined>>, name: string, usual: boolean): boolean {
  const text = variables[name] || String(usual);
  if (text === 'true' || text === 'false') return text === 'true';
  throw new GatewayError('config-invalid', { detail: `${name} must be true or false` });
}
