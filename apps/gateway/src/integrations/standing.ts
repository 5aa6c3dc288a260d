import type { Condition, Connector } from '#libs/connectors';
import type { IntegrationState } from '#libs/model';
import type { IntegrationRow } from '#libs/store';

/** What to do where the connector's own words do not say more. */
const NEXT_STEPS: Readonly<Record<IntegrationState, string | null>> = {
  'not-connected': 'Enter the settings that name the account, or send the customer a connect link.',
  connected: null,
  'remote-not-ready': 'Wait: the source cannot be read yet. Run the check of the integration to see more.',
  'remote-data-stale': 'Wait for the source’s next sync.',
  'remote-auth-failed': 'Have the login at the ATS repaired, then run the check of the integration.',
  'remote-disabled': 'Enable the integration at the source.',
  'remote-deleted': 'Connect the customer anew.',
};

/** In these the source can be read. */
const READABLE: ReadonlySet<IntegrationState> = new Set(['connected', 'remote-data-stale']);

export const isReadable = (state: IntegrationState): boolean => READABLE.has(state);

/** How a link stands, for a person. */
export interface Standing {
  readonly state: IntegrationState;
  readonly stateCode: string | null;
  readonly nextStep: string | null;
}

/** What a person reads of a link's state. A code that the connector does not know says no more than the state. */
export function standingOf(connector: Connector | undefined, { state, stateCode }: Pick<IntegrationRow, 'state' | 'stateCode'>): Standing {
  const condition = connector?.manifest.conditions.get(stateCode ?? '');
  const nextStep = condition?.state === state ? condition.nextStep : NEXT_STEPS[state];
  return { state, stateCode: stateCode ?? null, nextStep };
}

/** What a code of the connector's comes to; null where it says nothing about the link. */
export function conditionOf({ manifest }: Connector, code: string | null): Condition | null {
  return (code === null ? undefined : manifest.conditions.get(code)) ?? null;
}
