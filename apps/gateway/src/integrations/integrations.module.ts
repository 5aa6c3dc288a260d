import { HttpModule as AxiosModule } from '@nestjs/axios';
import { Module } from '@nestjs/common';
import { ConsentsModule } from '../consents/consents.module.js';
import { SyncRequestsModule } from '../sync/requests.module.js';
import { Calls } from './calls.js';
import { Checks } from './checks.js';
import { Integrations } from './integrations.js';

/** Tenants' links to ATSs, and how they are called. */
@Module({
  imports: [AxiosModule, ConsentsModule, SyncRequestsModule],
  providers: [Integrations, Checks, Calls],
  exports: [Integrations, Checks, Calls],
})
export class IntegrationsModule {}
