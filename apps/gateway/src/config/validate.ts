import { plainToInstance } from 'class-transformer';
import { validateSync, type ValidationError } from 'class-validator';
import { GatewayError } from '#libs/model';
import { Environment } from './environment.js';

/** Has a default in development that must not be relied on in production. */
const NEEDED_IN_PRODUCTION = ['KOMBO_API_URL', 'AUTH_JWKS_URL', 'AUTH_ISSUER', 'AUTH_AUDIENCE'] as const;

/** Checks the environment once, at the start. Throws `config-invalid` naming every variable at fault, never a value. */
export function validateEnvironment(raw: Readonly<Record<string, unknown>>): Environment {
  const given = Object.fromEntries(Object.entries(raw).filter(([, value]) => value !== ''));
  const environment = plainToInstance(Environment, given, { exposeDefaultValues: true });
  const faults = validateSync(environment, { forbidUnknownValues: false }).map(faultOf);
  const missing = environment.NODE_ENV === 'production' ? NEEDED_IN_PRODUCTION.filter((name) => given[name] === undefined) : [];
  const all = [...faults, ...missing.map((name) => `${name} is missing`)];
  if (all.length === 0) return environment;
  throw new GatewayError('config-invalid', { detail: `${all.join('; ')}. docs/generated/config.md says what each variable means` });
}

function faultOf({ property, value }: ValidationError): string {
  return value === undefined ? `${property} is missing` : `${property} is not valid`;
}
