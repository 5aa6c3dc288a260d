import { Module } from '@nestjs/common';
import { ConsentsModule } from '../consents/consents.module.js';
import { IntegrationsModule } from '../integrations/integrations.module.js';
import { Delivery } from './delivery.js';
import { ResultDispatcher } from './dispatcher.js';
import { Results } from './results.js';
import { ResultTargets } from './targets.js';

/** Results: taken in by processes that serve, delivered by those that work. */
@Module({
  imports: [ConsentsModule, IntegrationsModule],
  providers: [Delivery, ResultDispatcher, Results, ResultTargets],
  exports: [ResultDispatcher, Results],
})
export class ResultsModule {}
