import { Controller, Get, HttpCode, Param, Post, Query } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import { CONSENT_KINDS } from '#libs/model';
import type { OrderView } from '#libs/store';
import { Answers, Fails } from '../http/openapi-route.js';
import { Does, Scopes } from '../http/scopes.js';
import { Uuid } from '../http/uuid.pipe.js';
import { OrdersQuery } from './order.dto.js';
import { ORDER, ORDERS } from './order.schema.js';
import { Orders } from './orders.js';

/** Assessments that recruiters ordered in their ATS. */
@ApiTags('orders')
@Controller('v1/tenants/:tenantId/orders')
export class OrdersController {
  constructor(private readonly orders: Orders) {}

  @Get()
  @Scopes('ats:read')
  @Does('Orders, in the order in which they came')
  @Answers(ORDERS)
  @Fails(...CONSENT_KINDS)
  list(@Param('tenantId', Uuid) tenantId: string, @Query() query: OrdersQuery): Promise<{ data: OrderView[]; nextCursor: string | null }> {
    return this.orders.list(tenantId, query);
  }

  @Get(':id')
  @Scopes('ats:read')
  @Does('One order')
  @Answers(ORDER)
  @Fails(...CONSENT_KINDS)
  get(@Param('tenantId', Uuid) tenantId: string, @Param('id', Uuid) id: string): Promise<OrderView> {
    return this.orders.get(tenantId, id);
  }

  @Post(':id/start')
  @HttpCode(200)
  @Scopes('results:write')
  @Does('The candidate was invited', 'A result of the application completes the order.')
  @Answers(ORDER)
  @Fails(...CONSENT_KINDS)
  start(@Param('tenantId', Uuid) tenantId: string, @Param('id', Uuid) id: string): Promise<OrderView> {
    return this.orders.move(tenantId, id, 'started');
  }

  @Post(':id/expire')
  @HttpCode(200)
  @Scopes('results:write')
  @Does(
    'The candidate did not take the assessment in time',
    'The ATS is not told: it keeps the order open until a result comes or it is cancelled there.',
  )
  @Answers(ORDER)
  @Fails(...CONSENT_KINDS)
  expire(@Param('tenantId', Uuid) tenantId: string, @Param('id', Uuid) id: string): Promise<OrderView> {
    return this.orders.move(tenantId, id, 'expired');
  }
}
