import { Body, Controller, Delete, Get, HttpCode, Param, Patch, Post, Query } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import type { DeliveryView, SubscriptionView } from '#libs/store';
import { Answers, Fails } from '../http/openapi-route.js';
import { PageQuery } from '../http/page.dto.js';
import { Caller, type Principal } from '../http/principal.js';
import { Does, Scopes } from '../http/scopes.js';
import { Uuid } from '../http/uuid.pipe.js';
import { Replays } from './replays.js';
import { DeliveriesQuery, NewSubscriptionBody, ReplayBody, SubscriptionPatchBody } from './subscription.dto.js';
import { DELIVERIES, NEW_SUBSCRIPTION, ROTATED, SUBSCRIPTION, SUBSCRIPTIONS, TESTED } from './subscription.schema.js';
import { Subscriptions } from './subscriptions.js';

/** Events posted to whoever subscribes, signed as Standard Webhooks says. */
@ApiTags('events')
@Scopes('ats:read')
@Controller('v1/subscriptions')
export class SubscriptionsController {
  constructor(
    private readonly subscriptions: Subscriptions,
    private readonly replays: Replays,
  ) {}

  @Post()
  @Does(
    'Subscribe to events',
    'Each is posted to the address at least once, with the same `webhook-id` whenever it is repeated; those of one record in their order. The secret is shown this once.',
  )
  @Answers(NEW_SUBSCRIPTION)
  @Fails('conflict')
  create(@Body() body: NewSubscriptionBody, @Caller() caller: Principal) {
    return this.subscriptions.create(body, caller);
  }

  @Get()
  @Does('The subscriptions', 'A token that is limited to tenants shows those that were made with it.')
  @Answers(SUBSCRIPTIONS)
  list(@Query() query: PageQuery, @Caller() caller: Principal): Promise<{ data: SubscriptionView[]; nextCursor: string | null }> {
    return this.subscriptions.list(query, caller);
  }

  @Get(':id')
  @Does('One subscription, and how its deliveries stand')
  @Answers(SUBSCRIPTION)
  get(@Param('id', Uuid) id: string, @Caller() caller: Principal): Promise<SubscriptionView> {
    return this.subscriptions.get(id, caller);
  }

  @Patch(':id')
  @Does('Change a subscription', 'Keys that are left out stay as they are.')
  @Answers(SUBSCRIPTION)
  change(@Param('id', Uuid) id: string, @Body() body: SubscriptionPatchBody, @Caller() caller: Principal): Promise<SubscriptionView> {
    return this.subscriptions.change(id, body, caller);
  }

  @Delete(':id')
  @HttpCode(204)
  @Does('End a subscription', 'What is under way at the moment may still arrive.')
  remove(@Param('id', Uuid) id: string, @Caller() caller: Principal): Promise<void> {
    return this.subscriptions.remove(id, caller);
  }

  @Post(':id/rotate-secret')
  @HttpCode(200)
  @Does('Make a new secret', 'For 24 h deliveries carry two signatures, also that of the former secret. The new one is shown this once.')
  @Answers(ROTATED)
  rotateSecret(@Param('id', Uuid) id: string, @Caller() caller: Principal) {
    return this.subscriptions.rotateSecret(id, caller);
  }

  @Post(':id/test')
  @HttpCode(200)
  @Does(
    'Post a signed event of the type `test` now',
    'Says what the receiver answered, but nothing of its body. Also while the subscription is disabled.',
  )
  @Answers(TESTED)
  async test(@Param('id', Uuid) id: string, @Caller() caller: Principal) {
    const { error, status: statusCode, durationMs } = await this.subscriptions.test(id, caller);
    return { delivered: error === null, statusCode, error, durationMs };
  }

  @Post(':id/replay')
  @HttpCode(200)
  @Does('Have events delivered again', 'From an event or a time on, whether they had been delivered or not.')
  @Answers(SUBSCRIPTION)
  replay(@Param('id', Uuid) id: string, @Body() { from }: ReplayBody, @Caller() caller: Principal): Promise<SubscriptionView> {
    return this.replays.replay(id, from, caller);
  }

  @Post(':id/enable')
  @HttpCode(200)
  @Does('Let a disabled subscription go on where it stopped', 'One that waits after a failure is tried at once.')
  @Answers(SUBSCRIPTION)
  enable(@Param('id', Uuid) id: string, @Caller() caller: Principal): Promise<SubscriptionView> {
    return this.replays.enable(id, caller);
  }

  @Get(':id/deliveries')
  @Does('The latest attempts, the newest first', 'The last 1,000, of the last seven days.')
  @Answers(DELIVERIES)
  deliveries(
    @Param('id', Uuid) id: string,
    @Query() query: DeliveriesQuery,
    @Caller() caller: Principal,
  ): Promise<{ data: DeliveryView[]; nextCursor: string | null }> {
    return this.replays.deliveries(id, query, caller);
  }
}
