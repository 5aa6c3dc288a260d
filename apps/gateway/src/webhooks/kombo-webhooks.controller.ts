import { Controller, HttpCode, Post, Req, Res } from '@nestjs/common';
import { ApiBody, ApiTags } from '@nestjs/swagger';
import { SkipThrottle } from '@nestjs/throttler';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { connectorBySlug, type Connector, type InboundWebhook, type WebhookPort } from '#libs/connectors';
import { GatewayError } from '#libs/model';
import { Environment } from '../config/environment.js';
import { Answers, Fails } from '../http/openapi-route.js';
import { Does, Public } from '../http/scopes.js';
import { OrderNotices } from '../orders/order-notices.js';
import { LinkChanges } from './link-changes.js';
import { parsedBody, rawBodyOf } from './raw-body.js';
import { Reception, type WebhookOutcome } from './reception.js';
import { WEBHOOK_ANSWER } from './webhook.schema.js';

/** Kombo's webhooks: notices of where to look. Nothing of a body is kept but its id and its type. */
@ApiTags('inbound')
@Public()
@SkipThrottle()
@Controller('webhooks/kombo')
export class KomboWebhooksController {
  private readonly connector: Connector;
  private readonly port: WebhookPort;

  constructor(
    private readonly environment: Environment,
    private readonly reception: Reception,
    private readonly changes: LinkChanges,
    private readonly orders: OrderNotices,
  ) {
    const connector = connectorBySlug('kombo');
    if (connector?.ports.webhooks === undefined) throw new GatewayError('internal', { context: { reason: 'no-webhook-port' } });
    this.connector = connector;
    this.port = connector.ports.webhooks;
  }

  @Post()
  @HttpCode(200)
  @Does(
    'A webhook of Kombo’s, signed over its raw body in `X-Kombo-Signature`',
    'Answered once it is recorded. A webhook that is not known, or whose tenant does not consent or is not active, is answered alike and only counted.',
  )
  @ApiBody({ schema: { type: 'object' }, description: 'As Kombo documents it.' })
  @Answers(WEBHOOK_ANSWER)
  @Fails('unauthenticated')
  async receive(
    @Req() { body, headers }: FastifyRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<{ status: 'received' } | { message: string } | { assessment_url: string }> {
    const rawBody = rawBodyOf(body);
    if (!this.port.isAuthentic({ rawBody, headers }, this.environment.KOMBO_WEBHOOK_SECRET))
      throw new GatewayError('unauthenticated', { detail: 'the signature does not match the body' });
    const webhook = this.port.read(parsedBody(rawBody), headers);
    await this.take(webhook);
    const { notice, account } = webhook;
    if (notice.about === 'inline-order') {
      const begun = await this.orders.begin(this.connector, account, notice);
      if ('url' in begun) return { assessment_url: begun.url };
      void reply.status(422);
      return begun;
    }
    const refusal = notice.about === 'order' ? await this.orders.take(this.connector, account, notice.packageId) : null;
    if (refusal === null) return { status: 'received' };
    // So Kombo rejects the order, and shows the message (Kombo documentation, assessments, 2026).
    void reply.status(422);
    return { message: refusal };
  }

  private async take(webhook: InboundWebhook): Promise<WebhookOutcome> {
    const { about } = webhook.notice;
    const changed = about === 'connected' || about === 'state' ? await this.changes.apply(this.connector, webhook) : null;
    const recorded = await this.reception.receive(this.connector, webhook);
    return changed ?? recorded;
  }
}
