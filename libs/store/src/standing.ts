import type { Transaction } from './transaction.js';

/** How the whole service stands, for its metrics: counts only. */
export interface ServiceStanding {
  readonly integrations: readonly { readonly type: string; readonly state: string; readonly active: boolean; readonly count: number }[];
  readonly unfinishedRuns: readonly { readonly state: string; readonly count: number }[];
  readonly overdueSyncs: number;
  readonly pendingNotices: number;
  readonly waitingTasks: number;
  /** Of the task that has waited longest. */
  readonly oldestWaitingTaskSeconds: number;
}

/** One look at everything that is counted over all tenants. */
export async function readStanding(tx: Transaction, now: Date): Promise<ServiceStanding> {
  const [row] = await tx.rows<ServiceStanding>(
    `select
       (select coalesce(json_agg(i), '[]') from (
          select type, state, active, count(*)::int as count from integration where deleted_at is null group by 1, 2, 3) i) as integrations,
       (select coalesce(json_agg(r), '[]') from (
          select state, count(*)::int as count from sync_run where state in ('queued', 'running') group by 1) r) as "unfinishedRuns",
       (select count(*)::int from sync_schedule s join integration i on i.tenant_id = s.tenant_id and i.id = s.integration_id and i.active
        where s.next_run_at < $1) as "overdueSyncs",
       (select count(*)::int from sync_notice where pending) as "pendingNotices",
       t.count as "waitingTasks", coalesce(extract(epoch from now() - t.oldest), 0)::int as "oldestWaitingTaskSeconds"
     from (select count(*)::int as count, min(start_after) as oldest from task.job where state in ('created', 'retry') and start_after <= now()) t`,
    [now.toISOString()],
  );
  return row ?? { integrations: [], unfinishedRuns: [], overdueSyncs: 0, pendingNotices: 0, waitingTasks: 0, oldestWaitingTaskSeconds: 0 };
}
