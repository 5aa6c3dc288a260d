import type { Resource } from '#libs/model';
import { deleteRecords } from '../records/delete.js';
import type { Transaction } from '../transaction.js';

export type HeldDecision = 'carry-out' | 'keep';

/** Keeps a run's deletions for the platform team to decide on. */
export async function holdDeletions(
  tx: Transaction,
  run: { readonly tenantId: string; readonly id: string },
  resource: Resource,
  ids: readonly string[],
): Promise<void> {
  await tx.run(
    `insert into held_deletion (tenant_id, run_id, resource, ids) values ($1, $2, $3, $4::uuid[])
     on conflict (tenant_id, run_id, resource) do update set ids = excluded.ids`,
    [run.tenantId, run.id, resource, ids],
  );
}

/** Drops what earlier runs held for a resource: a later complete run has found out anew what is gone. */
export async function dropHeld(tx: Transaction, tenantId: string, resource: Resource): Promise<void> {
  await tx.run('delete from held_deletion where tenant_id = $1 and resource = $2 and decision is null', [tenantId, resource]);
}

/** How many deletions of the run wait; null where it holds none (any more). */
export async function heldCount(tx: Transaction, tenantId: string, runId: string): Promise<number | null> {
  const [row] = await tx.rows<{ held: number | null }>(
    `select sum(cardinality(ids))::int as held from held_deletion where tenant_id = $1 and run_id = $2 and decision is null`,
    [tenantId, runId],
  );
  return row?.held ?? null;
}

/** Carries out or drops the run's held deletions, once. Returns how many records went. */
export async function decideHeld(
  tx: Transaction,
  held: { readonly tenantId: string; readonly runId: string; readonly decision: HeldDecision; readonly by: string; readonly now: Date },
): Promise<number> {
  const rows = await tx.rows<{ resource: Resource; ids: string[] }>(
    `update held_deletion set decision = $3, decided_by = $4, decided_at = $5
     where tenant_id = $1 and run_id = $2 and decision is null returning resource, to_json(ids) as ids`,
    [held.tenantId, held.runId, held.decision, held.by, held.now.toISOString()],
  );
  if (held.decision === 'keep') return 0;
  let deleted = 0;
  for (const { resource, ids } of rows) deleted += await deleteRecords(tx, held.tenantId, resource, ids, held.now);
  return deleted;
}
