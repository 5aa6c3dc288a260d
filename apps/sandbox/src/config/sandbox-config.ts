import { GatewayError } from '#libs/model';

export interface SandboxConfig {
  readonly host: string;
  readonly port: number;
}

/** Throws `config-invalid` for a port that is none. */
export function readConfig(): SandboxConfig {
  const { HOST = '127.0.0.1', SANDBOX_PORT = '4010' } = process.env;
  const port = Number(SANDBOX_PORT);
  if (!/^\d{1,5}$/.test(SANDBOX_PORT) || port > 65_535) {
    throw new GatewayError('config-invalid', { detail: 'SANDBOX_PORT must be a port number' });
  }
  return { host: HOST, port };
}
