import { Module } from '@nestjs/common';
import { MetricsController } from '../telemetry/metrics.controller.js';
import { HealthController } from './health.controller.js';
import { Readiness } from './readiness.js';

/** For workers and schedulers: they are asked whether they live, what they count, and nothing else. */
@Module({ controllers: [HealthController, MetricsController], providers: [Readiness] })
export class HealthOnlyModule {}
