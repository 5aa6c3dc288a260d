import { Module } from '@nestjs/common';
import { HealthController } from './health.controller.js';

/** For workers and schedulers: they are asked whether they live, and nothing else. */
@Module({ controllers: [HealthController] })
export class HealthOnlyModule {}
