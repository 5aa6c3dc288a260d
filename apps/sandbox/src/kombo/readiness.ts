import type { Resource } from '#libs/model';
import type { Integration } from './integration.js';
import { KomboError } from './kombo-error.js';
import { isOpen } from './scopes.js';

/** Throws what Kombo answers while the integration cannot be used (Kombo documentation, states; codes of 2026-05). */
export function assertUsable({ state }: Integration): void {
  if (state.status === 'INACTIVE') throw new KomboError('INTEGRATION.INACTIVE', 'The integration is disabled.');
  if (state.setupStatus === 'INCOMPLETE') throw new KomboError('INTEGRATION.SETUP_INCOMPLETE', 'The setup flow was not completed.');
  if (state.qaStatus === 'FAILED') throw new KomboError('INTEGRATION.QA_FAILED', 'The integration did not pass the quality check.');
  if (state.setupStatus === 'FINAL_SYNC_PENDING')
    throw new KomboError('INTEGRATION.SETUP_SYNC_PENDING', 'The first sync is still running.');
  if (state.status === 'INVALID') throw new KomboError('INTEGRATION.AUTHENTICATION_INVALID', 'The credentials are no longer valid.');
}

/** Throws what a list endpoint answers while the integration, or the model, cannot be read. */
export function assertReadable(integration: Integration, resource: Resource): void {
  assertUsable(integration);
  const scope = integration.scopes.model(resource);
  if (scope.coverage !== 'SUPPORTED') throw new KomboError('INTEGRATION.MODEL_NOT_AVAILABLE', 'The tool does not offer the model.');
  if (!isOpen(scope)) throw new KomboError('INTEGRATION.MODEL_DISABLED', 'The model is disabled in the scope config.');
}

export function assertActionOpen({ scopes }: Integration, action: string): void {
  const scope = scopes.action(action);
  if (scope.coverage !== 'SUPPORTED') throw new KomboError('INTEGRATION.ACTION_NOT_AVAILABLE', 'The tool does not offer the action.');
  if (!isOpen(scope)) throw new KomboError('INTEGRATION.ACTION_DISABLED', 'The action is disabled in the scope config.');
}
