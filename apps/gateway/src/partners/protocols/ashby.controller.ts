import { Body, Controller, HttpCode, Post, UseFilters } from '@nestjs/common';
import { ApiBody, ApiTags } from '@nestjs/swagger';
import { GatewayError } from '#libs/model';
import { Answers } from '../../http/openapi-route.js';
import { list, object, text, truth } from '../../http/openapi-schema.js';
import { Does } from '../../http/scopes.js';
import { ByPartnerKey, Partner } from '../partner-key.guard.js';
import type { PartnerCaller } from '../partner-keys.js';
import { requireText, textIn } from './body.js';
import { ProviderErrors } from './provider-errors.js';
import { ProviderOrders } from './provider-orders.js';

const AS_ASHBY = { schema: { type: 'object' }, description: 'As Ashby documents it.' } as const;

/** Ashby Assessments, as its partner serves them (Ashby OpenAPI, 2026-08). */
@ApiTags('partner')
@ByPartnerKey()
@UseFilters(ProviderErrors)
@Controller('partner/ashby')
export class AshbyProviderController {
  constructor(private readonly orders: ProviderOrders) {}

  @Post('assessment.list')
  @HttpCode(200)
  @Does('Ashby: what can be started')
  @ApiBody(AS_ASHBY)
  @Answers(object({ success: truth, results: list(object({ assessment_type_id: text, name: text, description: text })) }))
  list() {
    const results = this.orders.catalogue.packages.map(({ id, name }) => ({ assessment_type_id: id, name, description: name }));
    return { success: true, results };
  }

  @Post('assessment.start')
  @HttpCode(200)
  @Does('Ashby: start an assessment', '409 where the application is being assessed by it already.')
  @ApiBody(AS_ASHBY)
  @Answers(object({ success: truth, results: object({ assessment_id: text }) }))
  async start(@Partner() partner: PartnerCaller, @Body() body: unknown) {
    const packageId = requireText(body, 'assessment_type_id');
    const application = requireText(body, 'application', 'ashby_id');
    const orderId = `${application}.${packageId}`;
    const isNew = await this.orders.receive(partner, {
      orderId,
      packageId,
      candidate: {
        remoteId: requireText(body, 'candidate', 'ashby_id'),
        firstName: textIn(body, 'candidate', 'first_name'),
        lastName: textIn(body, 'candidate', 'last_name'),
        email: textIn(body, 'candidate', 'email'),
      },
      application: { remoteId: application },
      job: { remoteId: requireText(body, 'job', 'ashby_id'), name: textIn(body, 'job', 'name') },
    });
    if (!isNew) throw new GatewayError('conflict', { detail: 'This candidate is being assessed already.' });
    return { success: true, results: { assessment_id: orderId } };
  }

  @Post('assessment.cancel')
  @HttpCode(200)
  @Does('Ashby: cancel an assessment')
  @ApiBody(AS_ASHBY)
  @Answers(object({ success: truth, results: object({ assessment_id: text }) }))
  async cancel(@Partner() partner: PartnerCaller, @Body() body: unknown) {
    const orderId = requireText(body, 'assessment_id');
    await this.orders.cancel(partner, orderId);
    return { success: true, results: { assessment_id: orderId } };
  }
}
