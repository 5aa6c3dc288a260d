import { Global, Module } from '@nestjs/common';
import { LoggerModule } from 'nestjs-pino';
import { Environment } from '../config/environment.js';
import { Traces } from '../telemetry/traces.js';
import { Log } from './log.js';

/** Structured logs on stdout. Requests are logged by our own event (route, never the address: a query may name a person). */
@Global()
@Module({
  imports: [
    LoggerModule.forRootAsync({
      inject: [Environment, Traces],
      useFactory: ({ LOG_LEVEL }: Environment, traces: Traces) => ({
        pinoHttp: {
          level: LOG_LEVEL,
          autoLogging: false,
          mixin: () => ({ traceId: traces.traceId() }),
          quietReqLogger: true,
          serializers: { req: () => undefined, res: () => undefined, err: () => undefined },
        },
      }),
    }),
  ],
  providers: [Log],
  exports: [Log],
})
export class LogModule {}
