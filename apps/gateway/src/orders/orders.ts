import { Inject, Injectable } from '@nestjs/common';
import { requireResource } from '#libs/consent';
import { decodeCursor, encodeCursor, GatewayError, type Clock, type OrderState } from '#libs/model';
import { listOrders, moveOrder, readOrder, Store, type OrderView } from '#libs/store';
import { CLOCK } from '../config/clock.js';
import { Grants } from '../consents/grants.js';
import { DEFAULT_LIMIT } from '../http/page.dto.js';
import type { OrdersQuery } from './order.dto.js';

/** Assessments that were ordered in ATSs, as internal services see and move them. */
@Injectable()
export class Orders {
  constructor(
    private readonly store: Store,
    private readonly grants: Grants,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  /** Throws a consent kind, and `invalid-request` for a cursor of another list. */
  async list(
    tenantId: string,
    { limit = DEFAULT_LIMIT, cursor, state, applicationId }: OrdersQuery,
  ): Promise<{ data: OrderView[]; nextCursor: string | null }> {
    const list = [tenantId, 'order', state ?? '', applicationId ?? ''];
    const after = cursor === undefined ? null : decodeCursor(cursor, list).id;
    return this.store.inTenant(tenantId, async (tx) => {
      requireResource(await this.grants.require(tx, tenantId, 'serve'), 'application');
      const filter = { tenantId, state: state ?? null, applicationId: applicationId ?? null, after, limit: limit + 1 };
      const found = await listOrders(tx, filter);
      const data = found.slice(0, limit);
      const last = data.at(-1);
      return { data, nextCursor: found.length > limit && last !== undefined ? encodeCursor({ id: last.id, changedAt: null }, list) : null };
    });
  }

  /** Throws a consent kind, and `not-found`. */
  get(tenantId: string, id: string): Promise<OrderView> {
    return this.store.inTenant(tenantId, async (tx) => {
      requireResource(await this.grants.require(tx, tenantId, 'serve'), 'application');
      const order = await readOrder(tx, tenantId, id);
      if (order === null) throw new GatewayError('not-found', { detail: 'no such order of this tenant' });
      return order;
    });
  }

  /** Throws `conflict` where the order is not in a state from which it could go there. The same state again changes nothing. */
  async move(tenantId: string, id: string, state: Extract<OrderState, 'started' | 'expired'>): Promise<OrderView> {
    const before = await this.get(tenantId, id);
    if (before.state === state) return before;
    const moved = await this.store.inTenant(tenantId, (tx) => moveOrder(tx, tenantId, id, state, this.clock.now()));
    if (!moved) throw new GatewayError('conflict', { context: { state: before.state }, detail: `the order is ${before.state}` });
    return this.get(tenantId, id);
  }
}
