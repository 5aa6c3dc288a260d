import { Global, Inject, Module, type OnApplicationShutdown } from '@nestjs/common';
import { logSettingsThatTell, Sealer, Store, Tasks } from '#libs/store';
import { Environment } from '../config/environment.js';
import { Log } from '../log/log.js';

/** What a worker has to finish its page after it was told to stop; the platform kills a process that takes longer than 10 s. */
const STOP_GRACE_MS = 8000;

/** The database, the task queue and the sealing of credentials: opened at the start, closed last. */
@Global()
@Module({
  providers: [
    {
      provide: Store,
      inject: [Environment, Log],
      useFactory: async ({ DATABASE_URL: url, DATABASE_POOL_MAX: poolMax, NODE_ENV }: Environment, log: Log) => {
        const store = await Store.open({ url, poolMax, privileged: NODE_ENV === 'production' ? 'refuse' : 'allow' });
        const settings = await store.inPlatform(logSettingsThatTell);
        if (settings.length > 0) log.write('warn', { event: 'database-log-shows-values', settings });
        return store;
      },
    },
    {
      provide: Tasks,
      // After the store, which says in words what is wrong with a database.
      inject: [Environment, Log, Store],
      useFactory: async ({ DATABASE_URL: url }: Environment, log: Log) => {
        const tasks = new Tasks({
          url,
          onError: ({ kind, context }) => log.write('error', { event: 'task-queue-failed', kind, ...context }),
        });
        await tasks.start();
        return tasks;
      },
    },
    { provide: Sealer, inject: [Environment], useFactory: ({ ENCRYPTION_KEY }: Environment) => new Sealer(ENCRYPTION_KEY) },
  ],
  exports: [Store, Tasks, Sealer],
})
export class StoreModule implements OnApplicationShutdown {
  constructor(
    @Inject(Store) private readonly store: Store,
    @Inject(Tasks) private readonly tasks: Tasks,
  ) {}

  async onApplicationShutdown(): Promise<void> {
    await this.tasks.stop(STOP_GRACE_MS);
    await this.store.close();
  }
}
