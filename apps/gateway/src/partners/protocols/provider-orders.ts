import { Inject, Injectable } from '@nestjs/common';
import { requireResource, type Grant } from '#libs/consent';
import { GatewayError, type Clock, type RemoteRecord, type Resource, type ResultContent } from '#libs/model';
import {
  matchOrder,
  moveOrder,
  readOrderOf,
  receiveOrder,
  resultsOfApplication,
  Store,
  type OrderView,
  type Transaction,
} from '#libs/store';
import { CLOCK } from '../../config/clock.js';
import { Grants } from '../../consents/grants.js';
import { Catalogue } from '../../orders/catalogue.js';
import { storePushed } from '../../pipeline/pushed.js';
import type { PartnerCaller } from '../partner-keys.js';
import { Pushes } from '../pushes.js';
import { remoteRecord } from '../remote-records.js';

/** An order as an ATS's own protocol brings it, as far as we may hold it. */
export interface ProviderOrder {
  /** What the ATS calls the order: the same when it is sent again. */
  readonly orderId: string;
  readonly packageId: string;
  readonly candidate: {
    readonly remoteId: string;
    readonly firstName: string | null;
    readonly lastName: string | null;
    readonly email: string | null;
  };
  readonly application: { readonly remoteId: string };
  readonly job: { readonly remoteId: string; readonly name: string | null } | null;
}

/** Orders of ATSs by their own assessment protocols: the people and jobs in them go the path of any push. */
@Injectable()
export class ProviderOrders {
  constructor(
    private readonly store: Store,
    private readonly grants: Grants,
    private readonly pushes: Pushes,
    readonly catalogue: Catalogue,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  /** Whether the order is a new one: no vendor promises not to repeat. Throws `invalid-request` for a package that is not offered, a consent kind. */
  receive(caller: PartnerCaller, order: ProviderOrder): Promise<boolean> {
    if (!this.catalogue.has(order.packageId))
      throw new GatewayError('invalid-request', { detail: 'This assessment is not offered any more. Choose another one.' });
    return this.pushes.under(caller, async (tx, grant) => {
      requireResource(grant, 'candidate');
      requireResource(grant, 'application');
      const now = this.clock.now();
      await this.storePeople(tx, grant, order, now);
      const link = { tenantId: caller.tenantId, integrationId: caller.integrationId };
      const received = {
        externalId: order.orderId,
        packageId: order.packageId,
        applicationRemoteId: order.application.remoteId,
        candidateRemoteId: order.candidate.remoteId,
      };
      const { created } = await receiveOrder(tx, link, received, now);
      await matchOrder(tx, link, { externalId: order.orderId, email: null }, now);
      return created;
    });
  }

  private async storePeople(tx: Transaction, grant: Grant, { candidate, application, job }: ProviderOrder, now: Date): Promise<void> {
    const store = <R extends Resource>(resource: R, record: RemoteRecord<R>) => storePushed(tx, grant, resource, [record], now);
    const { remoteId, firstName, lastName, email } = candidate;
    const known = {
      ...(firstName === null ? {} : { firstName }),
      ...(lastName === null ? {} : { lastName }),
      ...(email === null ? {} : { email }),
    };
    if (job !== null && grant.fields.has('job')) await store('job', remoteRecord('job', job.remoteId, { name: job.name ?? '' }));
    const applied = remoteRecord('application', application.remoteId, { candidateId: remoteId, jobId: job?.remoteId ?? '' });
    await store('application', { ...applied, fields: { ...applied.fields, jobId: job?.remoteId ?? null } });
    await store('candidate', remoteRecord('candidate', remoteId, known));
  }

  /** How the order stands, and its newest result where there is one. Throws `not-found`, a consent kind where results may not go out. */
  standing(
    { tenantId, integrationId }: PartnerCaller,
    orderId: string,
  ): Promise<{ readonly order: OrderView; readonly result: ResultContent | null }> {
    return this.store.inTenant(tenantId, async (tx) => {
      await this.grants.require(tx, tenantId, 'write-back');
      const order = await readOrderOf(tx, { tenantId, integrationId, externalId: orderId });
      if (order === null) throw new GatewayError('not-found', { detail: 'no such order' });
      const [newest] = order.applicationId === null ? [] : await resultsOfApplication(tx, tenantId, order.applicationId);
      return { order, result: newest ?? null };
    });
  }

  /** Throws `not-found`. An order that is over stays as it is. */
  async cancel(caller: PartnerCaller, orderId: string): Promise<void> {
    await this.pushes.under(caller, async (tx, _grant, now) => {
      const { tenantId, integrationId } = caller;
      const order = await readOrderOf(tx, { tenantId, integrationId, externalId: orderId });
      if (order === null) throw new GatewayError('not-found', { detail: 'no such order' });
      await moveOrder(tx, tenantId, order.id, 'cancelled', now);
    });
  }
}
