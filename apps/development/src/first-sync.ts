import { setTimeout as pause } from 'node:timers/promises';
import { dataOf, type Client } from './client.js';
import type { SeededTenant } from './demo.js';
import { renderProgress } from './progress-bar.js';
import type { Screen } from './screen.js';

const LOOK_MS = 100;

interface Run {
  readonly state: string;
  readonly read: number;
  readonly finished: boolean;
}

/** Shows how a tenant's newest sync run gets on, until it ends. One that had ended before is named and not waited for. */
export async function showFirstSync(platform: Client, screen: Screen, tenant: SeededTenant): Promise<void> {
  const startedAt = performance.now();
  for (let looks = 0; ; looks++) {
    const run = await newestRun(platform, tenant.id);
    if (run?.finished === true && looks === 0) return screen.settle(`  ${tenant.name}: read before (${tenant.total} records)`);
    if (run !== null) {
      const line = renderProgress({ name: tenant.name, total: tenant.total, elapsedMs: performance.now() - startedAt, ...run });
      if (run.finished) return screen.settle(line);
      screen.update(line);
    }
    await pause(LOOK_MS);
  }
}

async function newestRun(platform: Client, tenantId: string): Promise<Run | null> {
  const [newest] = dataOf(await platform.get(`/platform/v1/tenants/${tenantId}/syncs`));
  if (newest === undefined) return null;
  const { progress, state, finishedAt } = newest;
  // Not `read`: a first sync reads the newest jobs' applications twice.
  const created = typeof progress === 'object' && progress !== null && 'created' in progress ? progress.created : 0;
  return { state: String(state), read: typeof created === 'number' ? created : 0, finished: finishedAt !== null };
}
