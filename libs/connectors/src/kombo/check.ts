import { GatewayError } from '#libs/model';
import type { Call } from '../contract/call.js';
import type { CheckOutcome } from '../contract/connector.js';
import { own } from '../contract/raw-object.js';
import { integrationIdOf, readPlatform } from './client.js';

const NOT_FOUND = 'PLATFORM.INTEGRATION_NOT_FOUND';

const NEXT_STEPS = {
  NOT_BOUND: 'Enter the id of the Kombo integration, or send the customer a connect link.',
  [NOT_FOUND]: 'Check the id: it was deleted, or belongs to another Kombo environment or region.',
  WRONG_CATEGORY: 'Enter the id of an integration of the category ATS.',
  INVALID: 'Send the customer a relink link: the ATS refuses the stored login.',
  INACTIVE: 'Enable the integration in the Kombo dashboard.',
  SETUP_INCOMPLETE: 'Send the customer a setup link: the connection flow is not finished.',
  SETUP_SYNC_PENDING: 'Wait: Kombo is reading the ATS for the first time, which can take hours.',
  UNKNOWN: 'Look at the integration in the Kombo dashboard: it is in a state that is new to this connector.',
} as const;

const SETUP_CODES: ReadonlyMap<unknown, keyof typeof NEXT_STEPS> = new Map([
  ['INCOMPLETE', 'SETUP_INCOMPLETE'],
  ['FINAL_SYNC_PENDING', 'SETUP_SYNC_PENDING'],
] as const);

/** Asks for the key and for the integration's state: no call that carries a record. States: Kombo OpenAPI, 2026-05-02. */
export async function check(call: Call): Promise<CheckOutcome> {
  if (call.settings['komboIntegrationId'] === undefined) return notReady('NOT_BOUND');
  await readPlatform(call, 'check-api-key');
  try {
    return outcomeOf(await readPlatform(call, `integrations/${encodeURIComponent(integrationIdOf(call))}`));
  } catch (error) {
    if (error instanceof GatewayError && error.context['code'] === NOT_FOUND) return notReady(NOT_FOUND);
    throw error;
  }
}

function outcomeOf(integration: object): CheckOutcome {
  const status = own(integration, 'status');
  const setup = own(integration, 'setup_status');
  if (own(integration, 'category') !== 'ATS') return notReady('WRONG_CATEGORY');
  if (status === 'INVALID' || status === 'INACTIVE') return notReady(status);
  if (status === 'ACTIVE' && setup === 'COMPLETED') return { ready: true, code: 'ACTIVE', nextStep: null };
  return notReady((status === 'ACTIVE' ? SETUP_CODES.get(setup) : undefined) ?? 'UNKNOWN');
}

const notReady = (code: keyof typeof NEXT_STEPS): CheckOutcome => ({ ready: false, code, nextStep: NEXT_STEPS[code] });
