import { v7 as uuidv7 } from 'uuid';
import type { Resource } from '#libs/model';
import type { SyncCause, SyncMode, SyncProgress } from '../entities/sync.js';
import type { Transaction } from '../transaction.js';

export const NO_PROGRESS: SyncProgress = {
  pages: 0,
  read: 0,
  created: 0,
  changed: 0,
  unchanged: 0,
  deleted: 0,
  heldDeletions: 0,
  setAside: 0,
  droppedFields: {},
  unavailable: [],
};

export interface RunRequest {
  readonly tenantId: string;
  readonly integrationId: string;
  readonly mode: SyncMode;
  readonly cause: SyncCause;
  readonly resources: readonly Resource[];
  readonly now: Date;
}

export interface RequestedRun {
  readonly id: string;
  /** False: one was queued or running already, and this is it. */
  readonly created: boolean;
}

/** Queues a sync run, unless the integration has one that is not finished: then that one is the answer. */
export async function requestRun(tx: Transaction, request: RunRequest): Promise<RequestedRun> {
  const { tenantId, integrationId, mode, cause, resources, now } = request;
  const [made] = await tx.rows<{ id: string }>(
    `insert into sync_run (tenant_id, id, integration_id, mode, cause, resources, state, attempt, step, page, since, progress, requested_at, beat_at)
     values ($1, $2, $3, $4, $8, $5::text[], 'queued', 0, 0, 0, '{}', $6, $7, $7)
     on conflict (tenant_id, integration_id) where state in ('queued', 'running') do nothing returning id`,
    [tenantId, uuidv7(), integrationId, mode, resources, JSON.stringify(NO_PROGRESS), now.toISOString(), cause],
  );
  if (made !== undefined) return { id: made.id, created: true };
  const [open] = await tx.rows<{ id: string }>(
    `select id from sync_run where tenant_id = $1 and integration_id = $2 and state in ('queued', 'running')`,
    [tenantId, integrationId],
  );
  // It finished between the two statements: the second try meets nobody.
  return open === undefined ? requestRun(tx, request) : { id: open.id, created: false };
}

/** Ends the tenant's unfinished runs, and forgets what they had noted. Returns how many. The worker on one of them finds out at its next page, and stores nothing more. */
export async function cancelRuns(tx: Transaction, tenantId: string, error: string | null, now: Date): Promise<number> {
  const [ended] = await tx.rows<{ runs: number }>(
    `with ended as (
       update sync_run set state = 'cancelled', error = $2, finished_at = $3, attempt = attempt + 1, cursor = null
       where tenant_id = $1 and state in ('queued', 'running') returning id
     ), forgotten as (
       delete from sync_seen where tenant_id = $1 and run_id in (select id from ended)
     )
     select count(*)::int as runs from ended`,
    [tenantId, error, now.toISOString()],
  );
  return ended?.runs ?? 0;
}

interface Sought {
  readonly tenantId: string;
  readonly integrationId: string;
  /** The run was of these at least. */
  readonly resources: readonly Resource[];
  /** RFC 3339: it was asked for then or later. */
  readonly since: string;
}

/** Whether there is such a run, however it ended. */
export async function wasRequested(tx: Transaction, { tenantId, integrationId, resources, since }: Sought): Promise<boolean> {
  const rows = await tx.rows(
    `select 1 from sync_run
     where tenant_id = $1 and integration_id = $2 and resources @> $3::text[] and requested_at >= $4 limit 1`,
    [tenantId, integrationId, resources, since],
  );
  return rows.length > 0;
}
