import { createHmac, timingSafeEqual } from 'node:crypto';
import { Body, Controller, Get, Headers, HttpCode, Inject, Post, UseFilters, UseGuards } from '@nestjs/common';
import { ApiBody, ApiExtension, ApiTags } from '@nestjs/swagger';
import { GatewayError, type Clock } from '#libs/model';
import { CLOCK } from '../../config/clock.js';
import { Environment } from '../../config/environment.js';
import { Answers } from '../../http/openapi-route.js';
import { mapOf, object } from '../../http/openapi-schema.js';
import { Does, Public } from '../../http/scopes.js';
import { Partner } from '../partner-key.guard.js';
import type { PartnerCaller } from '../partner-keys.js';
import { requireText, textIn } from './body.js';
import { PlainProviderErrors } from './provider-errors.js';
import { ProviderOrders } from './provider-orders.js';
import { TeamtailorKeyGuard } from './teamtailor-key.guard.js';

/** As Teamtailor advises (Teamtailor/tt-partner-docs, 2026-06-11). */
const SKEW_MS = 5 * 60_000;

/** The field of the trigger's form that a recruiter chooses in. */
const FIELD = 'assessment';

/** Teamtailor's Partner API, as its partner serves it (Teamtailor/tt-partner-docs, 2026-06-11). */
@ApiTags('partner')
@Public()
@UseGuards(TeamtailorKeyGuard)
@ApiExtension('x-partner-key', true)
@UseFilters(PlainProviderErrors)
@Controller('partner/teamtailor')
export class TeamtailorProviderController {
  constructor(
    private readonly orders: ProviderOrders,
    private readonly environment: Environment,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  @Get('config')
  @Does('Teamtailor: the form of a stage’s trigger')
  @Answers(object({ config: mapOf({}) }))
  config() {
    const options = this.orders.catalogue.packages.map(({ id, name }) => ({ id, label: name }));
    return { config: { fields: [{ id: FIELD, label: 'Assessment', type: 'select', required: true, options }] } };
  }

  @Post('webhook')
  @HttpCode(200)
  @Does('Teamtailor: a candidate came into a stage with our trigger', 'The same result again is the same order.')
  @ApiBody({ schema: { type: 'object' }, description: 'As Teamtailor documents it.' })
  @Answers(object({ partner_result_attributes: mapOf({}) }))
  async receive(@Partner() partner: PartnerCaller, @Body() body: unknown, @Headers('teamtailor-signature') signature?: string) {
    const at = (...path: readonly string[]) => ['partner-event', ...path] as const;
    this.requireSignature(signature ?? '', requireText(body, ...at('id')));
    const job = textIn(body, ...at('candidate', 'job', 'id'));
    const candidate = requireText(body, ...at('candidate', 'id'));
    await this.orders.receive(partner, {
      orderId: requireText(body, ...at('partner-result', 'id')),
      packageId: requireText(body, ...at('webhook-data', FIELD)),
      candidate: {
        remoteId: candidate,
        firstName: textIn(body, ...at('candidate', 'first-name')),
        lastName: textIn(body, ...at('candidate', 'last-name')),
        email: textIn(body, ...at('candidate', 'email')),
      },
      application: { remoteId: job === null ? candidate : `${candidate}:${job}` },
      job: job === null ? null : { remoteId: job, name: textIn(body, ...at('candidate', 'job', 'title')) },
    });
    return { partner_result_attributes: { status: 'pending' } };
  }

  /** Over the time and the event's id, not the body, since 2024-07. Not asked for where no secret is set. */
  private requireSignature(header: string, eventId: string): void {
    const secret = this.environment.TEAMTAILOR_WEBHOOK_SECRET;
    if (secret === undefined) return;
    const [, seconds = '', given = ''] = /(?:^|,)t=(\d{1,12}),.*?v1=([0-9a-f]{64})/.exec(header) ?? [];
    const expected = createHmac('sha256', secret).update(`${seconds}.${eventId}`).digest();
    const isTimely = Math.abs(this.clock.now().getTime() - Number(seconds) * 1000) <= SKEW_MS;
    const isRight = given.length === 64 && timingSafeEqual(expected, Buffer.from(given, 'hex'));
    if (!isTimely || !isRight) throw new GatewayError('unauthenticated', { detail: 'The signature does not match.' });
  }
}
