import type { Resource } from '#libs/model';
import type { Integration } from './integration.js';
import { KomboError } from './kombo-error.js';
import { isOpen } from './scopes.js';

/** Throws what a list endpoint answers while the integration, or the model, cannot be read (Kombo documentation, states; codes of 2026-05). */
export function assertReadable({ state, scopes }: Integration, resource: Resource): void {
  if (state.status === 'INACTIVE') throw new KomboError('INTEGRATION.INACTIVE', 'The integration is disabled.');
  if (state.setupStatus === 'INCOMPLETE') throw new KomboError('INTEGRATION.SETUP_INCOMPLETE', 'The setup flow was not completed.');
  if (state.qaStatus === 'FAILED') throw new KomboError('INTEGRATION.QA_FAILED', 'The integration did not pass the quality check.');
  if (state.setupStatus === 'FINAL_SYNC_PENDING')
    throw new KomboError('INTEGRATION.SETUP_SYNC_PENDING', 'The first sync is still running.');
  if (state.status === 'INVALID') throw new KomboError('INTEGRATION.AUTHENTICATION_INVALID', 'The credentials are no longer valid.');
  if (!isOpen(scopes.model(resource))) throw new KomboError('INTEGRATION.MODEL_DISABLED', 'The model is disabled in the scope config.');
}
