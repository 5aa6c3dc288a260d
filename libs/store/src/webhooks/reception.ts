import type { Transaction } from '../transaction.js';
import type { Resource } from '#libs/model';

/** The integration that a webhook's account belongs to, with what its tenant's consent is decided from. */
export interface KnownAccount {
  readonly account: string;
  readonly tenantId: string;
  readonly integrationId: string;
  readonly active: boolean;
}

/** Whose these accounts are. An account that two integrations of a tenant name is the active one's. */
export async function findAccounts(tx: Transaction, connector: string, accounts: readonly string[]): Promise<KnownAccount[]> {
  return tx.prepared<KnownAccount>(
    `select distinct on (wanted.account) wanted.account, i.tenant_id as "tenantId", i.id as "integrationId", i.active
     from unnest($2::text[]) as wanted (account)
     cross join lateral (
       select tenant_id, id, active from integration where accounts @> array[wanted.account] and connector = $1 and deleted_at is null offset 0
     ) i
     order by wanted.account, i.active desc, i.id desc`,
    [connector, accounts],
  );
}

/** The integration that a webhook's address names; null where the connector has none of that id. */
export async function findLink(tx: Transaction, connector: string, integrationId: string): Promise<KnownAccount | null> {
  const [row] = await tx.rows<KnownAccount>(
    `select '' as account, tenant_id as "tenantId", id as "integrationId", active from integration
     where id = $2 and connector = $1 and deleted_at is null`,
    [connector, integrationId],
  );
  return row ?? null;
}

/** A webhook of an active integration whose tenant consents. */
export interface WebhookToRecord {
  readonly tenantId: string;
  readonly integrationId: string;
  readonly id: string;
  readonly type: string;
  readonly resources: readonly Resource[];
}

interface RecordOptions {
  readonly now: Date;
  /** A notice waits this long for another one to follow, unless it is the first in a while. */
  readonly quietMs: number;
  /** However many follow, none waits longer. */
  readonly longestMs: number;
}

/**
 * Notes webhooks that were not noted before, and what the new ones announce: one row per integration, so that any number of them asks for one
 * sync. The first notice in a while is due at once; those that follow soon after a sync was asked for wait until it is quiet. In one statement:
 * what is noted is announced too. Returns which were new.
 */
export async function recordWebhooks(tx: Transaction, webhooks: readonly WebhookToRecord[], options: RecordOptions): Promise<Set<string>> {
  const { now, quietMs, longestMs } = options;
  const rows = await tx.prepared<{ integrationId: string; id: string }>(
    `with incoming as (
       select distinct on ("tenantId", "integrationId", id) * from jsonb_to_recordset($1::jsonb)
         as w ("tenantId" uuid, "integrationId" uuid, id text, type text, resources jsonb) order by 1, 2, 3
     ), recorded as (
       insert into webhook (tenant_id, integration_id, id, type, received_at)
       select "tenantId", "integrationId", id, type, $2 from incoming on conflict do nothing
       returning tenant_id, integration_id, id
     ), announced as (
       select r.tenant_id, r.integration_id, array_agg(distinct touched.resource) as resources
       from recorded r
       join incoming w on w."tenantId" = r.tenant_id and w."integrationId" = r.integration_id and w.id = r.id
       cross join lateral jsonb_array_elements_text(w.resources) as touched (resource)
       group by 1, 2 order by 1, 2
     ), noticed as (
       insert into sync_notice as n (tenant_id, integration_id, resources, pending, first_at, last_at, due_at)
       select tenant_id, integration_id, resources, true, $2, $2, $2 from announced
       on conflict (tenant_id, integration_id) do update set
         resources = case when n.pending then array(select distinct unnest(n.resources || excluded.resources)) else excluded.resources end,
         pending = true,
         first_at = case when n.pending then n.first_at else excluded.first_at end,
         last_at = excluded.last_at,
         due_at = case
           when n.pending and n.due_at <= excluded.last_at then n.due_at
           when n.pending then least(excluded.last_at + $3 * interval '1 ms', n.first_at + $4 * interval '1 ms')
           when n.dispatched_at > excluded.last_at - $3 * interval '1 ms' then excluded.last_at + $3 * interval '1 ms'
           else excluded.last_at end,
         unannounced_at = null
     )
     select integration_id as "integrationId", id from recorded`,
    [JSON.stringify(webhooks), now.toISOString(), quietMs, longestMs],
  );
  return new Set(rows.map(({ integrationId, id }) => webhookKey({ integrationId, id })));
}

/** How `recordWebhooks` names a webhook in its answer. */
export const webhookKey = ({ integrationId, id }: { readonly integrationId: string; readonly id: string }): string =>
  `${integrationId} ${id}`;
