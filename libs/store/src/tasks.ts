import { PgBoss, fromKysely } from 'pg-boss';
import { GatewayError, systemClock } from '#libs/model';
import { databaseError } from './database-error.js';
import { SYNC_RUN_QUEUE, TASK_SCHEMA } from './task-queues.js';
import type { Transaction } from './transaction.js';

export interface SyncRunTask {
  readonly tenantId: string;
  readonly runId: string;
}

interface TasksOptions {
  readonly url: string;
  /** Told of a failure of the queue itself, already mapped: it carries no values. */
  readonly onError: (error: GatewayError) => void;
}

/** How often lost workers are looked for. With the heartbeat's 10 s a task of a killed worker is back within 20 s. */
const MONITOR_SECONDS = 5;

/** A worker without notifications looks every 5 s; three times that leaves room for a slow database. */
const LOOKS_WITHIN_MS = 15_000;

/** Background tasks on pg-boss: sent in the transaction that makes them necessary, ids only as payload. */
export class Tasks {
  private readonly boss: PgBoss;

  constructor({ url, onError }: TasksOptions) {
    this.boss = new PgBoss({
      connectionString: url,
      schema: TASK_SCHEMA,
      migrate: false,
      schedule: false,
      useListenNotify: true,
      superviseIntervalSeconds: MONITOR_SECONDS,
      monitorIntervalSeconds: MONITOR_SECONDS,
      registerInstance: false,
      openTelemetry: { enabled: false },
      max: 4,
    });
    this.boss.on('error', (error) => onError(databaseError(error)));
  }

  async start(): Promise<void> {
    await this.boss.start().catch((error: unknown) => Promise.reject(databaseError(error)));
  }

  /** Queues the work on a run; it becomes visible with the transaction's commit. `again`: besides a task that may be lost. */
  async enqueueSyncRun(tx: Transaction, task: SyncRunTask): Promise<void> {
    await this.boss.send(SYNC_RUN_QUEUE, task, { db: fromKysely(tx.em.getKysely()), group: { id: task.tenantId } });
  }

  /**
   * Works on runs, `concurrency` at a time in this process. The signal is aborted when the task is taken away (it did not beat, or the process
   * stops). A handler that throws has its task repeated.
   */
  async workOnSyncRuns(concurrency: number, handler: (task: SyncRunTask, signal: AbortSignal) => Promise<void>): Promise<void> {
    await this.boss.work<SyncRunTask>(
      SYNC_RUN_QUEUE,
      {
        localConcurrency: concurrency,
        localGroupConcurrency: 1,
        pollingIntervalSeconds: 2,
        notifyPollingIntervalSeconds: 5,
        heartbeatRefreshSeconds: 3,
      },
      async ([job]) => {
        if (job !== undefined) await handler(job.data, job.signal).catch(throwWithoutWords);
      },
    );
  }

  /** From now on nothing is claimed here. What is at work goes on. */
  async stopClaiming(): Promise<void> {
    await this.boss.offWork(SYNC_RUN_QUEUE, { wait: false });
  }

  /** Whether somebody here takes tasks: at work on one, or looking for the next. A worker that looks no more is as good as none. */
  isClaiming(): boolean {
    const now = systemClock.now().getTime();
    return this.boss
      .getWipData()
      .some(({ state, count, lastFetchedOn }) => state === 'active' && (count > 0 || now - (lastFetchedOn ?? 0) < LOOKS_WITHIN_MS));
  }

  /** Stops claiming; what is at work has `graceMs` to end, then its task goes to another worker. */
  async stop(graceMs: number): Promise<void> {
    await this.boss.stop({ graceful: true, timeout: graceMs, close: true });
  }
}

/** The queue keeps what a handler throws beside the task, with all its properties: an error that is none of ours may quote a record. */
function throwWithoutWords(error: unknown): never {
  throw error instanceof GatewayError ? error : new GatewayError('internal');
}
