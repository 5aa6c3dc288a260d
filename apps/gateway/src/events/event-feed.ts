import { Inject, Injectable } from '@nestjs/common';
import { GatewayError, type Clock } from '#libs/model';
import { FEED_START, feedEnd, readFeed, Store, tenantExists } from '#libs/store';
import { CLOCK } from '../config/clock.js';
import { DEFAULT_LIMIT } from '../http/page.dto.js';
import type { Principal } from '../http/principal.js';
import { eventOf, type EventView } from './event.js';
import type { EventsQuery } from './event.dto.js';
import { decodeFeedCursor, encodeFeedCursor } from './feed-cursor.js';
import { FeedWatch } from './feed-watch.js';

export interface EventPage {
  readonly data: readonly EventView[];
  readonly nextCursor: string;
}

/**
 * The feed as callers read it. Events hold no personal data, so they are there without consent too: its end is one of them.
 */
@Injectable()
export class EventFeed {
  constructor(
    private readonly store: Store,
    private readonly watch: FeedWatch,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  /** A page; an empty one only after `wait` seconds. Throws `not-found` for a tenant that is not there for the caller, `invalid-request` for another cursor. */
  async read({ cursor, limit = DEFAULT_LIMIT, tenantId, wait = 0, from }: EventsQuery, { tenants }: Principal): Promise<EventPage> {
    const only = await this.tenantsOf(tenantId, tenants);
    let position = cursor === undefined ? await this.startAt(from) : decodeFeedCursor(cursor);
    const untilMs = this.clock.now().getTime() + wait * 1000;
    for (;;) {
      const mark = this.watch.mark;
      const at = position;
      const page = await this.store.inPlatform((tx) => readFeed(tx, { position: at, limit, tenants: only }));
      position = page.position;
      const leftMs = untilMs - this.clock.now().getTime();
      if (page.rows.length > 0 || leftMs <= 0 || !this.watch.isOpen)
        return { data: page.rows.map(eventOf), nextCursor: encodeFeedCursor(position) };
      await this.watch.next(mark, leftMs);
    }
  }

  private async startAt(from: EventsQuery['from']) {
    return from === 'end' ? this.store.inPlatform(feedEnd) : FEED_START;
  }

  private async tenantsOf(tenantId: string | undefined, allowed: Principal['tenants']): Promise<readonly string[] | null> {
    if (tenantId === undefined) return allowed === null ? null : [...allowed];
    const isVisible = allowed === null || allowed.has(tenantId);
    if (isVisible && (await this.store.inTenant(tenantId, (tx) => tenantExists(tx, tenantId)))) return [tenantId];
    throw new GatewayError('not-found', { detail: 'no such tenant' });
  }
}
