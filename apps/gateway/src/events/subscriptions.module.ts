import { Module } from '@nestjs/common';
import { EventsModule } from './events.module.js';
import { FeedTail } from './feed-tail.js';
import { Posting } from './posting.js';
import { Replays } from './replays.js';
import { Selection } from './selection.js';
import { Signatures } from './signatures.js';
import { SubscriptionDispatcher } from './subscription-dispatcher.js';
import { Subscriptions } from './subscriptions.js';

/** Subscriptions to events: made and changed in processes that serve, delivered for by those that work. */
@Module({
  imports: [EventsModule],
  providers: [FeedTail, Posting, Replays, Selection, Signatures, SubscriptionDispatcher, Subscriptions],
  exports: [Replays, SubscriptionDispatcher, Subscriptions],
})
export class SubscriptionsModule {}
