import { Module } from '@nestjs/common';
import { ConsentsModule } from '../../consents/consents.module.js';
import { IntegrationsModule } from '../integrations.module.js';
import { Cutovers } from './cutovers.js';
import { ShadowKeys } from './shadow-keys.js';
import { ShadowPushes } from './shadow-pushes.js';
import { ShadowWorker } from './shadow-worker.js';
import { Switches } from './switches.js';

/** The careful toggle: asked for in processes that serve, read in those that work. */
@Module({
  imports: [ConsentsModule, IntegrationsModule],
  providers: [Cutovers, ShadowKeys, ShadowPushes, ShadowWorker, Switches],
  exports: [Cutovers, ShadowPushes, ShadowWorker, Switches],
})
export class SwitchesModule {}
