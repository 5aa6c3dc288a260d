import { setTimeout as pause } from 'node:timers/promises';
import { numberOf, objectOf, type Client } from './client.js';
import type { SeededTenant } from './demo.js';
import { renderProgress, type Progress } from './progress-bar.js';
import type { Screen } from './screen.js';

const LOOK_MS = 200;

interface Look extends Omit<Progress, 'elapsedMs' | 'stillMs'> {
  /** Null while it goes on. */
  readonly tookMs: number | null;
}

/** Shows how the tenants' first sync runs get on, side by side, until all have ended. */
export async function showFirstSyncs(platform: Client, screen: Screen, seeded: readonly SeededTenant[]): Promise<void> {
  const timed = stopwatch();
  for (;;) {
    const looked = await Promise.all(seeded.map((one) => look(platform, one)));
    const runs = looked.filter((run) => run !== null).map(timed);
    if (runs.length === 0) return;
    const lines = runs.map(renderProgress);
    if (runs.every(({ state }) => state !== 'queued' && state !== 'running')) {
      screen.settle(lines);
      return;
    }
    screen.move(lines);
    await pause(LOOK_MS);
  }
}

/** Adds how long a run has gone on, and for how long no page of it has come, as seen from here. */
function stopwatch(): (run: Look) => Progress {
  const startedAtMs = performance.now();
  const seen = new Map<string, { readonly pages: number; readonly sinceMs: number }>();
  return ({ tookMs, ...run }) => {
    const nowMs = performance.now();
    const before = seen.get(run.name);
    const sinceMs = before?.pages === run.pages ? before.sinceMs : nowMs;
    seen.set(run.name, { pages: run.pages, sinceMs });
    return { ...run, elapsedMs: tookMs ?? nowMs - startedAtMs, stillMs: nowMs - sinceMs };
  };
}

/** Null for a tenant that is not read now. */
async function look(platform: Client, { tenant, standing }: SeededTenant): Promise<Look | null> {
  if (standing.state !== 'syncing') return null;
  const run = await platform.get(`/platform/v1/tenants/${tenant.id}/syncs/${standing.runId}`);
  const { read, created, pages } = objectOf(run['progress']);
  return {
    name: tenant.name,
    read: numberOf(read),
    created: numberOf(created),
    pages: numberOf(pages),
    total: standing.total,
    tookMs: durationOf(run),
    state: String(run['state']),
    error: typeof run['error'] === 'string' ? run['error'] : null,
  };
}

function durationOf({ startedAt, finishedAt }: Readonly<Record<string, unknown>>): number | null {
  if (typeof startedAt !== 'string' || typeof finishedAt !== 'string') return null;
  return Date.parse(finishedAt) - Date.parse(startedAt);
}
