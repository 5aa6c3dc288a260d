import { Inject, Injectable } from '@nestjs/common';
import { GatewayError, type Clock } from '#libs/model';
import { dropShadow, Integration, joinIdentities, lockTenant, Store, type SwitchRow, type Transaction } from '#libs/store';
import { CLOCK } from '../../config/clock.js';
import { Grants } from '../../consents/grants.js';
import { Integrations } from '../integrations.js';
import { LONGEST_OPEN_MS, OPEN_STATES, overAlready, Switches } from './switches.js';

const DAY_MS = 24 * 3600_000;

/** For so long the way back is open (contract: 30 days). */
export const ROLLBACK_MS = 30 * DAY_MS;

/** Changes which integration is a tenant's active one, by a switch: one transaction there, and one back. */
@Injectable()
export class Cutovers {
  constructor(
    private readonly store: Store,
    private readonly grants: Grants,
    private readonly integrations: Integrations,
    private readonly switches: Switches,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  /**
   * The target becomes the active integration and its names those of today's records. Throws a consent kind where the ledger does not cover the target, `conflict`
   * where the switch is not compared, its reasons are not accepted, or another integration is active than when it was asked for.
   */
  cutOver(tenantId: string, id: string, { accept, by }: { readonly accept: readonly string[]; readonly by: string }): Promise<SwitchRow> {
    return this.store.inTenant(tenantId, async (tx) => {
      await lockTenant(tx, tenantId);
      const row = await this.switches.find(tx, tenantId, id);
      this.requireCompared(row);
      requireAccepted(row, accept);
      await this.requireActive(tx, row, row.fromIntegrationId ?? null);
      const to = await this.integrations.find(tx, tenantId, row.toIntegrationId);
      await this.grants.require(tx, tenantId, 'sync', to);
      await joinIdentities(tx, { tenantId, switchId: id, integrationId: to.id });
      await this.integrations.makeActive(tx, to, { switchId: id });
      await dropShadow(tx, { tenantId, switchId: id });
      const now = this.clock.now();
      const documentVersion = await this.switches.documentVersion(tx, tenantId);
      Object.assign(row, {
        state: 'cut-over',
        sealedKey: null,
        cutOverAt: now,
        cutOverBy: by,
        accepted: accept,
        documentVersion,
        updatedAt: now,
      });
      await tx.em.flush();
      return row;
    });
  }

  /** The former integration becomes the active one again; its names have kept their ids. Throws as `cutOver` does, and `conflict` after 30 days. */
  rollBack(tenantId: string, id: string, by: string): Promise<SwitchRow> {
    return this.store.inTenant(tenantId, async (tx) => {
      await lockTenant(tx, tenantId);
      const row = await this.switches.find(tx, tenantId, id);
      const { fromIntegrationId, cutOverAt } = row;
      const now = this.clock.now();
      if (row.state !== 'cut-over' || cutOverAt === null || cutOverAt === undefined)
        throw new GatewayError('conflict', {
          context: { switchId: id, state: row.state },
          detail: `the switch is ${row.state}: there is nothing to roll back`,
        });
      if (fromIntegrationId === null || fromIntegrationId === undefined)
        throw new GatewayError('conflict', { detail: 'no integration was active before: there is nothing to go back to' });
      if (now.getTime() - cutOverAt.getTime() > ROLLBACK_MS)
        throw new GatewayError('conflict', { detail: 'the 30 days are over; ask for a switch to the former integration' });
      await this.requireActive(tx, row, row.toIntegrationId);
      const from = await tx.em.findOne(Integration, { tenantId, id: fromIntegrationId, deletedAt: null });
      if (from === null)
        throw new GatewayError('conflict', { detail: 'the former integration was deleted; make it anew and switch to it' });
      await this.grants.require(tx, tenantId, 'sync', from);
      await this.integrations.makeActive(tx, from, { switchId: id });
      Object.assign(row, { state: 'rolled-back', rolledBackAt: now, rolledBackBy: by, updatedAt: now });
      await tx.em.flush();
      return row;
    });
  }

  private requireCompared(row: SwitchRow): void {
    if (!OPEN_STATES.includes(row.state)) throw overAlready(row);
    const { comparedAt, verdict } = row;
    if (verdict === null || verdict === undefined || comparedAt === null || comparedAt === undefined)
      throw new GatewayError('conflict', {
        context: { switchId: row.id },
        detail: 'the target is not compared yet; GET the switch for its progress',
      });
    if (this.clock.now().getTime() - comparedAt.getTime() > LONGEST_OPEN_MS)
      throw new GatewayError('conflict', {
        context: { switchId: row.id },
        detail: 'the comparison is over 7 days old; POST …/compare, then cut over',
      });
  }

  private async requireActive(tx: Transaction, { id, tenantId }: SwitchRow, expected: string | null): Promise<void> {
    const active = await tx.em.findOne(Integration, { tenantId, active: true });
    if ((active?.id ?? null) === expected) return;
    throw new GatewayError('conflict', {
      context: { switchId: id },
      detail: 'another integration has become the active one since; ask for a new switch',
    });
  }
}

function requireAccepted({ id, verdict }: SwitchRow, accept: readonly string[]): void {
  const left = verdict?.reasons.filter((reason) => !accept.includes(reason)) ?? [];
  if (left.length === 0) return;
  throw new GatewayError('conflict', {
    context: { switchId: id, reasons: left.join(' ') },
    detail: `the switch is blocked: ${left.join(', ')}; look at the diff, and name in "accept" what may be so`,
  });
}
