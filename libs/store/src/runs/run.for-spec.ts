import type { Resource } from '#libs/model';
import type { SyncMode } from '../entities/sync.js';
import { NOW, type Link, type StoreWorld } from '../world.for-spec.js';
import { claimRun, type ClaimedRun } from './progress.js';
import { requestRun } from './requests.js';

/** Queues a run of the integration, or finds the one that is not finished. */
export const request = (world: StoreWorld, link: Link, mode: SyncMode = 'full', resources: readonly Resource[] = ['job']) =>
  world.in(link, (tx) => requestRun(tx, { ...link, mode, cause: 'person', resources, now: NOW }));

/** Takes the run as a worker does; throws where there is nothing to take. */
export async function claim(world: StoreWorld, link: Link, id: string, now: Date = NOW): Promise<ClaimedRun> {
  const run = await world.in(link, (tx) => claimRun(tx, link.tenantId, id, now));
  if (run === null) throw new Error('there is no such unfinished run');
  return run;
}

export const rowOf = async (world: StoreWorld, link: Link, id: string) => {
  const [row] = await world.rows<Record<string, unknown>>(link, 'select * from sync_run where id = $1', [id]);
  return row;
};
