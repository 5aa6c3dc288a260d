import { Global, Module } from '@nestjs/common';
import { Heartbeats } from './heartbeats.js';
import { Metrics } from './metrics.js';
import { StandingMetrics } from './standing-metrics.js';
import { Traces } from './traces.js';

/** What the service tells about itself. */
@Global()
@Module({ providers: [Heartbeats, Metrics, StandingMetrics, Traces], exports: [Heartbeats, Metrics, Traces] })
export class TelemetryModule {}
