import { randomUUID } from 'node:crypto';
import { Controller, HttpCode, Param, Post, Req, Res } from '@nestjs/common';
import { ApiBody, ApiTags } from '@nestjs/swagger';
import { SkipThrottle } from '@nestjs/throttler';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { connectorBySlug, type Connector, type SignedDelivery, type WebhookPort } from '#libs/connectors';
import { GatewayError } from '#libs/model';
import { findLink, Integration, Store, type KnownAccount } from '#libs/store';
import { Answers, Fails } from '../http/openapi-route.js';
import { Does, Public } from '../http/scopes.js';
import { Uuid } from '../http/uuid.pipe.js';
import { Calls } from '../integrations/calls.js';
import { parsedBody, rawBodyOf } from './raw-body.js';
import { Reception } from './reception.js';
import { WEBHOOK_ANSWER } from './webhook.schema.js';

/** Webhooks of the ATSs themselves, each signed as its vendor signs, with the secret of the integration that the address names. */
@ApiTags('inbound')
@Public()
@SkipThrottle()
@Controller('webhooks/:connector/:integrationId')
export class NativeWebhooksController {
  constructor(
    private readonly store: Store,
    private readonly calls: Calls,
    private readonly reception: Reception,
  ) {}

  @Post()
  @HttpCode(200)
  @Does(
    'A webhook of an ATS’s, in its own scheme',
    'Answered once it is recorded. One that is not known or not active is answered alike and only counted.',
  )
  @ApiBody({ schema: { type: 'object' }, description: 'As the vendor documents it.' })
  @Answers(WEBHOOK_ANSWER)
  @Fails('unauthenticated', 'not-found')
  async receive(
    @Param('connector') slug: string,
    @Param('integrationId', Uuid) integrationId: string,
    @Req() { body, headers }: FastifyRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<{ status: 'received' }> {
    const { connector, port } = portOf(slug);
    const delivery = { rawBody: rawBodyOf(body), headers };
    const handshake = port.handshake?.(delivery) ?? null;
    if (handshake !== null) void reply.headers(handshake);
    else await this.take(connector, port, integrationId, delivery);
    return { status: 'received' };
  }

  private async take(connector: Connector, port: WebhookPort, integrationId: string, delivery: SignedDelivery): Promise<void> {
    const link = await this.store.inPlatform((tx) => findLink(tx, connector.manifest.slug, integrationId));
    // An address that nobody has is answered as a wrong signature: it tells nothing about what there is.
    if (link === null || !port.isAuthentic(delivery, await this.secretsOf(port, link)))
      throw new GatewayError('unauthenticated', {
        detail: 'the signature does not match the body, or no webhook secret is set with the integration',
      });
    const webhook = port.read(parsedBody(delivery.rawBody), delivery.headers);
    await this.reception.receive(connector, { ...webhook, id: webhook.id ?? randomUUID() }, link);
  }

  private secretsOf(port: WebhookPort, { tenantId, integrationId: id }: KnownAccount): Promise<readonly string[]> {
    return this.store.inTenant(tenantId, async (tx) => {
      const row = await tx.em.findOneOrFail(Integration, { tenantId, id });
      return port.secretsOf?.(await this.calls.credentialsOf(tx, row)) ?? [];
    });
  }
}

function portOf(slug: string): { readonly connector: Connector; readonly port: WebhookPort } {
  const connector = connectorBySlug(slug);
  if (connector?.ports.webhooks?.secretsOf === undefined)
    throw new GatewayError('not-found', { detail: 'no such connector takes webhooks here' });
  return { connector, port: connector.ports.webhooks };
}
