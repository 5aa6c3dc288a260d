import { grantFor, type Decision, type Grant } from '#libs/consent';
import { RESOURCES, type Resource } from '#libs/model';

/** A grant to sync by way of Kombo, for all resources or those given. */
export function grantToRead(...read: readonly Resource[]): Grant {
  const decision: Decision = {
    open: true,
    read: read.length === 0 ? RESOURCES : read,
    write: [],
    subProcessors: ['kombo'],
    reasons: [],
    refusal: null,
    documentVersion: '1',
    nextChangeAt: null,
  };
  const outcome = grantFor({
    tenantId: 'tenant',
    decision,
    epoch: '1',
    integration: { id: 'integration', type: 'kombo' },
    purpose: 'sync',
    narrowing: { hiddenFields: {}, jobScope: null },
  });
  if (!outcome.granted) throw new Error(outcome.detail);
  return outcome.grant;
}
