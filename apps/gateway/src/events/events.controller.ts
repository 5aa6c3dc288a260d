import { Controller, Get, Query } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import { Answers } from '../http/openapi-route.js';
import { Caller, type Principal } from '../http/principal.js';
import { Does, Scopes } from '../http/scopes.js';
import { EventFeed, type EventPage } from './event-feed.js';
import { EventsQuery } from './event.dto.js';
import { EVENTS } from './event.schema.js';

/** What has happened, to be read on from a cursor. */
@ApiTags('events')
@Scopes('ats:read')
@Controller('v1/events')
export class EventsController {
  constructor(private readonly feed: EventFeed) {}

  @Get()
  @Does(
    'Events since a cursor',
    'None is left out and none comes twice, and those of one record come in their order. With `wait` an empty answer comes only after so many seconds. A tenant’s first complete read, and the first after a switch, is one `sync.baseline-completed`.',
  )
  @Answers(EVENTS)
  list(@Query() query: EventsQuery, @Caller() caller: Principal): Promise<EventPage> {
    return this.feed.read(query, caller);
  }
}
