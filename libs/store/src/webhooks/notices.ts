import type { Resource } from '#libs/model';
import type { Transaction } from '../transaction.js';
import { utc } from '../utc.js';

interface Link {
  readonly tenantId: string;
  readonly integrationId: string;
}

/** Integrations whose notices are due, the longest waiting first. Taken up one by one: see `takeNotice`. */
export async function dueNotices(tx: Transaction, { now, limit }: { readonly now: Date; readonly limit: number }): Promise<Link[]> {
  return tx.rows<Link>(
    `select tenant_id as "tenantId", integration_id as "integrationId" from sync_notice where pending and due_at <= $1 order by due_at limit $2`,
    [now.toISOString(), limit],
  );
}

/** What is to be read again because of webhooks. */
export interface TakenNotice {
  readonly resources: readonly Resource[];
  /** RFC 3339, UTC: a run that was asked for then or later has seen it all. */
  readonly lastAt: string;
}

/** Takes up what is due of one integration, for one process only; null where there is nothing (any more). */
export async function takeNotice(tx: Transaction, { tenantId, integrationId }: Link, now: Date): Promise<TakenNotice | null> {
  const [row] = await tx.rows<TakenNotice>(
    `select to_json(resources) as resources, ${utc('last_at')} as "lastAt" from sync_notice
     where tenant_id = $1 and integration_id = $2 and pending and due_at <= $3 for update skip locked`,
    [tenantId, integrationId, now.toISOString()],
  );
  return row ?? null;
}

/** A run was asked for (`dispatched`), or nothing is to be asked for: the notice is settled. */
export async function settleNotice(tx: Transaction, { tenantId, integrationId }: Link, dispatchedAt: Date | null): Promise<void> {
  await tx.run(
    `update sync_notice set pending = false, dispatched_at = coalesce($3, dispatched_at) where tenant_id = $1 and integration_id = $2`,
    [tenantId, integrationId, dispatchedAt?.toISOString() ?? null],
  );
}

/** A run is at work that may have read past what changed: another one follows it. */
export async function putOffNotice(tx: Transaction, { tenantId, integrationId }: Link, until: Date): Promise<void> {
  await tx.run(`update sync_notice set due_at = $3 where tenant_id = $1 and integration_id = $2`, [
    tenantId,
    integrationId,
    until.toISOString(),
  ]);
}

/** A poll found changes. Unless a webhook has announced them, or does so soon, one was missed. */
export async function noteUnannounced(tx: Transaction, { tenantId, integrationId }: Link, runStartedAt: string, now: Date): Promise<void> {
  await tx.run(
    `insert into sync_notice as n (tenant_id, integration_id, resources, pending, first_at, last_at, due_at, unannounced_at)
     values ($1, $2, '{}', false, $4, 'epoch', $4, $4)
     on conflict (tenant_id, integration_id) do update set unannounced_at = $4 where not n.pending and n.last_at < $3`,
    [tenantId, integrationId, runStartedAt, now.toISOString()],
  );
}

/** Counts what no webhook has announced since the given time as missed. Returns how many integrations missed one. */
export async function countMissed(tx: Transaction, before: Date): Promise<number> {
  return tx.run('update sync_notice set missed = missed + 1, unannounced_at = null where unannounced_at < $1', [before.toISOString()]);
}

/** How the integration's webhooks went; null where there never was one, nor one missed. */
export async function webhooksOf(
  tx: Transaction,
  { tenantId, integrationId }: Link,
): Promise<{ readonly lastAt: string | null; readonly missed: number } | null> {
  const [row] = await tx.rows<{ lastAt: string | null; missed: number }>(
    `select case when last_at > 'epoch' then ${utc('last_at')} end as "lastAt", missed from sync_notice where tenant_id = $1 and integration_id = $2`,
    [tenantId, integrationId],
  );
  return row ?? null;
}
