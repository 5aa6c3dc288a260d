import { grantFor, type Decision, type Grant, type Narrowing } from '#libs/consent';
import { fieldNamesOf, RESOURCES, type IntegrationType, type Resource } from '#libs/model';

export interface Leave {
  readonly type: IntegrationType;
  readonly purpose?: 'sync' | 'write-back';
  readonly read?: readonly Resource[];
  /** What the tenant hides. */
  readonly hiddenFields?: Narrowing['hiddenFields'];
  /** The only fields of a resource that are granted; the tenant hides the others. */
  readonly only?: { readonly resource: Resource; readonly fields: readonly string[] };
}

/** A grant, made as the gateway makes one: to sync by default. */
export function grantOf({ type, read = RESOURCES, only, hiddenFields, purpose = 'sync' }: Leave): Grant {
  const decision: Decision = {
    open: true,
    read,
    write: ['result'],
    subProcessors: ['kombo'],
    reasons: [],
    refusal: null,
    documentVersion: '1',
    nextChangeAt: null,
  };
  const others = only === undefined ? {} : { [only.resource]: fieldNamesOf(only.resource).filter((name) => !only.fields.includes(name)) };
  const outcome = grantFor({
    tenantId: 'tenant',
    decision,
    epoch: '1',
    integration: { id: 'integration', type },
    purpose,
    narrowing: { hiddenFields: hiddenFields ?? others, jobScope: null },
  });
  if (!outcome.granted) throw new Error(outcome.detail);
  return outcome.grant;
}

/** A grant to sync with an ATS's own API: all resources or those given, without the fields that the customer hides. */
export const grantToRead = (read: readonly Resource[] = RESOURCES, hiddenFields: Narrowing['hiddenFields'] = {}): Grant =>
  grantOf({ type: 'native', read, hiddenFields });
