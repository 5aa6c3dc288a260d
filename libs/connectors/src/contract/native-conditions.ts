import type { Condition } from './connector.js';

/** What every native connector's link can come to. A connector puts the code into the context of the errors that it throws. */
export const NATIVE_CONDITIONS = {
  CONNECTED: { state: 'connected', nextStep: null },
  /** 401, or what the ATS says instead. */
  LOGIN_REFUSED: {
    state: 'remote-auth-failed',
    nextStep: 'Enter new credentials (PATCH the integration): the ATS refuses those that it has.',
  },
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
} as const satisfies Readonly<Record<string, Condition>>;
