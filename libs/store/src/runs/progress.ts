import type { ErrorKind, Resource } from '#libs/model';
import type { SyncCause, SyncMode, SyncProgress, SyncRunState } from '../entities/sync.js';
import { noteEvent } from '../events/note.js';
import type { Transaction } from '../transaction.js';

/** A run that a worker has taken. Every write under it carries `attempt`: a worker that was given up for dead commits nothing more. */
export interface ClaimedRun {
  readonly tenantId: string;
  readonly id: string;
  readonly integrationId: string;
  readonly mode: SyncMode;
  readonly cause: SyncCause;
  readonly resources: readonly Resource[];
  readonly attempt: number;
  readonly step: number;
  readonly page: number;
  readonly cursor: string | null;
  readonly since: Partial<Record<Resource, string>>;
  readonly progress: SyncProgress;
  readonly startedAt: string;
}

/** Takes an unfinished run for this worker; null where it is finished or cancelled. */
export async function claimRun(tx: Transaction, tenantId: string, id: string, now: Date): Promise<ClaimedRun | null> {
  const [row] = await tx.rows<ClaimedRun>(
    `update sync_run set state = 'running', attempt = attempt + 1, started_at = coalesce(started_at, $3), beat_at = $3
     where tenant_id = $1 and id = $2 and state in ('queued', 'running')
     returning tenant_id as "tenantId", id, integration_id as "integrationId", mode, cause, to_json(resources) as resources, attempt, step, page,
       cursor, since, progress, to_json(started_at) #>> '{}' as "startedAt"`,
    [tenantId, id, now.toISOString()],
  );
  return row ?? null;
}

/** Where a run stands after a page or a step. */
export interface RunPosition {
  readonly step: number;
  readonly page: number;
  readonly cursor: string | null;
  readonly since: Partial<Record<Resource, string>>;
  readonly progress: SyncProgress;
}

const STILL_MINE = `tenant_id = $1 and id = $2 and attempt = $3 and state = 'running'`;

/** Notes where the run stands, in the transaction that got it there. False: the run is no longer this worker's, and the transaction must not commit. */
export async function advanceRun(tx: Transaction, run: ClaimedRun, position: RunPosition, now: Date): Promise<boolean> {
  const { step, page, cursor, since, progress } = position;
  const changed = await tx.run(
    `update sync_run set step = $4, page = $5, cursor = $6, since = $7, progress = $8, beat_at = $9 where ${STILL_MINE}`,
    [run.tenantId, run.id, run.attempt, step, page, cursor, JSON.stringify(since), JSON.stringify(progress), now.toISOString()],
  );
  return changed === 1;
}

/** Ends the run, and forgets what it had noted on the way. False: it was no longer this worker's. */
export async function finishRun(
  tx: Transaction,
  run: ClaimedRun,
  end: { readonly state: Extract<SyncRunState, 'succeeded' | 'failed' | 'cancelled'>; readonly error: ErrorKind | null },
  now: Date,
): Promise<boolean> {
  const changed = await tx.run(`update sync_run set state = $4, error = $5, finished_at = $6, cursor = null where ${STILL_MINE}`, [
    run.tenantId,
    run.id,
    run.attempt,
    end.state,
    end.error,
    now.toISOString(),
  ]);
  if (changed !== 1) return false;
  await tx.run('delete from sync_seen where tenant_id = $1 and run_id = $2', [run.tenantId, run.id]);
  const { tenantId, id, integrationId } = run;
  if (end.state === 'failed')
    await noteEvent(tx, { tenantId, type: 'sync.failed', recordId: id, details: { integrationId, error: end.error }, now });
  return true;
}

/** The records of one page: in a full run those that are there, in a delta those that the source reports as deleted. */
export async function noteSeen(
  tx: Transaction,
  run: ClaimedRun,
  page: { readonly resource: Resource; readonly number: number; readonly ids: readonly string[] },
): Promise<void> {
  if (page.ids.length === 0) return;
  await tx.run(
    `insert into sync_seen (tenant_id, run_id, resource, page, ids) values ($1, $2, $3, $4, $5::uuid[])
     on conflict (tenant_id, run_id, resource, page) do update set ids = excluded.ids`,
    [run.tenantId, run.id, page.resource, page.number, page.ids],
  );
}

export interface SetAsideNote {
  readonly externalId: string | null;
  readonly reason: string;
  readonly field: string | null;
}

/** Keeps which records could not be read, and why; never what they said. */
export async function noteSetAside(tx: Transaction, run: ClaimedRun, resource: Resource, notes: readonly SetAsideNote[]): Promise<void> {
  if (notes.length === 0) return;
  await tx.run(
    `insert into set_aside (tenant_id, run_id, resource, external_id, reason, field)
     select $1, $2, $3, external_id, reason, field from unnest($4::text[], $5::text[], $6::text[]) as n (external_id, reason, field)`,
    [
      run.tenantId,
      run.id,
      resource,
      notes.map((note) => note.externalId),
      notes.map((note) => note.reason),
      notes.map((note) => note.field),
    ],
  );
}

/** Whether the run set a record aside without learning which: then nobody can say what is absent. */
export async function hasNamelessSetAside(tx: Transaction, run: ClaimedRun, resource: Resource): Promise<boolean> {
  const rows = await tx.rows(
    'select 1 from set_aside where tenant_id = $1 and run_id = $2 and resource = $3 and external_id is null limit 1',
    [run.tenantId, run.id, resource],
  );
  return rows.length > 0;
}

/** No page of the run's has this number. */
const AFTER_THE_LAST = -1;

/** The run has seen the whole of a resource. */
export async function noteWalked(tx: Transaction, run: ClaimedRun, resource: Resource): Promise<void> {
  await tx.run(
    `insert into sync_seen (tenant_id, run_id, resource, page, ids) values ($1, $2, $3, $4, '{}')
     on conflict (tenant_id, run_id, resource, page) do nothing`,
    [run.tenantId, run.id, resource, AFTER_THE_LAST],
  );
}

/** What the run has seen the whole of: not what was not granted, or not offered, when its turn came. */
export async function walkedIn(tx: Transaction, run: ClaimedRun): Promise<ReadonlySet<Resource>> {
  const rows = await tx.rows<{ resource: Resource }>('select resource from sync_seen where tenant_id = $1 and run_id = $2 and page = $3', [
    run.tenantId,
    run.id,
    AFTER_THE_LAST,
  ]);
  return new Set(rows.map(({ resource }) => resource));
}
