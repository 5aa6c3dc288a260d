import { Global, Module } from '@nestjs/common';
import { ConfigModule as NestConfigModule, ConfigService } from '@nestjs/config';
import { systemClock } from '#libs/model';
import { CLOCK } from './clock.js';
import { Environment } from './environment.js';
import { validateEnvironment } from './validate.js';

/** The environment, checked once, and the clock: everywhere else they are injected. */
@Global()
@Module({
  imports: [NestConfigModule.forRoot({ validate: (raw) => ({ environment: validateEnvironment(raw) }), ignoreEnvFile: true })],
  providers: [
    { provide: Environment, inject: [ConfigService], useFactory: (config: ConfigService) => config.getOrThrow<Environment>('environment') },
    { provide: CLOCK, useValue: systemClock },
  ],
  exports: [Environment, CLOCK],
})
export class ConfigModule {}
