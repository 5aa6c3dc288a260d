import { Module } from '@nestjs/common';
import { EventFeed } from './event-feed.js';
import { FeedWatch } from './feed-watch.js';

/** The feed, for whoever reads it. */
@Module({ providers: [EventFeed, FeedWatch], exports: [EventFeed, FeedWatch] })
export class EventsModule {}
