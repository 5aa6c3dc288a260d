import { Body, Controller, Get, HttpCode, Post, UseFilters } from '@nestjs/common';
import { ApiBody, ApiTags } from '@nestjs/swagger';
import { Answers } from '../../http/openapi-route.js';
import { list, object, text } from '../../http/openapi-schema.js';
import { Does } from '../../http/scopes.js';
import { ByPartnerKey, Partner } from '../partner-key.guard.js';
import type { PartnerCaller } from '../partner-keys.js';
import { requireText, textIn } from './body.js';
import { ProviderErrors } from './provider-errors.js';
import { ProviderOrders } from './provider-orders.js';

/** Where Workable wants the result: `…/assessments/{id}`. */
const CALLBACK_URL = /\/assessments\/([\w-]{1,100})$/;

/** Workable's protocol for assessment providers (workable.readme.io, page "assessment providers", 2026). */
@ApiTags('partner')
@ByPartnerKey()
@UseFilters(ProviderErrors)
@Controller('partner/workable')
export class WorkableProviderController {
  constructor(private readonly orders: ProviderOrders) {}

  @Get('tests')
  @Does('Workable: what can be sent')
  @Answers(object({ tests: list(object({ id: text, name: text })) }))
  tests() {
    return { tests: this.orders.catalogue.packages };
  }

  @Post('assessments')
  @HttpCode(201)
  @Does(
    'Workable: a recruiter sends a test',
    'The same `callback_url` again is the same order. The candidate is known by the assessment alone: Workable tells no id of theirs.',
  )
  @ApiBody({ schema: { type: 'object' }, description: 'As Workable documents it.' })
  @Answers(object({ assessment_id: text }))
  async send(@Partner() partner: PartnerCaller, @Body() body: unknown): Promise<{ assessment_id: string }> {
    const orderId = CALLBACK_URL.exec(requireText(body, 'callback_url'))?.[1] ?? requireText(null, 'callback_url');
    await this.orders.receive(partner, {
      orderId,
      packageId: requireText(body, 'test_id'),
      candidate: {
        remoteId: `assessment-${orderId}`,
        firstName: textIn(body, 'candidate', 'first_name'),
        lastName: textIn(body, 'candidate', 'last_name'),
        email: textIn(body, 'candidate', 'email'),
      },
      application: { remoteId: `assessment-${orderId}` },
      job: { remoteId: requireText(body, 'job_shortcode'), name: textIn(body, 'job_title') },
    });
    return { assessment_id: orderId };
  }
}
