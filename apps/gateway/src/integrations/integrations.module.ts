import { HttpModule as AxiosModule } from '@nestjs/axios';
import { Module } from '@nestjs/common';
import { ConsentsModule } from '../consents/consents.module.js';
import { SyncRequestsModule } from '../sync/requests.module.js';
import { Calls } from './calls.js';
import { Checks } from './checks.js';
import { Connections } from './connections.js';
import { DailyChecks } from './daily-checks.js';
import { Integrations } from './integrations.js';
import { Authorizations } from './oauth/authorizations.js';
import { OAuthTokens } from './oauth/tokens.js';
import { Paces } from './paces.js';

/** Tenants' links to ATSs, and how they are called. */
@Module({
  imports: [AxiosModule, ConsentsModule, SyncRequestsModule],
  providers: [Integrations, Checks, DailyChecks, Connections, Calls, OAuthTokens, Authorizations, Paces],
  exports: [Integrations, Checks, DailyChecks, Connections, Calls, OAuthTokens, Authorizations, Paces],
})
export class IntegrationsModule {}
