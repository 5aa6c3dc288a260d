import { Global, Module } from '@nestjs/common';
import { LoggerModule } from 'nestjs-pino';
import { Environment } from '../config/environment.js';
import { Log } from './log.js';

/** Structured logs on stdout. Requests are logged by our own event (route, never the address: a query may name a person). */
@Global()
@Module({
  imports: [
    LoggerModule.forRootAsync({
      inject: [Environment],
      useFactory: ({ LOG_LEVEL }: Environment) => ({
        pinoHttp: {
          level: LOG_LEVEL,
          autoLogging: false,
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
