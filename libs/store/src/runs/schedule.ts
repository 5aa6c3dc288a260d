import type { Resource } from '#libs/model';
import type { Transaction } from '../transaction.js';
import { utc } from '../utc.js';

/** What a tick found due. */
export interface DueSync {
  readonly tenantId: string;
  readonly integrationId: string;
  readonly mode: 'full' | 'delta';
  /** RFC 3339: since when it was due. */
  readonly dueAt: string;
}

/**
 * Takes syncs that are due, each for one ticking process only (`skip locked`), and puts their next time off by `againAt`, so that a run that
 * never ends is asked for again.
 */
export async function takeDue(
  tx: Transaction,
  at: { readonly now: Date; readonly againAt: Date; readonly limit: number },
): Promise<DueSync[]> {
  return tx.rows<DueSync>(
    `with due as (
       select s.tenant_id, s.integration_id, s.next_run_at, s.next_full_at from sync_schedule s
       join integration i on i.tenant_id = s.tenant_id and i.id = s.integration_id and i.active
       where s.next_run_at <= $1
       order by s.next_run_at limit $3 for update of s skip locked
     )
     update sync_schedule s set next_run_at = $2 from due
     where s.tenant_id = due.tenant_id and s.integration_id = due.integration_id
     returning s.tenant_id as "tenantId", s.integration_id as "integrationId",
       case when due.next_full_at <= $1 then 'full' else 'delta' end as mode, to_json(due.next_run_at) #>> '{}' as "dueAt"`,
    [at.now.toISOString(), at.againAt.toISOString(), at.limit],
  );
}

/** Unfinished runs without a sign of life since `before`: their task is lost, or their worker. Each is named to one process only. */
export async function takeStalled(
  tx: Transaction,
  at: { readonly now: Date; readonly before: Date },
): Promise<{ tenantId: string; id: string }[]> {
  return tx.rows(
    `with stalled as (
       select tenant_id, id from sync_run where state in ('queued', 'running') and beat_at < $2 order by beat_at limit 100 for update skip locked
     )
     update sync_run r set beat_at = $1 from stalled where r.tenant_id = stalled.tenant_id and r.id = stalled.id
     returning r.tenant_id as "tenantId", r.id`,
    [at.now.toISOString(), at.before.toISOString()],
  );
}

/** Forgets runs that ended before the given time, with what they noted; not those that held deletions. */
export async function pruneRuns(tx: Transaction, { before, limit }: { readonly before: Date; readonly limit: number }): Promise<number> {
  return tx.run(
    `delete from sync_run where (tenant_id, id) in (
       select r.tenant_id, r.id from sync_run r where r.finished_at < $1 and (r.progress ->> 'heldDeletions')::int = 0 limit $2)`,
    [before.toISOString(), limit],
  );
}

/** Makes a sync of the integration due now, a full one where `full` is set. */
export async function makeDue(
  tx: Transaction,
  integration: { readonly tenantId: string; readonly integrationId: string },
  at: { readonly now: Date; readonly full: boolean },
): Promise<void> {
  await tx.run(
    `insert into sync_schedule (tenant_id, integration_id, next_run_at, next_full_at, failures) values ($1, $2, $3, $3, 0)
     on conflict (tenant_id, integration_id) do update
     set next_run_at = $3, next_full_at = case when $4 then $3 else sync_schedule.next_full_at end`,
    [integration.tenantId, integration.integrationId, at.now.toISOString(), at.full],
  );
}

/** What is stored of the integration no longer tells everything (a job entered the scope): the next run reads it completely. */
export async function askForFull(
  tx: Transaction,
  run: { readonly tenantId: string; readonly integrationId: string },
  now: Date,
): Promise<void> {
  await tx.run('update sync_schedule set next_full_at = $3 where tenant_id = $1 and integration_id = $2', [
    run.tenantId,
    run.integrationId,
    now.toISOString(),
  ]);
}

interface Outcome {
  readonly tenantId: string;
  readonly integrationId: string;
  readonly now: Date;
  /** Null leaves it as it is. */
  readonly nextRunAt: Date | null;
  /** Null leaves it as it is. */
  readonly nextFullAt: Date | null;
  readonly failed: boolean;
}

/** Notes when the integration is read next, after a run ended: at once where a full run has become due meanwhile. */
export async function reschedule(tx: Transaction, { tenantId, integrationId, now, nextRunAt, nextFullAt, failed }: Outcome): Promise<void> {
  await tx.run(
    `update sync_schedule set next_run_at = case when not $5 and coalesce($4::timestamptz, next_full_at) <= $6 then $6 else coalesce($3::timestamptz, next_run_at) end,
       next_full_at = coalesce($4::timestamptz, next_full_at),
       failures = case when $5 then failures + 1 else 0 end
     where tenant_id = $1 and integration_id = $2`,
    [tenantId, integrationId, nextRunAt?.toISOString() ?? null, nextFullAt?.toISOString() ?? null, failed, now.toISOString()],
  );
}

/** How often in a row the integration's runs have failed. */
export async function failuresOf(tx: Transaction, tenantId: string, integrationId: string): Promise<number> {
  const [row] = await tx.rows<{ failures: number }>('select failures from sync_schedule where tenant_id = $1 and integration_id = $2', [
    tenantId,
    integrationId,
  ]);
  return row?.failures ?? 0;
}

export interface Watermark {
  readonly resource: Resource;
  /** RFC 3339, UTC: the start of the last run that read the resource to its end. */
  readonly readFrom: string;
  readonly fullReadAt: string | null;
  /** Where a source that keeps it says that we are. */
  readonly syncToken: string | null;
}

/** From when on the next delta reads. */
export async function watermarksOf(tx: Transaction, tenantId: string, integrationId: string): Promise<ReadonlyMap<Resource, Watermark>> {
  const rows = await tx.prepared<Watermark>(
    `select resource, ${utc('read_from')} as "readFrom", ${utc('full_read_at')} as "fullReadAt", sync_token as "syncToken"
     from sync_watermark where tenant_id = $1 and integration_id = $2`,
    [tenantId, integrationId],
  );
  return new Map(rows.map((row) => [row.resource, row]));
}

/** After the last page of a run: what it read is fresh as of its start. */
export async function setWatermarks(
  tx: Transaction,
  of: {
    readonly tenantId: string;
    readonly integrationId: string;
    readonly resources: readonly Resource[];
    readonly startedAt: string;
    readonly full: boolean;
    readonly tokens: Partial<Record<Resource, string>>;
  },
): Promise<void> {
  await tx.run(
    `insert into sync_watermark (tenant_id, integration_id, resource, read_from, full_read_at, sync_token)
     select $1, $2, resource, $4::timestamptz, case when $5 then $4::timestamptz end, $6::jsonb ->> resource from unnest($3::text[]) as r (resource)
     on conflict (tenant_id, integration_id, resource) do update
     set read_from = excluded.read_from, full_read_at = coalesce(excluded.full_read_at, sync_watermark.full_read_at),
       sync_token = excluded.sync_token`,
    [of.tenantId, of.integrationId, of.resources, of.startedAt, of.full, JSON.stringify(of.tokens)],
  );
}

/** Forgets how fresh resources are that may no longer be read: should they be covered again, they are read completely. */
export async function keepWatermarks(
  tx: Transaction,
  of: { readonly tenantId: string; readonly integrationId: string },
  covered: readonly Resource[],
): Promise<void> {
  await tx.run('delete from sync_watermark where tenant_id = $1 and integration_id = $2 and resource <> all($3)', [
    of.tenantId,
    of.integrationId,
    covered,
  ]);
}
