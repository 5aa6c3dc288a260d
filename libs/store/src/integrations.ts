import type { Transaction } from './transaction.js';

/** Active integrations that nobody has checked since the given time, each for one process only. They count as checked from now on. */
export async function takeUnchecked(
  tx: Transaction,
  at: { readonly now: Date; readonly before: Date; readonly limit: number },
): Promise<{ tenantId: string; id: string }[]> {
  return tx.rows(
    `with unchecked as (
       select tenant_id, id from integration
       where active and (checked_at is null or checked_at < $2) order by checked_at nulls first limit $3 for update skip locked
     )
     update integration i set checked_at = $1 from unchecked u where i.tenant_id = u.tenant_id and i.id = u.id
     returning i.tenant_id as "tenantId", i.id`,
    [at.now.toISOString(), at.before.toISOString(), at.limit],
  );
}
