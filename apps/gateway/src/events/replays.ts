import { Inject, Injectable } from '@nestjs/common';
import { GatewayError, type Clock } from '#libs/model';
import {
  enableSubscription,
  feedEnd,
  hasEvent,
  listDeliveries,
  moveSubscription,
  positionBefore,
  seqAt,
  Store,
  type DeliveryView,
  type FeedPosition,
  type SubscriptionView,
  type Transaction,
} from '#libs/store';
import { CLOCK } from '../config/clock.js';
import { DEFAULT_LIMIT } from '../http/page.dto.js';
import type { Principal } from '../http/principal.js';
import { seqOf } from './event.js';
import type { DeliveriesQuery } from './subscription.dto.js';
import { Subscriptions } from './subscriptions.js';

/** What was delivered, and having it delivered again. All throw `not-found` for a subscription that the caller may not see. */
@Injectable()
export class Replays {
  constructor(
    private readonly store: Store,
    private readonly subscriptions: Subscriptions,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  /** From an event's id, or from a time. Throws `invalid-request` where there is no such event, or no such time. */
  replay(id: string, from: string, caller: Principal): Promise<SubscriptionView> {
    return this.subscriptions.changing(id, caller, async (tx, view) => {
      const seq = seqOf(from);
      const position = seq === null ? await this.positionAt(tx, from) : await this.positionOf(tx, seq, view);
      await moveSubscription(tx, id, position, this.clock.now());
    });
  }

  /** Lets a disabled one go on where it stopped, and one that waits after a failure try at once. */
  enable(id: string, caller: Principal): Promise<SubscriptionView> {
    return this.subscriptions.changing(id, caller, (tx) => enableSubscription(tx, id, this.clock.now()));
  }

  /** The latest attempts, the newest first. */
  async deliveries(
    id: string,
    { limit = DEFAULT_LIMIT, cursor }: DeliveriesQuery,
    caller: Principal,
  ): Promise<{ data: DeliveryView[]; nextCursor: string | null }> {
    await this.subscriptions.get(id, caller);
    const page = { id, before: cursor ?? null, now: this.clock.now(), limit: limit + 1 };
    const found = await this.store.inPlatform((tx) => listDeliveries(tx, page));
    const shown = found.slice(0, limit);
    const last = shown.at(-1);
    const data = shown.map(({ number: _number, ...delivery }) => delivery);
    return { data, nextCursor: found.length > limit && last !== undefined ? last.number : null };
  }

  private async positionOf(tx: Transaction, seq: string, { tenantIds }: SubscriptionView): Promise<FeedPosition> {
    if (await hasEvent(tx, seq, tenantIds)) return positionBefore(seq);
    throw new GatewayError('invalid-request', {
      detail: '"from" is the id of no event that is there, or that this subscription may be told of',
    });
  }

  private async positionAt(tx: Transaction, time: string): Promise<FeedPosition> {
    if (Number.isNaN(Date.parse(time))) throw new GatewayError('invalid-request', { detail: '"from" is not a time of the calendar' });
    const seq = await seqAt(tx, time);
    return seq === null ? feedEnd(tx) : positionBefore(seq);
  }
}
