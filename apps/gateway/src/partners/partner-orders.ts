import { Inject, Injectable } from '@nestjs/common';
import { requireResource } from '#libs/consent';
import { GatewayError, type Clock, type OrderState, type ResultContent } from '#libs/model';
import { findIds, heldResults, matchOrder, moveOrder, readOrderOf, receiveOrder, Store, type Transaction } from '#libs/store';
import { CLOCK } from '../config/clock.js';
import { Grants } from '../consents/grants.js';
import { Catalogue } from '../orders/catalogue.js';
import type { PartnerCaller } from './partner-keys.js';
import { Pushes } from './pushes.js';

/** A result as an ATS reads it. */
export interface PartnerResult extends ResultContent {
  readonly key: string;
}

/** An order as the ATS that made it sees it. */
export interface PartnerOrder {
  readonly orderId: string;
  readonly packageId: string;
  readonly state: OrderState;
  readonly receivedAt: string;
  readonly results: readonly PartnerResult[];
}

/** Orders of an ATS that has built the integration itself, and the results that are held ready for it. */
@Injectable()
export class PartnerOrders {
  constructor(
    private readonly store: Store,
    private readonly grants: Grants,
    private readonly pushes: Pushes,
    private readonly catalogue: Catalogue,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  /** The same order again changes nothing. Throws `invalid-request` for a package or an application that is not known. */
  async receive(caller: PartnerCaller, { orderId, packageId, applicationId }: NewOrder): Promise<PartnerOrder> {
    if (!this.catalogue.has(packageId))
      throw new GatewayError('invalid-request', { detail: '"packageId" is none of GET /partner/v1/assessments' });
    await this.pushes.under(caller, async (tx, grant) => {
      requireResource(grant, 'application');
      const now = this.clock.now();
      const link = { tenantId: caller.tenantId, integrationId: caller.integrationId };
      const order = { externalId: orderId, packageId, applicationRemoteId: applicationId, candidateRemoteId: null };
      const { created } = await receiveOrder(tx, link, order, now);
      const isJoined = await matchOrder(tx, link, { externalId: orderId, email: null }, now);
      if (created && !isJoined)
        throw new GatewayError('invalid-request', { detail: '"applicationId" is not known; send the application first' });
    });
    return this.get(caller, orderId);
  }

  /** Throws `not-found`, and a consent kind where results may not go out. */
  get(caller: PartnerCaller, orderId: string): Promise<PartnerOrder> {
    return this.reading(caller, async (tx) => {
      const { tenantId, integrationId } = caller;
      const order = await readOrderOf(tx, { tenantId, integrationId, externalId: orderId });
      if (order === null) throw new GatewayError('not-found', { detail: 'no such order; POST it first' });
      const { packageId, state, receivedAt, applicationId } = order;
      const results = applicationId === null ? [] : await this.resultsOf(tx, caller, applicationId);
      return { orderId, packageId, state, receivedAt, results };
    });
  }

  /** Takes an order back. Throws `not-found`, and `conflict` where it is over. */
  async cancel(caller: PartnerCaller, orderId: string): Promise<PartnerOrder> {
    await this.pushes.under(caller, async (tx, _grant, now) => {
      const { tenantId, integrationId } = caller;
      const order = await readOrderOf(tx, { tenantId, integrationId, externalId: orderId });
      if (order === null) throw new GatewayError('not-found', { detail: 'no such order; POST it first' });
      if (order.state === 'cancelled') return;
      if (!(await moveOrder(tx, tenantId, order.id, 'cancelled', now)))
        throw new GatewayError('conflict', { context: { state: order.state }, detail: `the order is ${order.state}` });
    });
    return this.get(caller, orderId);
  }

  /** Of an application, by the ATS's own name. Throws `not-found`, and a consent kind where results may not go out. */
  results(caller: PartnerCaller, applicationId: string): Promise<readonly PartnerResult[]> {
    return this.reading(caller, async (tx) => {
      const known = await findIds(tx, caller, [{ resource: 'application', externalId: applicationId, remoteId: null }]);
      const id = known.idOf('application', applicationId);
      if (id === null) throw new GatewayError('not-found', { detail: 'no such application; PUT it first' });
      return this.resultsOf(tx, caller, id);
    });
  }

  private reading<T>({ tenantId, integrationId }: PartnerCaller, work: (tx: Transaction) => Promise<T>): Promise<T> {
    return this.store.inTenant(tenantId, async (tx) => {
      const grant = await this.grants.require(tx, tenantId, 'write-back');
      if (grant.integrationId !== integrationId)
        throw new GatewayError('integration-disabled', { detail: 'this integration is not the active one; have it activated' });
      return work(tx);
    });
  }

  private async resultsOf(tx: Transaction, { tenantId, integrationId }: PartnerCaller, applicationId: string): Promise<PartnerResult[]> {
    const held = await heldResults(tx, { tenantId, integrationId, applicationId });
    return held.map(({ resultKey, content }) => ({ key: resultKey, ...content }));
  }
}

export interface NewOrder {
  readonly orderId: string;
  readonly packageId: string;
  readonly applicationId: string;
}
