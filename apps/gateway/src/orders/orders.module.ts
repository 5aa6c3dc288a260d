import { Module } from '@nestjs/common';
import { ConsentsModule } from '../consents/consents.module.js';
import { IntegrationsModule } from '../integrations/integrations.module.js';
import { Catalogue } from './catalogue.js';
import { OrderNotices } from './order-notices.js';
import { OrderPolls } from './order-polls.js';
import { Orders } from './orders.js';

/** Orders of assessments: told of by processes that serve, looked for by those that schedule. */
@Module({
  imports: [ConsentsModule, IntegrationsModule],
  providers: [Catalogue, OrderNotices, OrderPolls, Orders],
  exports: [Catalogue, OrderNotices, OrderPolls, Orders],
})
export class OrdersModule {}
