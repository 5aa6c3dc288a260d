import type { Grant } from '#libs/consent';
import type { Transaction } from './transaction.js';

/** The gate's row, with what narrows the tenant's grant, read in one statement. */
export interface GateRow {
  readonly epoch: string;
  /** RFC 3339: from then on the row says nothing, and the ledger has to be asked anew. */
  readonly nextChangeAt: string | null;
  /** The decision as it was recorded with the row. */
  readonly decision: unknown;
  readonly hiddenFields: Readonly<Record<string, string[]>> | null;
  readonly jobStageContains: string | null;
  readonly integrationId: string | null;
  readonly integrationType: string | null;
}

const GATE = `g.epoch::text as epoch, to_json(g.next_change_at) as "nextChangeAt", g.decision,
    p.hidden_fields as "hiddenFields", p.job_stage_contains as "jobStageContains", i.id as "integrationId", i.type as "integrationType"
  from consent_gate g
  left join tenant_policy p on p.tenant_id = g.tenant_id
  left join integration i on i.tenant_id = g.tenant_id and i.active`;

/** What the tenant's grants are made from now; null where the tenant has no gate (and so is closed). */
export async function readGate(tx: Transaction, tenantId: string): Promise<GateRow | null> {
  const [row] = await tx.prepared<GateRow>(`select ${GATE} where g.tenant_id = $1`, [tenantId]);
  return row ?? null;
}

/** The same for many tenants in one statement. */
export async function readGates(tx: Transaction, tenantIds: readonly string[]): Promise<ReadonlyMap<string, GateRow>> {
  const rows = await tx.prepared<GateRow & { tenantId: string }>(
    `select g.tenant_id as "tenantId", ${GATE} where g.tenant_id = any($1::uuid[])`,
    [tenantIds],
  );
  return new Map(rows.map(({ tenantId, ...row }) => [tenantId, row]));
}

/**
 * Locks the gate as it was when the grant was made, until the transaction ends: a revocation waits for it, or it waits for the revocation and
 * then finds another epoch. False: the grant holds no longer, and nothing may be written or called. Missing rows and errors are closed too.
 */
export async function lockGate(tx: Transaction, grant: Grant, now: Date): Promise<boolean> {
  const rows = await tx.rows(
    `select 1 from consent_gate
     where tenant_id = $1 and open and epoch = $2 and (next_change_at is null or next_change_at > $3) for share`,
    [grant.tenantId, grant.epoch, now.toISOString()],
  );
  return rows.length === 1;
}

interface NewGate {
  readonly open: boolean;
  readonly nextChangeAt: Date | null;
  readonly decision: object;
}

/** Records what the ledger decides now. Every older grant ends with it, at this transaction's commit. */
export async function writeGate(tx: Transaction, tenantId: string, gate: NewGate): Promise<void> {
  await tx.run(
    `insert into consent_gate (tenant_id, open, epoch, next_change_at, decision) values ($1, $2, 1, $3, $4)
     on conflict (tenant_id) do update
     set open = excluded.open, epoch = consent_gate.epoch + 1, next_change_at = excluded.next_change_at, decision = excluded.decision`,
    [tenantId, gate.open, gate.nextChangeAt?.toISOString() ?? null, JSON.stringify(gate.decision)],
  );
}

/** Ends every grant of the tenant: what narrows them (policy, active integration) has changed in this transaction. */
export async function advanceEpoch(tx: Transaction, tenantId: string): Promise<void> {
  await tx.run('update consent_gate set epoch = epoch + 1 where tenant_id = $1', [tenantId]);
}

/** Holds back every other change to the tenant's ledger, policy or active integration until the transaction ends. */
export async function lockTenant(tx: Transaction, tenantId: string): Promise<boolean> {
  const rows = await tx.rows('select 1 from tenant where id = $1 for no key update', [tenantId]);
  return rows.length === 1;
}

/** Holds back every other transaction, of any tenant, that asks for the same name until this one ends. */
export async function lockName(tx: Transaction, name: string): Promise<void> {
  await tx.rows('select pg_advisory_xact_lock(hashtextextended($1, 0))', [name]);
}

export async function tenantExists(tx: Transaction, tenantId: string): Promise<boolean> {
  return (await tx.rows('select 1 from tenant where id = $1', [tenantId])).length === 1;
}
