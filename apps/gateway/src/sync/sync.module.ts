import { Module } from '@nestjs/common';
import { ScheduleModule } from '@nestjs/schedule';
import { ConsentsModule } from '../consents/consents.module.js';
import { IntegrationsModule } from '../integrations/integrations.module.js';
import { Pipeline } from '../pipeline/pipeline.js';
import { Quotas } from './quotas.js';
import { SyncRequestsModule } from './requests.module.js';
import { SyncScheduler } from './scheduler.js';
import { SyncWorker } from './worker.js';

/** The scheduler: what is due, and the work on it. */
@Module({
  imports: [ScheduleModule.forRoot(), ConsentsModule, IntegrationsModule, SyncRequestsModule],
  providers: [Pipeline, Quotas, SyncScheduler, SyncWorker],
  exports: [SyncScheduler, SyncWorker],
})
export class SyncModule {}
