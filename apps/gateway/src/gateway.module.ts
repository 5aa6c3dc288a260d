import { Module, type DynamicModule } from '@nestjs/common';
import { ApiModule } from './api.module.js';
import { ConfigModule } from './config/config.module.js';
import type { Role } from './config/environment.js';
import { HealthOnlyModule } from './http/health-only.module.js';
import { LogModule } from './log/log.module.js';
import { StoreModule } from './store/store.module.js';
import { SyncModule } from './sync/sync.module.js';

/** The gateway with the given roles. A process without `api` answers health only. */
@Module({})
export class GatewayModule {
  static with(roles: readonly Role[]): DynamicModule {
    const http = roles.includes('api') ? ApiModule : HealthOnlyModule;
    return { module: GatewayModule, imports: [ConfigModule, LogModule, StoreModule, http, SyncModule] };
  }
}
