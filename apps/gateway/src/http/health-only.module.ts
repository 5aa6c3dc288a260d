import { Module } from '@nestjs/common';
import { APP_FILTER } from '@nestjs/core';
import { MetricsController } from '../telemetry/metrics.controller.js';
import { HealthController } from './health.controller.js';
import { ProblemFilter } from './problem.filter.js';
import { Readiness } from './readiness.js';

/** For workers and schedulers: they are asked whether they live, what they count, and nothing else. */
@Module({ controllers: [HealthController, MetricsController], providers: [Readiness, { provide: APP_FILTER, useClass: ProblemFilter }] })
export class HealthOnlyModule {}
