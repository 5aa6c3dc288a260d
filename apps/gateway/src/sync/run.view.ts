import type { SyncRunRow } from '#libs/store';

/** A sync run as callers see it; `progress` moves while it runs. */
export function runView(run: SyncRunRow) {
  return {
    id: run.id,
    integrationId: run.integrationId,
    mode: run.mode,
    cause: run.cause,
    resources: run.resources,
    state: run.state,
    requestedAt: run.requestedAt.toISOString(),
    startedAt: run.startedAt?.toISOString() ?? null,
    finishedAt: run.finishedAt?.toISOString() ?? null,
    error: run.error ?? null,
    progress: run.progress,
  };
}

export type RunView = ReturnType<typeof runView>;
