import type { SourceConnector } from '#libs/connectors';
import type { Resource } from '#libs/model';

/** One walk over a resource. */
export interface Step {
  readonly resource: Resource;
  /** Only what belongs to the newest jobs: read before everything else, so that a first sync is soon of use. */
  readonly newestJobs: boolean;
}

interface Wanted {
  readonly connector: SourceConnector;
  readonly resources: readonly Resource[];
  /** Nothing was ever read completely. */
  readonly first: boolean;
  /** Only what belongs to certain jobs may enter. */
  readonly scoped: boolean;
}

/** Candidates before the applications that name them: an id that is made for a reference has to be filled in later, one write each. */
const USUAL_ORDER = ['user', 'job', 'candidate', 'application'] as const satisfies readonly Resource[];

/** A candidate's way in is an application of theirs, so it has to be here first. */
const SCOPED_ORDER = ['user', 'job', 'application', 'candidate'] as const satisfies readonly Resource[];

const OF_A_JOB: readonly Resource[] = ['application', 'candidate'];

/**
 * The walks of a run, in order: the same for every attempt at it. What others refer to comes first; a first run reads the newest jobs'
 * applications and candidates ahead of all others, where the connector can.
 */
export function planSteps({ connector, resources, first, scoped }: Wanted): readonly Step[] {
  const wanted = (scoped ? SCOPED_ORDER : USUAL_ORDER).filter((resource) => resources.includes(resource));
  const walks = wanted.map((resource) => ({ resource, newestJobs: false }));
  if (!first || !wanted.includes('job')) return walks;
  const early = wanted.filter((resource) => OF_A_JOB.includes(resource) && connector.ports.read[resource].byJob);
  const afterJobs = walks.findIndex(({ resource }) => resource === 'job') + 1;
  return [...walks.slice(0, afterJobs), ...early.map((resource) => ({ resource, newestJobs: true })), ...walks.slice(afterJobs)];
}
