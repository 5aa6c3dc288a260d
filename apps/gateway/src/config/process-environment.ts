import { GatewayError } from '#libs/model';
import type { Environment } from './environment.js';
import { refuseDumps } from './no-dumps.js';
import { validateEnvironment } from './validate.js';

/** The process's own environment, checked. Throws `config-invalid`. */
export function environmentOfProcess(): Environment {
  const environment = validateEnvironment(process.env);
  if (environment.NODE_ENV === 'production') refuseDumps({ nodeOptions: environment.NODE_OPTIONS, execArgv: process.execArgv });
  return environment;
}

/** The owner's login, for migrations. Throws `config-invalid`. */
export function ownerUrlOfProcess(): string {
  const url = process.env['DATABASE_OWNER_URL'] ?? process.env['DATABASE_URL'];
  if (url !== undefined && url !== '') return url;
  throw new GatewayError('config-invalid', {
    detail: 'DATABASE_OWNER_URL is missing: the login that owns the tables (DATABASE_URL is taken where it is not set)',
  });
}
