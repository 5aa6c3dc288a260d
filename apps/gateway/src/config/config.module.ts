import { Module, type DynamicModule } from '@nestjs/common';
import { ConfigModule as NestConfigModule, ConfigService } from '@nestjs/config';
import type { Clock } from '#libs/model';
import { CLOCK } from './clock.js';
import { Environment } from './environment.js';

/** The environment, checked once at the start, and the clock: everywhere else they are injected. */
@Module({})
export class ConfigModule {
  static with(environment: Environment, clock: Clock): DynamicModule {
    return {
      module: ConfigModule,
      global: true,
      imports: [NestConfigModule.forRoot({ load: [() => ({ environment })], ignoreEnvFile: true, ignoreEnvVars: true })],
      providers: [
        {
          provide: Environment,
          inject: [ConfigService],
          useFactory: (config: ConfigService) => config.getOrThrow<Environment>('environment'),
        },
        { provide: CLOCK, useValue: clock },
      ],
      exports: [Environment, CLOCK],
    };
  }
}
