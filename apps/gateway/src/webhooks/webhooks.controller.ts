import { Controller, Get, Query } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import { listWebhooks, Store, type WebhookView } from '#libs/store';
import { Answers } from '../http/openapi-route.js';
import { DEFAULT_LIMIT } from '../http/page.dto.js';
import { Caller, type Principal } from '../http/principal.js';
import { Does, Scopes } from '../http/scopes.js';
import { WebhooksQuery } from './webhook.dto.js';
import { WEBHOOKS } from './webhook.schema.js';

/** What came in. */
@ApiTags('platform')
@Scopes('platform:admin')
@Controller('platform/v1/webhooks')
export class WebhooksController {
  constructor(private readonly store: Store) {}

  @Get()
  @Does('The webhooks that were recorded, the newest first', 'Nothing of their bodies is kept but the source’s id of them and their type.')
  @Answers(WEBHOOKS)
  async list(
    @Query() { tenantId, type, before, limit = DEFAULT_LIMIT }: WebhooksQuery,
    @Caller() { tenants }: Principal,
  ): Promise<{ data: WebhookView[] }> {
    const filter = {
      tenantId: tenantId ?? null,
      type: type ?? null,
      before: before ?? null,
      tenants: tenants === null ? null : [...tenants],
    };
    return { data: await this.store.inPlatform((tx) => listWebhooks(tx, { ...filter, limit })) };
  }
}
