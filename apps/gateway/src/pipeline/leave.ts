import type { Grant, Purpose } from '#libs/consent';
import type { Clock, IntegrationType } from '#libs/model';
import { lockGate, type Store, type Transaction } from '#libs/store';
import type { Grants } from '../consents/grants.js';
import { LostRun, StaleGrant } from './stops.js';

interface LeaveOptions {
  readonly store: Store;
  readonly grants: Grants;
  readonly clock: Clock;
  readonly tenantId: string;
  readonly integrationId: string;
  readonly purpose: Purpose;
  /** The integration itself, where it need not be the active one. */
  readonly link?: { readonly id: string; readonly type: IntegrationType };
}

/**
 * A run's leave to move data: its grant, made anew where consent changed and still covers it. Every call and every transaction of a run asks
 * here. Throws a consent kind once nothing is granted, `LostRun` once another integration is the active one.
 */
export class Leave {
  private current: Grant | null = null;

  constructor(private readonly options: LeaveOptions) {}

  async grant(): Promise<Grant> {
    if (this.current !== null) return this.current;
    const { store, grants, tenantId, integrationId, purpose, link } = this.options;
    const grant = await store.inTenant(tenantId, (tx) => grants.require(tx, tenantId, purpose, link));
    if (grant.integrationId !== integrationId) throw new LostRun();
    return (this.current = grant);
  }

  /** Starts a call while it holds the gate: none starts after a revocation's commit. */
  admit(start: () => void): Promise<void> {
    return this.under(async (tx, grant) => {
      if (!(await lockGate(tx, grant, this.options.clock.now()))) throw new StaleGrant();
      start();
    });
  }

  /** One transaction under the grant; again under a new one where the work found it stale. */
  async under<T>(work: (tx: Transaction, grant: Grant) => Promise<T>): Promise<T> {
    for (;;) {
      const grant = await this.grant();
      try {
        return await this.options.store.inTenant(this.options.tenantId, (tx) => work(tx, grant));
      } catch (error) {
        if (!(error instanceof StaleGrant)) throw error;
        this.current = null;
      }
    }
  }
}
