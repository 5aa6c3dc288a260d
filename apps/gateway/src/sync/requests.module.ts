import { Module } from '@nestjs/common';
import { ConsentsModule } from '../consents/consents.module.js';
import { SyncRequests } from './requests.js';

/** Asking for sync runs: what consents, policies and integrations need of syncing. */
@Module({ imports: [ConsentsModule], providers: [SyncRequests], exports: [SyncRequests] })
export class SyncRequestsModule {}
