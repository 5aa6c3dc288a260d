import type { Connector } from '#libs/connectors';
import { RESOURCES, type Resource } from '#libs/model';

/** One walk over a resource. */
export interface Step {
  readonly resource: Resource;
  /** Only what belongs to the newest jobs: read before everything else, so that a first sync is soon of use. */
  readonly newestJobs: boolean;
}

interface Wanted {
  readonly connector: Connector;
  readonly resources: readonly Resource[];
  /** Nothing was ever read completely. */
  readonly first: boolean;
}

const OF_A_JOB = ['application', 'candidate'] as const satisfies readonly Resource[];

/**
 * The walks of a run, in order: the same for every attempt at it. What others refer to comes first; a first run reads the newest jobs'
 * applications and candidates ahead of all others, where the connector can.
 */
export function planSteps({ connector, resources, first }: Wanted): readonly Step[] {
  const wanted = RESOURCES.filter((resource) => resources.includes(resource));
  const walks = wanted.map((resource) => ({ resource, newestJobs: false }));
  if (!first || !wanted.includes('job')) return walks;
  const early = OF_A_JOB.filter((resource) => wanted.includes(resource) && connector.ports.read[resource].byJob);
  const afterJobs = walks.findIndex(({ resource }) => resource === 'job') + 1;
  return [...walks.slice(0, afterJobs), ...early.map((resource) => ({ resource, newestJobs: true })), ...walks.slice(afterJobs)];
}
