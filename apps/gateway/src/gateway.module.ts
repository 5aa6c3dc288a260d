import { Module, type DynamicModule } from '@nestjs/common';
import type { Clock } from '#libs/model';
import { ApiModule } from './api.module.js';
import { ConfigModule } from './config/config.module.js';
import type { Environment } from './config/environment.js';
import { SubscriptionsModule } from './events/subscriptions.module.js';
import { HealthOnlyModule } from './http/health-only.module.js';
import { SwitchesModule } from './integrations/switch/switches.module.js';
import { LogModule } from './log/log.module.js';
import { OrdersModule } from './orders/orders.module.js';
import { ResultsModule } from './results/results.module.js';
import { StoreModule } from './store/store.module.js';
import { SyncModule } from './sync/sync.module.js';
import { TelemetryModule } from './telemetry/telemetry.module.js';
import { WebhooksModule } from './webhooks/webhooks.module.js';

/** The gateway with the roles of its environment. A process without `api` answers health only. */
@Module({})
export class GatewayModule {
  static with(environment: Environment, clock: Clock): DynamicModule {
    const http = environment.GATEWAY_ROLES.includes('api') ? ApiModule : HealthOnlyModule;
    return {
      module: GatewayModule,
      imports: [
        ConfigModule.with(environment, clock),
        LogModule,
        TelemetryModule,
        StoreModule,
        http,
        SyncModule,
        WebhooksModule,
        OrdersModule,
        ResultsModule,
        SubscriptionsModule,
        SwitchesModule,
      ],
    };
  }
}
