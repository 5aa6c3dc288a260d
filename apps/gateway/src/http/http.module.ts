import { Module } from '@nestjs/common';
import { APP_FILTER, APP_GUARD, APP_INTERCEPTOR, APP_PIPE } from '@nestjs/core';
import { ThrottlerModule } from '@nestjs/throttler';
import { Environment } from '../config/environment.js';
import { AuthGuard } from './auth.guard.js';
import { HealthController } from './health.controller.js';
import { Idempotency } from './idempotency.js';
import { ProblemFilter } from './problem.filter.js';
import { MetricsController } from '../telemetry/metrics.controller.js';
import { ThrottleGuard } from './throttle.guard.js';
import { Tokens } from './tokens.js';
import { Readiness } from './readiness.js';
import { StrictPipe } from './validation.js';

const WINDOW_MS = 60_000;

/** What every request passes: authentication, rate limit, validation, idempotency; and what every error leaves through. */
@Module({
  imports: [
    ThrottlerModule.forRootAsync({
      inject: [Environment],
      useFactory: ({ RATE_LIMIT_PER_MINUTE: limit }: Environment) => [{ ttl: WINDOW_MS, limit }],
    }),
  ],
  controllers: [HealthController, MetricsController],
  providers: [
    Tokens,
    Readiness,
    { provide: APP_GUARD, useClass: AuthGuard },
    { provide: APP_GUARD, useClass: ThrottleGuard },
    { provide: APP_PIPE, useClass: StrictPipe },
    { provide: APP_INTERCEPTOR, useClass: Idempotency },
    { provide: APP_FILTER, useClass: ProblemFilter },
  ],
})
export class HttpModule {}
