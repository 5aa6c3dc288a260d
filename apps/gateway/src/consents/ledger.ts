import { Inject, Injectable } from '@nestjs/common';
import { chainEntry, decide, differenceOf, readDecision, type Decision, type EntryContent, type LedgerEntry } from '#libs/consent';
import { GatewayError, type Clock } from '#libs/model';
import { ConsentEntry, lockTenant, noteEvent, readGate, utc, writeGate, type Transaction } from '#libs/store';
import { CLOCK } from '../config/clock.js';

/** A tenant's consent ledger, and the gate that follows from it. All within the caller's transaction. */
@Injectable()
export class Ledger {
  constructor(@Inject(CLOCK) private readonly clock: Clock) {}

  /** The entries, oldest first. */
  entries(tx: Transaction, tenantId: string): Promise<LedgerEntry[]> {
    return tx.rows<LedgerEntry>(
      `select tenant_id as "tenantId", seq, ${utc('recorded_at')} as "recordedAt", recorded_by as "recordedBy", content,
              previous_hash as "previousHash", hash
       from consent_entry where tenant_id = $1 order by seq`,
      [tenantId],
    );
  }

  /** Appends an entry and sets the gate by it. Throws `not-found` for an unknown tenant, `invalid-request` for content that is none. */
  async append(
    tx: Transaction,
    tenantId: string,
    content: EntryContent,
    recordedBy: string,
  ): Promise<{ entry: LedgerEntry; decision: Decision }> {
    if (!(await lockTenant(tx, tenantId))) throw new GatewayError('not-found', { detail: 'no such tenant; PUT it first' });
    const entries = await this.entries(tx, tenantId);
    const previous = entries.at(-1) ?? null;
    const recordedAt = this.clock.now().toISOString();
    const entry = chainEntry({ tenantId, seq: (previous?.seq ?? 0) + 1, recordedAt, recordedBy, content }, previous);
    tx.em.create(ConsentEntry, { ...entry, recordedAt: new Date(recordedAt) });
    await tx.em.flush();
    return { entry, decision: await this.setGate(tx, tenantId, [...entries, entry]) };
  }

  /** Sets the gate anew because time alone has changed what the ledger says. */
  async refreshGate(tx: Transaction, tenantId: string): Promise<Decision> {
    await lockTenant(tx, tenantId);
    return this.setGate(tx, tenantId, await this.entries(tx, tenantId));
  }

  private async setGate(tx: Transaction, tenantId: string, entries: readonly LedgerEntry[]): Promise<Decision> {
    const now = this.clock.now();
    const decision = decide(entries, now);
    const former = await readGate(tx, tenantId);
    const { grants, revokes } = differenceOf(readDecision(former?.decision), decision);
    if (revokes) await noteEvent(tx, { tenantId, type: 'consent.revoked', recordId: tenantId, now });
    if (grants) await noteEvent(tx, { tenantId, type: 'consent.granted', recordId: tenantId, now });
    await writeGate(tx, tenantId, { open: decision.open, nextChangeAt: decision.nextChangeAt, decision });
    return decision;
  }
}
