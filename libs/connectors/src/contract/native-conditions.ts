import type { Condition } from './connector.js';

/** What every native connector's link can come to. The code stands in the context of the errors that a connector throws. */
export const NATIVE_CONDITIONS = {
  CONNECTED: { state: 'connected', nextStep: null },
  /** 401, or what the ATS says instead. */
  LOGIN_REFUSED: {
    state: 'remote-auth-failed',
    nextStep: 'Enter new credentials (PATCH the integration): the ATS refuses those that it has.',
  },
  /** Of the OAuth engine: the token endpoint refuses. */
  OAUTH_REFUSED: {
    state: 'remote-auth-failed',
    nextStep:
      'Have the customer let us in again (POST …/integrations/{id}/authorize), or enter new client credentials: the ATS gives no more tokens.',
  },
  /** 403, or what the ATS says instead. */
  RIGHTS_MISSING: {
    state: 'remote-not-ready',
    nextStep: 'Have the customer grant the rights that the connector’s page names to the key or user.',
  },
  /** 404 on what every account has. */
  ACCOUNT_UNKNOWN: {
    state: 'remote-deleted',
    nextStep: 'Check the settings that name the account (region, subdomain, company): the ATS knows no such account.',
  },
} as const satisfies Readonly<Record<string, Condition>>;

export type NativeCondition = keyof typeof NATIVE_CONDITIONS;
