import { grantFor, type Decision, type Grant } from '#libs/consent';
import { fieldNamesOf, RESOURCES, type IntegrationType, type Resource } from '#libs/model';

export interface Leave {
  readonly type: IntegrationType;
  readonly read?: readonly Resource[];
  /** The only fields of a resource that are granted; the tenant hides the others. */
  readonly only?: { readonly resource: Resource; readonly fields: readonly string[] };
}

/** A grant to sync, made as the gateway makes one. */
export function grantOf({ type, read = RESOURCES, only }: Leave): Grant {
  const decision: Decision = {
    open: true,
    read,
    write: [],
    subProcessors: ['kombo'],
    reasons: [],
    refusal: null,
    documentVersion: '1',
    nextChangeAt: null,
  };
  const hidden = only === undefined ? [] : fieldNamesOf(only.resource).filter((name) => !only.fields.includes(name));
  const outcome = grantFor({
    tenantId: 'tenant',
    decision,
    epoch: '1',
    integration: { id: 'integration', type },
    purpose: 'sync',
    narrowing: { hiddenFields: only === undefined ? {} : { [only.resource]: hidden }, jobScope: null },
  });
  if (!outcome.granted) throw new Error(outcome.detail);
  return outcome.grant;
}
