import { Body, Controller, Get, HttpCode, Param, Post } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import { CONSENT_KINDS, ORDER_STATES, type AssessmentPackage } from '#libs/model';
import { Answers, Fails } from '../http/openapi-route.js';
import { component, list, object, oneOf, text, textOrNull, time } from '../http/openapi-schema.js';
import { Does } from '../http/scopes.js';
import { Catalogue } from '../orders/catalogue.js';
import { OrderBody } from './partner.dto.js';
import { ByPartnerKey, Partner } from './partner-key.guard.js';
import type { PartnerCaller } from './partner-keys.js';
import { PartnerOrders, type PartnerOrder, type PartnerResult } from './partner-orders.js';
import { RemoteId } from './remote-id.pipe.js';

const NUMBER = { type: 'number' } as const;
const NUMBER_OR_NULL = { type: ['integer', 'null'] } satisfies object;

const RESULT = component(
  'PartnerResult',
  object({
    key: text,
    completedAt: time,
    roleFit: NUMBER_OR_NULL,
    matchPercent: NUMBER_OR_NULL,
    scores: list(object({ name: text, label: text, value: NUMBER, min: NUMBER, max: NUMBER })),
    summary: textOrNull,
    reportUrl: text,
  }),
);

const ORDER = component(
  'PartnerOrder',
  object({ orderId: text, packageId: text, state: oneOf(ORDER_STATES), receivedAt: time, results: list(RESULT) }),
);

/** Assessments that an ATS orders itself, and their results. */
@ApiTags('partner')
@ByPartnerKey()
@Controller('partner/v1')
export class PartnerOrdersController {
  constructor(
    private readonly orders: PartnerOrders,
    private readonly catalogue: Catalogue,
  ) {}

  @Get('assessments')
  @Does('What can be ordered')
  @Answers(object({ data: list(component('AssessmentPackage', object({ id: text, name: text }))) }))
  assessments(): { data: readonly AssessmentPackage[] } {
    return { data: this.catalogue.packages };
  }

  @Post('orders')
  @HttpCode(200)
  @Does('Order an assessment for an application', 'The same `orderId` again is the same order.')
  @Answers(ORDER)
  @Fails(...CONSENT_KINDS)
  order(@Partner() partner: PartnerCaller, @Body() body: OrderBody): Promise<PartnerOrder> {
    return this.orders.receive(partner, body);
  }

  @Get('orders/:remoteId')
  @Does('How an order stands, with its results')
  @Answers(ORDER)
  @Fails(...CONSENT_KINDS)
  get(@Partner() partner: PartnerCaller, @Param('remoteId', RemoteId) orderId: string): Promise<PartnerOrder> {
    return this.orders.get(partner, orderId);
  }

  @Post('orders/:remoteId/cancel')
  @HttpCode(200)
  @Does('Take an order back')
  @Answers(ORDER)
  @Fails(...CONSENT_KINDS)
  cancel(@Partner() partner: PartnerCaller, @Param('remoteId', RemoteId) orderId: string): Promise<PartnerOrder> {
    return this.orders.cancel(partner, orderId);
  }

  @Get('applications/:remoteId/results')
  @Does('The results of an application', 'A later one under the same key takes the place of the former.')
  @Answers(object({ data: list(RESULT) }))
  @Fails(...CONSENT_KINDS)
  async results(
    @Partner() partner: PartnerCaller,
    @Param('remoteId', RemoteId) applicationId: string,
  ): Promise<{ data: readonly PartnerResult[] }> {
    return { data: await this.orders.results(partner, applicationId) };
  }
}
