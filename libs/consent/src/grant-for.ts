import { type ConsentKind, fieldNamesOf, GatewayError, type IntegrationType, type Resource } from '#libs/model';
import type { Decision } from './decision.js';
import { type Grant, type JobScope, makeGrant, type Purpose } from './grant.js';
import { NEXT_STEP, type Reason } from './reasons.js';

/** What the tenant takes away from what the agreement covers. It can never add. */
export interface Narrowing {
  readonly hiddenFields: { readonly [R in Resource]?: readonly string[] };
  readonly jobScope: JobScope | null;
}

export interface GrantRequest {
  readonly tenantId: string;
  readonly decision: Decision;
  /** Of the tenant's gate, read together with the decision. */
  readonly epoch: string;
  readonly integration: { readonly id: string; readonly type: IntegrationType };
  readonly purpose: Purpose;
  readonly narrowing: Narrowing;
}

export interface Refused {
  readonly granted: false;
  readonly kind: ConsentKind;
  readonly reasons: readonly Reason[];
  /** One sentence that names the next step. */
  readonly detail: string;
}

export type GrantOutcome = { readonly granted: true; readonly grant: Grant } | Refused;

const refused = (kind: ConsentKind, reason: Reason, others: readonly Reason[]): Refused => ({
  granted: false,
  kind,
  reasons: [reason, ...others.filter((other) => other !== reason)],
  detail: NEXT_STEP[reason],
});

function whyNotCovered({ decision, integration, purpose }: GrantRequest): Reason | null {
  if (integration.type === 'kombo' && !decision.subProcessors.includes('kombo')) return 'sub-processor-not-listed';
  if (purpose === 'write-back') return decision.write.includes('result') ? null : 'result-not-covered';
  return decision.read.length > 0 ? null : 'resource-not-covered';
}

function readableFields({ decision, narrowing }: GrantRequest): ReadonlyMap<Resource, ReadonlySet<string>> {
  return new Map(
    decision.read.map((resource) => {
      const hidden = new Set(narrowing.hiddenFields[resource] ?? []);
      return [resource, new Set(fieldNamesOf(resource).filter((name) => !hidden.has(name)))];
    }),
  );
}

/**
 * Makes a grant for one purpose, or says why not. A grant to sync or serve cannot write, one to write back cannot read. Never throws; turns a
 * decision that is not open, or does not cover the integration type or the purpose, into a refusal of a consent kind.
 */
export function grantFor(request: GrantRequest): GrantOutcome {
  const { tenantId, decision, epoch, integration, purpose, narrowing } = request;
  if (!decision.open) {
    return refused(decision.refusal ?? 'consent-missing', decision.reasons[0] ?? 'ledger-not-understood', decision.reasons);
  }
  const reason = whyNotCovered(request);
  if (reason !== null) return refused('consent-does-not-cover', reason, decision.reasons);

  const isWriting = purpose === 'write-back';
  const grant = makeGrant({
    tenantId,
    integrationId: integration.id,
    integrationType: integration.type,
    epoch,
    purpose,
    fields: isWriting ? new Map() : readableFields(request),
    write: new Set(isWriting ? decision.write : []),
    jobScope: narrowing.jobScope,
  });
  return { granted: true, grant };
}

/** Throws `consent-does-not-cover` where the grant does not let the resource be read. */
export function requireResource(grant: Grant, resource: Resource): void {
  if (grant.fields.has(resource)) return;
  throw new GatewayError('consent-does-not-cover', { context: { resource }, detail: NEXT_STEP['resource-not-covered'] });
}
