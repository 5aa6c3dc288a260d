import { Inject, Injectable } from '@nestjs/common';
import { requireResource, type Grant } from '#libs/consent';
import { GatewayError, type Clock, type RemoteRecord, type Resource } from '#libs/model';
import { readGate, Store, type Transaction } from '#libs/store';
import { CLOCK } from '../config/clock.js';
import { Grants } from '../consents/grants.js';
import { ShadowPushes } from '../integrations/switch/shadow-pushes.js';
import { deletePushed, storePushed, type Pushed } from '../pipeline/pushed.js';
import { StaleGrant } from '../pipeline/stops.js';
import type { PartnerCaller } from './partner-keys.js';
import { remoteRecord, type Bodies } from './remote-records.js';

/** Where what an ATS sends goes. */
export interface Intake {
  store<R extends Resource>(resource: R, records: readonly RemoteRecord<R>[]): Promise<Pushed>;
  remove(resource: Resource, externalIds: readonly string[]): Promise<number>;
}

/** How often a push begins anew where something about the tenant's consent or policy changed while it was stored. */
const TRIES = 3;

/** Takes in what an ATS sends: one transaction, under the consent gate. */
@Injectable()
export class Pushes {
  constructor(
    private readonly store: Store,
    private readonly grants: Grants,
    private readonly shadows: ShadowPushes,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  /**
   * Work for the calling ATS, with leave for what it sends. Throws a consent kind, `integration-disabled` where another integration is the
   * tenant's active one.
   */
  under<T>(caller: PartnerCaller, work: (tx: Transaction, grant: Grant, now: Date) => Promise<T>): Promise<T> {
    return this.again(caller.tenantId, async (tx) => {
      const grant = await this.grants.require(tx, caller.tenantId, 'sync');
      if (grant.integrationId !== caller.integrationId) throw notActive();
      return work(tx, grant, this.clock.now());
    });
  }

  /**
   * Work with the records that the calling ATS sends: they go to the store where its integration is the active one, to the shadow of a switch to it where one
   * is under way. Throws as `under` does.
   */
  intake<T>(caller: PartnerCaller, work: (intake: Intake, grant: Grant) => Promise<T>): Promise<T> {
    const { tenantId, integrationId } = caller;
    return this.again(tenantId, async (tx) => {
      const now = this.clock.now();
      const grant = await this.grants.require(tx, tenantId, 'sync', { id: integrationId, type: 'partner' });
      if ((await readGate(tx, tenantId))?.integrationId === integrationId) {
        const store: Intake['store'] = (resource, records) => storePushed(tx, grant, resource, records, now);
        return work({ store, remove: (resource, ids) => deletePushed(tx, grant, resource, ids, now) }, grant);
      }
      const switchId = await this.shadows.switchTo(tx, caller);
      if (switchId === null) throw notActive();
      return work(this.shadowed({ tx, grant, switchId, now }), grant);
    });
  }

  private shadowed(at: Parameters<ShadowPushes['store']>[0]): Intake {
    return {
      store: async (resource, records) => {
        await this.shadows.store(at, resource, records);
        return { stored: new Map(), outOfScope: [] };
      },
      remove: async (resource, ids) => {
        await this.shadows.remove(at, resource, ids);
        return ids.length;
      },
    };
  }

  private async again<T>(tenantId: string, work: (tx: Transaction) => Promise<T>): Promise<T> {
    for (let tries = 1; ; tries++) {
      try {
        return await this.store.inTenant(tenantId, work);
      } catch (error) {
        if (!(error instanceof StaleGrant)) throw error;
        if (tries === TRIES)
          throw new GatewayError('conflict', { retry: { when: 'later', afterMs: 1000 }, detail: 'consent changes just now' });
      }
    }
  }

  /** Our id of the record. Throws `consent-does-not-cover` where the resource is not covered; null where the job scope leaves it out, and in a shadow. */
  put<R extends Resource>(caller: PartnerCaller, resource: R, remoteId: string, body: Bodies[R]): Promise<string | null> {
    return this.intake(caller, async (intake, grant) => {
      requireResource(grant, resource);
      const { stored } = await intake.store(resource, [remoteRecord(resource, remoteId, body)]);
      return stored.get(remoteId) ?? null;
    });
  }

  /** What is not there is deleted already. */
  delete(caller: PartnerCaller, resource: Resource, remoteId: string): Promise<number> {
    return this.intake(caller, (intake) => intake.remove(resource, [remoteId]));
  }
}

const notActive = (): GatewayError =>
  new GatewayError('integration-disabled', {
    detail: 'this integration is not the active one; have it activated, or a switch to it begun',
  });
