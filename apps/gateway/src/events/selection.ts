import { Injectable } from '@nestjs/common';
import { namesOfStages, Store, type FeedRow, type HeldSubscription } from '#libs/store';
import { fitsStagePattern } from './stage-pattern.js';
import { isSubscribed } from './subscribed-types.js';

/** What a subscription is told of. */
type Filter = Pick<HeldSubscription, 'types' | 'tenantIds' | 'stageName'>;

const keyOf = (applicationId: string, stageId: string): string => `${applicationId} ${stageId}`;
const stageOf = ({ details }: FeedRow): string | null => details?.['stageId'] ?? null;

/**
 * Which rows of the feed a subscription is told of. Consent is not asked: an event names nobody, and whoever heard of a record hears of its end also after
 * the customer has revoked; the records themselves are then refused.
 */
@Injectable()
export class Selection {
  constructor(private readonly store: Store) {}

  async of({ types, tenantIds, stageName }: Filter, rows: readonly FeedRow[]): Promise<readonly FeedRow[]> {
    const told = rows.filter(
      ({ resource, kind, tenantId }) => isSubscribed(types, `${resource}.${kind}`) && (tenantIds === null || tenantIds.includes(tenantId)),
    );
    return stageName === null ? told : this.inStages(stageName, told);
  }

  /** Of applications only those that came into a stage whose name, as it is now, fits the pattern. */
  private async inStages(pattern: string, rows: readonly FeedRow[]): Promise<readonly FeedRow[]> {
    const moved = rows.filter((row) => row.resource === 'application' && stageOf(row) !== null);
    const fitting = new Set<string>();
    for (const [tenantId, ofTenant] of Map.groupBy(moved, (row) => row.tenantId)) {
      const stages = ofTenant.map((row) => ({ applicationId: row.recordId, stageId: stageOf(row) ?? '' }));
      for (const { applicationId, stageId, name } of await this.store.inTenant(tenantId, (tx) => namesOfStages(tx, stages)))
        if (fitsStagePattern(pattern, name)) fitting.add(keyOf(applicationId, stageId));
    }
    return rows.filter((row) => row.resource !== 'application' || fitting.has(keyOf(row.recordId, stageOf(row) ?? '')));
  }
}
