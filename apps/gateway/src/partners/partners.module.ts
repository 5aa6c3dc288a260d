import { Module } from '@nestjs/common';
import { ConsentsModule } from '../consents/consents.module.js';
import { IntegrationsModule } from '../integrations/integrations.module.js';
import { Batches } from './batches.js';
import { PartnerKeyGuard } from './partner-key.guard.js';
import { PartnerKeys } from './partner-keys.js';
import { Pushes } from './pushes.js';

/** The public partner API: for ATSs that have built the integration themselves. */
@Module({
  imports: [ConsentsModule, IntegrationsModule],
  providers: [Batches, PartnerKeyGuard, PartnerKeys, Pushes],
  exports: [Batches, PartnerKeyGuard, PartnerKeys, Pushes],
})
export class PartnersModule {}
