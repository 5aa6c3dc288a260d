/** The schema that pg-boss keeps its tables in. */
export const TASK_SCHEMA = 'task';

/** Work through one sync run. Payload: `{ tenantId, runId }`. */
export const SYNC_RUN_QUEUE = 'sync-run';

/**
 * The queues. A worker that stops beating is found after 10 s (the least that pg-boss takes) plus one round of its monitor; the effects
 * are fenced by `sync_run.attempt`, so a task that runs twice does no harm, one that is found late keeps a tenant waiting.
 */
export const QUEUES = [
  {
    name: SYNC_RUN_QUEUE,
    heartbeatSeconds: 10,
    expireInSeconds: 24 * 3600 - 1,
    retryLimit: 100,
    retryDelay: 1,
    retryBackoff: true,
    retryDelayMax: 30,
    deleteAfterSeconds: 3600,
    notify: true,
  },
];
