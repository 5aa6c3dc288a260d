import type { Condition } from '../contract/connector.js';

const waiting = (nextStep: string): Condition => ({ state: 'remote-not-ready', nextStep });

/**
 * What Kombo's states and error codes say about a link. Codes with a prefix are Kombo's own (TypeScript SDK 1.3.4, 2026-07-28), the others
 * name what only a look at the integration shows (Kombo OpenAPI, 2026-05-02).
 */
export const CONDITIONS = {
  ACTIVE: { state: 'connected', nextStep: null },
  NOT_BOUND: {
    state: 'not-connected',
    nextStep: 'Enter the id of the Kombo integration, or send the customer a link: POST …/integrations/{id}/connect-link.',
  },
  WRONG_CATEGORY: { state: 'not-connected', nextStep: 'Enter the id of an integration of the category ATS.' },
  'PLATFORM.INTEGRATION_NOT_FOUND': {
    state: 'remote-deleted',
    nextStep: 'Check the id: it was deleted, or belongs to another Kombo environment or region. Connect anew with POST …/connect-link.',
  },
  'INTEGRATION.AUTHENTICATION_INVALID': {
    state: 'remote-auth-failed',
    nextStep: 'Send the customer a relink link (POST …/connect-link): the ATS refuses the stored login.',
  },
  'PLATFORM.AUTHENTICATION_INVALID': {
    state: 'remote-auth-failed',
    nextStep: 'Check KOMBO_API_KEY: Kombo refuses our own key, for every tenant.',
  },
  'PLATFORM.IP_NOT_WHITELISTED': waiting('Have this service’s address admitted for our API key in the Kombo dashboard.'),
  'INTEGRATION.PERMISSION_MISSING': waiting(
    'Have the customer grant the missing right to the login that they connected with, or relink with another.',
  ),
  'INTEGRATION.INACTIVE': { state: 'remote-disabled', nextStep: 'Enable the integration in the Kombo dashboard.' },
  'INTEGRATION.SETUP_INCOMPLETE': waiting('Send the customer a setup link (POST …/connect-link): the connection flow is not finished.'),
  'INTEGRATION.SETUP_SYNC_PENDING': waiting('Wait: Kombo is reading the ATS for the first time, which can take hours.'),
  'INTEGRATION.QA_FAILED': waiting('Ask Kombo: the first data did not pass its quality check.'),
  QA_PENDING: waiting('Wait: Kombo is checking the quality of the first data.'),
  DATA_EXPIRED: {
    state: 'remote-data-stale',
    nextStep: 'Wait for Kombo’s next sync: filters or scopes were changed, and what it holds is from before.',
  },
  UNKNOWN: waiting('Look at the integration in the Kombo dashboard: it is in a state that is new to this connector.'),
} as const satisfies Readonly<Record<string, Condition>>;

export type KomboCondition = keyof typeof CONDITIONS;

export interface KomboStates {
  readonly state: unknown;
  readonly setup: unknown;
  /** Only webhooks tell; undefined where it is not known. */
  readonly qa: unknown;
}

const SETUP: ReadonlyMap<unknown, KomboCondition> = new Map([
  ['INCOMPLETE', 'INTEGRATION.SETUP_INCOMPLETE'],
  ['FINAL_SYNC_PENDING', 'INTEGRATION.SETUP_SYNC_PENDING'],
] as const);

const QA: ReadonlyMap<unknown, KomboCondition> = new Map([
  ['FAILED', 'INTEGRATION.QA_FAILED'],
  ['PENDING', 'QA_PENDING'],
] as const);

/** The one condition that three states of Kombo's come to: what needs a person first. */
export function conditionOf({ state, setup, qa }: KomboStates): KomboCondition {
  if (state === 'INACTIVE') return 'INTEGRATION.INACTIVE';
  if (state === 'INVALID') return 'INTEGRATION.AUTHENTICATION_INVALID';
  if (state !== 'ACTIVE') return 'UNKNOWN';
  if (setup === 'COMPLETED') return (qa === 'PASSED' ? undefined : QA.get(qa)) ?? 'ACTIVE';
  if (setup === 'FINAL_SYNC_PENDING' && qa === 'FAILED') return 'INTEGRATION.QA_FAILED';
  return SETUP.get(setup) ?? 'UNKNOWN';
}
