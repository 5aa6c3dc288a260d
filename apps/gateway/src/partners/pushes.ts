import { Inject, Injectable } from '@nestjs/common';
import { requireResource, type Grant } from '#libs/consent';
import { GatewayError, type Clock, type Resource } from '#libs/model';
import { Store, type Transaction } from '#libs/store';
import { CLOCK } from '../config/clock.js';
import { Grants } from '../consents/grants.js';
import { deletePushed, storePushed } from '../pipeline/pushed.js';
import { StaleGrant } from '../pipeline/stops.js';
import type { PartnerCaller } from './partner-keys.js';
import { remoteRecord, type Bodies } from './remote-records.js';

/** How often a push begins anew where something about the tenant's consent or policy changed while it was stored. */
const TRIES = 3;

/** Takes in what an ATS sends: one transaction, under the consent gate. */
@Injectable()
export class Pushes {
  constructor(
    private readonly store: Store,
    private readonly grants: Grants,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  /**
   * Work for the calling ATS, with leave for what it sends. Throws a consent kind, `integration-disabled` where another integration is the
   * tenant's active one.
   */
  async under<T>({ tenantId, integrationId }: PartnerCaller, work: (tx: Transaction, grant: Grant, now: Date) => Promise<T>): Promise<T> {
    for (let tries = 1; ; tries++) {
      try {
        return await this.store.inTenant(tenantId, async (tx) => {
          const grant = await this.grants.require(tx, tenantId, 'sync');
          if (grant.integrationId !== integrationId)
            throw new GatewayError('integration-disabled', { detail: 'this integration is not the active one; have it activated' });
          return work(tx, grant, this.clock.now());
        });
      } catch (error) {
        if (!(error instanceof StaleGrant)) throw error;
        if (tries === TRIES)
          throw new GatewayError('conflict', { retry: { when: 'later', afterMs: 1000 }, detail: 'consent changes just now' });
      }
    }
  }

  /** Our id of the record. Throws `consent-does-not-cover` where the resource is not covered; null where the job scope leaves it out. */
  put<R extends Resource>(caller: PartnerCaller, resource: R, remoteId: string, body: Bodies[R]): Promise<string | null> {
    return this.under(caller, async (tx, grant, now) => {
      requireResource(grant, resource);
      const { stored } = await storePushed(tx, grant, resource, [remoteRecord(resource, remoteId, body)], now);
      return stored.get(remoteId) ?? null;
    });
  }

  /** What is not there is deleted already. */
  delete(caller: PartnerCaller, resource: Resource, remoteId: string): Promise<number> {
    return this.under(caller, (tx, grant, now) => deletePushed(tx, grant, resource, [remoteId], now));
  }
}
