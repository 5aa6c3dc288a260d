import type { Transaction } from '../transaction.js';

interface Link {
  readonly tenantId: string;
  readonly integrationId: string;
}

/** Makes sure that the orders of active integrations with such a setting are looked for. */
export async function planPolls(tx: Transaction, setting: string, now: Date): Promise<void> {
  await tx.run(
    `insert into order_poll (tenant_id, integration_id, due_at)
     select tenant_id, id, $2 from integration where active and deleted_at is null and settings ? $1
     on conflict do nothing`,
    [setting, now.toISOString()],
  );
}

/** Takes up polls of active integrations that are due, each for one process only, and puts their next time off. */
export async function takePolls(
  tx: Transaction,
  at: { readonly now: Date; readonly againAt: Date; readonly limit: number },
): Promise<(Link & { readonly publishedHash: string | null })[]> {
  return tx.rows(
    `with due as (
       select p.tenant_id, p.integration_id from order_poll p
       join integration i on i.tenant_id = p.tenant_id and i.id = p.integration_id and i.active
       where p.due_at <= $1 order by p.due_at limit $3 for update of p skip locked
     )
     update order_poll p set due_at = $2 from due where p.tenant_id = due.tenant_id and p.integration_id = due.integration_id
     returning p.tenant_id as "tenantId", p.integration_id as "integrationId", p.published_hash as "publishedHash"`,
    [at.now.toISOString(), at.againAt.toISOString(), at.limit],
  );
}

/** Something was ordered there: it is looked at now. */
export async function pollNow(tx: Transaction, { tenantId, integrationId }: Link, now: Date): Promise<void> {
  await tx.run('update order_poll set due_at = least(due_at, $3) where tenant_id = $1 and integration_id = $2', [
    tenantId,
    integrationId,
    now.toISOString(),
  ]);
}

export async function notePublished(tx: Transaction, { tenantId, integrationId }: Link, hash: string): Promise<void> {
  await tx.run('update order_poll set published_hash = $3 where tenant_id = $1 and integration_id = $2', [tenantId, integrationId, hash]);
}
