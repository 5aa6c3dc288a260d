import { grantFor, type Decision, type Grant } from '#libs/consent';
import { fieldNamesOf, type Resource, RESOURCES } from '#libs/model';

const OPEN: Decision = {
  open: true,
  read: RESOURCES,
  write: [],
  subProcessors: [],
  reasons: [],
  refusal: null,
  documentVersion: 'v1',
  nextChangeAt: null,
};

/** A grant for these fields of the resource; all of it where none are named. `read`: the resources that the agreement covers. */
export function grantOf<R extends Resource>(
  resource: R,
  fields: readonly string[] = fieldNamesOf(resource),
  read: readonly Resource[] = RESOURCES,
): Grant {
  const outcome = grantFor({
    tenantId: 'tenant',
    decision: { ...OPEN, read: RESOURCES.filter((known) => read.includes(known)) },
    epoch: '1',
    integration: { id: 'integration', type: 'native' },
    purpose: 'sync',
    narrowing: { jobScope: null, hiddenFields: { [resource]: fieldNamesOf(resource).filter((name) => !fields.includes(name)) } },
  });
  if (!outcome.granted) throw new Error(outcome.detail);
  return outcome.grant;
}
