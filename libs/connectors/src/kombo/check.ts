import { GatewayError } from '#libs/model';
import type { Call } from '../contract/call.js';
import type { CheckOutcome } from '../contract/connector.js';
import { own } from '../contract/raw-object.js';
import { integrationIdOf, readPlatform } from './client.js';
import { conditionOf, type KomboCondition } from './conditions.js';
import { driftOf } from './drift.js';

const NOT_FOUND = 'PLATFORM.INTEGRATION_NOT_FOUND';

/** Asks how the integration stands and what Kombo collects for it: no call that carries a record. Kombo OpenAPI, 2026-05-02. */
export async function check(call: Call): Promise<CheckOutcome> {
  if (call.settings['komboIntegrationId'] === undefined) return found('NOT_BOUND');
  try {
    return outcomeOf(await readIntegration(call, integrationIdOf(call)));
  } catch (error) {
    if (error instanceof GatewayError && error.context['code'] === NOT_FOUND) return found(NOT_FOUND);
    throw error;
  }
}

/** `GET /integrations/{id}`. */
export function readIntegration(call: Call, id: string): Promise<object> {
  return readPlatform(call, `integrations/${encodeURIComponent(id)}`);
}

function outcomeOf(integration: object): CheckOutcome {
  if (own(integration, 'category') !== 'ATS') return found('WRONG_CATEGORY');
  const condition = conditionOf({ state: own(integration, 'status'), setup: own(integration, 'setup_status'), qa: undefined });
  const isStale = condition === 'ACTIVE' && typeof own(integration, 'data_expired_at') === 'string';
  return { code: isStale ? 'DATA_EXPIRED' : condition, drift: driftOf(own(integration, 'read_models')) };
}

const found = (code: KomboCondition): CheckOutcome => ({ code, drift: null });
