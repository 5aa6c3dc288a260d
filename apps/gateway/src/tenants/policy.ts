import { Inject, Injectable } from '@nestjs/common';
import { fieldNamesOf, GatewayError, RESOURCES, type Clock, type Resource } from '#libs/model';
import { advanceEpoch, cancelRuns, clearFields, deleteOutsideScope, lockTenant, Store, TenantPolicy, type Transaction } from '#libs/store';
import { CLOCK } from '../config/clock.js';
import { SyncRequests } from '../sync/requests.js';
import type { PolicyBody } from './tenant.dto.js';

export interface PolicyView {
  readonly hiddenFields: Readonly<Record<string, readonly string[]>>;
  readonly jobScope: { readonly stageNameContains: string } | null;
  readonly retentionDays: number | null;
}

const EMPTY: PolicyView = { hiddenFields: {}, jobScope: null, retentionDays: null };

/** How a tenant narrows what enters. It takes effect in the call's own transaction, on what is stored too; it can never widen. */
@Injectable()
export class Policies {
  constructor(
    private readonly store: Store,
    private readonly syncs: SyncRequests,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  async change(tenantId: string, patch: PolicyBody): Promise<PolicyView> {
    return this.store.inTenant(tenantId, async (tx) => {
      if (!(await lockTenant(tx, tenantId))) throw new GatewayError('not-found', { detail: 'no such tenant; PUT it first' });
      const before = await this.read(tx, tenantId);
      const after = merge(before, patch);
      await this.save(tx, tenantId, after);
      await this.apply(tx, tenantId, before, after);
      return after;
    });
  }

  /** The policy in force; nothing is narrowed where none was ever set. */
  async read(tx: Transaction, tenantId: string): Promise<PolicyView> {
    const row = await tx.em.findOne(TenantPolicy, { tenantId });
    if (row === null) return EMPTY;
    const { hiddenFields, jobStageContains, retentionDays } = row;
    const jobScope = jobStageContains === null || jobStageContains === undefined ? null : { stageNameContains: jobStageContains };
    return { hiddenFields, jobScope, retentionDays: retentionDays ?? null };
  }

  private async save(tx: Transaction, tenantId: string, { hiddenFields, jobScope, retentionDays }: PolicyView): Promise<void> {
    await tx.em.upsert(TenantPolicy, {
      tenantId,
      hiddenFields: Object.fromEntries(Object.entries(hiddenFields).map(([resource, names]) => [resource, [...names]])),
      jobStageContains: jobScope?.stageNameContains ?? null,
      retentionDays,
      updatedAt: this.clock.now(),
    });
  }

  /** Ends what runs under the old policy first: its grant waits for this transaction, and then holds no longer. */
  private async apply(tx: Transaction, tenantId: string, before: PolicyView, after: PolicyView): Promise<void> {
    if (JSON.stringify([before.hiddenFields, before.jobScope]) === JSON.stringify([after.hiddenFields, after.jobScope])) return;
    const now = this.clock.now();
    await advanceEpoch(tx, tenantId);
    await cancelRuns(tx, tenantId, null, now);
    for (const resource of RESOURCES) await clearFields(tx, tenantId, resource, after.hiddenFields[resource] ?? [], now);
    if (after.jobScope !== null) await deleteOutsideScope(tx, tenantId, after.jobScope.stageNameContains, now);
    await this.syncs.startNow(tx, tenantId, 'full');
  }
}

function merge(before: PolicyView, patch: PolicyBody): PolicyView {
  const after = {
    hiddenFields: patch.hiddenFields === undefined ? before.hiddenFields : hiddenFrom(patch.hiddenFields),
    jobScope:
      patch.jobScope === undefined
        ? before.jobScope
        : patch.jobScope === null
          ? null
          : { stageNameContains: patch.jobScope.stageNameContains },
    retentionDays: patch.retentionDays === undefined ? before.retentionDays : patch.retentionDays,
  };
  if (after.jobScope !== null) requireScopeFields(after.hiddenFields);
  return after;
}

/** Without them nobody could say what is in the scope, and everything would go. */
const SCOPE_FIELDS: readonly (readonly [Resource, string])[] = [
  ['job', 'stages'],
  ['application', 'jobId'],
  ['application', 'candidateId'],
];

function requireScopeFields(hidden: PolicyView['hiddenFields']): void {
  for (const [resource, field] of SCOPE_FIELDS) {
    if (hidden[resource]?.includes(field) !== true) continue;
    throw new GatewayError('invalid-request', {
      detail: `"jobScope" needs "${field}" of every ${resource}, which "hiddenFields" hides; drop one of the two`,
    });
  }
}

function hiddenFrom(given: Readonly<Record<string, unknown>>): Record<string, string[]> {
  const unknown = Object.keys(given).filter((name) => !RESOURCES.some((resource) => resource === name));
  if (unknown.length > 0) throw new GatewayError('invalid-request', { detail: `"hiddenFields" takes ${RESOURCES.join(', ')} only` });
  return Object.fromEntries(
    RESOURCES.filter((resource) => Object.hasOwn(given, resource)).map((resource) => [resource, namesFor(resource, given[resource])]),
  );
}

function namesFor(resource: Resource, value: unknown): string[] {
  const known: readonly string[] = fieldNamesOf(resource);
  if (Array.isArray(value) && value.every((name): name is string => typeof name === 'string' && known.includes(name)))
    return [...new Set(value)].sort();
  throw new GatewayError('invalid-request', { detail: `"hiddenFields.${resource}" takes a list of: ${known.join(', ')}` });
}
