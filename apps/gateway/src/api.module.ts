import { Module } from '@nestjs/common';
import { ConsentsController } from './consents/consents.controller.js';
import { ConsentsModule } from './consents/consents.module.js';
import { EventsController } from './events/events.controller.js';
import { EventsModule } from './events/events.module.js';
import { SubscriptionsController } from './events/subscriptions.controller.js';
import { SubscriptionsModule } from './events/subscriptions.module.js';
import { HttpModule } from './http/http.module.js';
import { ConnectorsController } from './integrations/connectors.controller.js';
import { IntegrationsController } from './integrations/integrations.controller.js';
import { IntegrationsModule } from './integrations/integrations.module.js';
import { SwitchesController } from './integrations/switch/switches.controller.js';
import { SwitchesModule } from './integrations/switch/switches.module.js';
import { OAuthController } from './integrations/oauth/oauth.controller.js';
import { OrdersController } from './orders/orders.controller.js';
import { OrdersModule } from './orders/orders.module.js';
import { PartnerKeysController } from './partners/partner-keys.controller.js';
import { PartnerOrdersController } from './partners/partner-orders.controller.js';
import { PartnerRecordsController } from './partners/partner-records.controller.js';
import { AshbyProviderController } from './partners/protocols/ashby.controller.js';
import { GreenhouseProviderController } from './partners/protocols/greenhouse.controller.js';
import { TeamtailorProviderController } from './partners/protocols/teamtailor.controller.js';
import { WorkableProviderController } from './partners/protocols/workable.controller.js';
import { PartnersModule } from './partners/partners.module.js';
import { RecordsController } from './records/records.controller.js';
import { Records } from './records/records.js';
import { ResultsController } from './results/results.controller.js';
import { ResultsModule } from './results/results.module.js';
import { WaitingResultsController } from './results/waiting-results.controller.js';
import { SyncRequestsModule } from './sync/requests.module.js';
import { StatusController } from './sync/status.controller.js';
import { SyncsController } from './sync/syncs.controller.js';
import { Policies } from './tenants/policy.js';
import { TenantsController } from './tenants/tenants.controller.js';
import { KomboWebhooksController } from './webhooks/kombo-webhooks.controller.js';
import { NativeWebhooksController } from './webhooks/native-webhooks.controller.js';
import { WebhooksController } from './webhooks/webhooks.controller.js';
import { WebhooksModule } from './webhooks/webhooks.module.js';

/** Everything that answers HTTP; only in processes with the role `api`. */
@Module({
  imports: [
    HttpModule,
    ConsentsModule,
    IntegrationsModule,
    SyncRequestsModule,
    WebhooksModule,
    ResultsModule,
    OrdersModule,
    PartnersModule,
    EventsModule,
    SubscriptionsModule,
    SwitchesModule,
  ],
  controllers: [
    RecordsController,
    EventsController,
    ResultsController,
    OrdersController,
    WaitingResultsController,
    PartnerKeysController,
    PartnerRecordsController,
    PartnerOrdersController,
    AshbyProviderController,
    GreenhouseProviderController,
    TeamtailorProviderController,
    WorkableProviderController,
    StatusController,
    TenantsController,
    ConnectorsController,
    IntegrationsController,
    SwitchesController,
    OAuthController,
    SyncsController,
    ConsentsController,
    SubscriptionsController,
    KomboWebhooksController,
    NativeWebhooksController,
    WebhooksController,
  ],
  providers: [Records, Policies],
})
export class ApiModule {}
