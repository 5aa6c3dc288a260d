import { Module } from '@nestjs/common';
import { ConsentsModule } from '../consents/consents.module.js';
import { IntegrationsModule } from '../integrations/integrations.module.js';
import { OrdersModule } from '../orders/orders.module.js';
import { SyncRequestsModule } from '../sync/requests.module.js';
import { LinkChanges } from './link-changes.js';
import { NoticeDispatcher } from './notice-dispatcher.js';
import { Reception } from './reception.js';

/** Inbound webhooks: taken in by processes that serve, turned into sync runs by any. */
@Module({
  imports: [ConsentsModule, IntegrationsModule, SyncRequestsModule, OrdersModule],
  providers: [Reception, LinkChanges, NoticeDispatcher],
  exports: [Reception, LinkChanges, NoticeDispatcher],
})
export class WebhooksModule {}
