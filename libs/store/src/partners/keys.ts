import type { Transaction } from '../transaction.js';

/** Whose key it is, and what it is compared with. */
export interface KnownKey {
  readonly tenantId: string;
  readonly integrationId: string;
  readonly secretHash: string;
}

/** A key that was not taken back, by its id; null where there is none. */
export async function findPartnerKey(tx: Transaction, id: string): Promise<KnownKey | null> {
  const [row] = await tx.prepared<KnownKey>(
    `select tenant_id as "tenantId", integration_id as "integrationId", secret_hash as "secretHash" from partner_key
     where id = $1 and revoked_at is null`,
    [id],
  );
  return row ?? null;
}

/** The applications of candidates that are not deleted: they go with them. */
export async function applicationsOfCandidates(
  tx: Transaction,
  tenantId: string,
  candidates: readonly string[],
): Promise<readonly string[]> {
  const rows = await tx.rows<{ id: string }>(
    'select id from application where tenant_id = $1 and candidate_id = any($2::uuid[]) and deleted_at is null',
    [tenantId, candidates],
  );
  return rows.map(({ id }) => id);
}
