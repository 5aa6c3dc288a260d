import { Module } from '@nestjs/common';
import { ConsentsModule } from '../consents/consents.module.js';
import { IntegrationsModule } from '../integrations/integrations.module.js';
import { SwitchesModule } from '../integrations/switch/switches.module.js';
import { OrdersModule } from '../orders/orders.module.js';
import { Batches } from './batches.js';
import { PartnerKeyGuard } from './partner-key.guard.js';
import { PartnerKeys } from './partner-keys.js';
import { PartnerOrders } from './partner-orders.js';
import { ProviderOrders } from './protocols/provider-orders.js';
import { TeamtailorKeyGuard } from './protocols/teamtailor-key.guard.js';
import { Pushes } from './pushes.js';

/** The public partner API: for ATSs that have built the integration themselves. */
@Module({
  imports: [ConsentsModule, IntegrationsModule, OrdersModule, SwitchesModule],
  providers: [Batches, PartnerKeyGuard, PartnerKeys, PartnerOrders, ProviderOrders, Pushes, TeamtailorKeyGuard],
  exports: [Batches, PartnerKeyGuard, PartnerKeys, PartnerOrders, ProviderOrders, Pushes, TeamtailorKeyGuard],
})
export class PartnersModule {}
