import { Body, Controller, Get, HttpCode, Post, Query, UseFilters } from '@nestjs/common';
import { ApiBody, ApiTags } from '@nestjs/swagger';
import { Answers } from '../../http/openapi-route.js';
import { list, mapOf, object, text } from '../../http/openapi-schema.js';
import { Does } from '../../http/scopes.js';
import { ByPartnerKey, Partner } from '../partner-key.guard.js';
import type { PartnerCaller } from '../partner-keys.js';
import { requireText, textIn } from './body.js';
import { ProviderErrors } from './provider-errors.js';
import { ProviderOrders } from './provider-orders.js';

/** Where Greenhouse wants to be told that a test is complete: `…/take_home_tests/{id}`. */
const TEST_URL = /\/take_home_tests\/([\w-]{1,100})$/;
const PROFILE_URL = /\/people\/(\d{1,20})(?:\?(?:.*&)?application_id=(\d{1,20}))?/;

/** The Greenhouse Assessment API, as its partner serves it (grnhse/greenhouse-api-docs, 2026-01-20). Basic, the key is the user. */
@ApiTags('partner')
@ByPartnerKey()
@UseFilters(ProviderErrors)
@Controller('partner/greenhouse')
export class GreenhouseProviderController {
  constructor(private readonly orders: ProviderOrders) {}

  @Get('list_tests')
  @Does('Greenhouse: what can be sent')
  @Answers(list(object({ partner_test_id: text, partner_test_name: text })))
  tests() {
    return this.orders.catalogue.packages.map(({ id, name }) => ({ partner_test_id: id, partner_test_name: name }));
  }

  @Post('send_test')
  @HttpCode(200)
  @Does('Greenhouse: a recruiter sends a test', 'The same `url` again is the same order.')
  @ApiBody({ schema: { type: 'object' }, description: 'As Greenhouse documents it.' })
  @Answers(object({ partner_interview_id: text }))
  async send(@Partner() partner: PartnerCaller, @Body() body: unknown): Promise<{ partner_interview_id: string }> {
    const orderId = TEST_URL.exec(requireText(body, 'url'))?.[1] ?? requireText(null, 'url');
    const [, person, application] = PROFILE_URL.exec(textIn(body, 'candidate', 'greenhouse_profile_url') ?? '') ?? [];
    await this.orders.receive(partner, {
      orderId,
      packageId: requireText(body, 'partner_test_id'),
      candidate: {
        remoteId: person ?? `test-${orderId}`,
        firstName: textIn(body, 'candidate', 'first_name'),
        lastName: textIn(body, 'candidate', 'last_name'),
        email: textIn(body, 'candidate', 'email'),
      },
      application: { remoteId: application ?? `test-${orderId}` },
      job: null,
    });
    return { partner_interview_id: orderId };
  }

  @Get('test_status')
  @Does('Greenhouse: how a test stands')
  @Answers(mapOf({}))
  async status(@Partner() partner: PartnerCaller, @Query('partner_interview_id') id: unknown): Promise<object> {
    const { order, result } = await this.orders.standing(partner, requireText({ partner_interview_id: id }, 'partner_interview_id'));
    if (result === null) return { partner_status: order.state };
    const { roleFit, matchPercent, scores, summary, reportUrl } = result;
    return {
      partner_status: 'complete',
      partner_profile_url: reportUrl,
      ...(roleFit === null ? {} : { partner_score: roleFit }),
      metadata: {
        ...(matchPercent === null ? {} : { Match: `${matchPercent} of 100` }),
        ...Object.fromEntries(scores.map(({ label, value, max }) => [label, `${value} of ${max}`])),
        ...(summary === null ? {} : { Summary: summary }),
      },
    };
  }

  @Post('response_error')
  @HttpCode(200)
  @Does('Greenhouse: an answer of ours was malformed', 'Only counted: it names the candidate.')
  @ApiBody({ schema: { type: 'object' }, description: 'As Greenhouse documents it.' })
  @Answers(object({}))
  failed(): object {
    return {};
  }
}
