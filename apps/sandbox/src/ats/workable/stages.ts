import { sliceOf } from '../../live/slice.js';
import { stagesOf } from '../../live/links.js';
import type { Records } from '../../live/records.js';
import type { StageSpec } from '../../live/table.js';

/** As Workable's own pipelines have them; what they do not know is a stage of shortlisted ones. */
const KINDS = [
  ['sourced', /sourc/i],
  ['applied', /appl/i],
  ['phone-screen', /screen/i],
  ['assessment', /assess/i],
  ['interview', /interview/i],
  ['offer', /offer/i],
  ['hired', /hire/i],
] as const;

/** Guessed by the name. */
export const kindOf = (name: string): string => KINDS.find(([, pattern]) => pattern.test(name))?.[0] ?? 'shortlisted';

interface StageRow {
  readonly slug: string;
  readonly name: string;
  readonly kind: string;
  readonly position: number;
}

/** In the job's order; a slug is there once in a job, and stays with its stage when stages change places. */
export function stagesOfJob(records: Records, job: number): readonly StageRow[] {
  const stages = stagesOf(records, job, records.tables.job.live(job).change);
  const slugs = new Map<number, string>();
  for (const { key, name } of stages.toSorted((a, b) => a.key - b.key)) slugs.set(key, freeSlug(name, key, new Set(slugs.values())));
  return stages.map(({ key, name }, position) => ({ slug: slugs.get(key) ?? '', name, kind: kindOf(name), position }));
}

function freeSlug(name: string, key: number, taken: ReadonlySet<string>): string {
  const slug =
    name
      .toLowerCase()
      .replace(/[^a-z0-9]+/g, '-')
      .replace(/^-|-$/g, '') || `stage-${key}`;
  return taken.has(slug) ? `${slug}-${key}` : slug;
}

/** What the jobs' pipelines hold, each name with each of its slugs once. */
export function stagesOfAccount(records: Records): readonly StageRow[] {
  const seen = new Map<string, StageRow>();
  const pipelines = new Set<string>();
  for (const job of sliceOf(records, 'job', null, Number.POSITIVE_INFINITY).indexes) {
    // Thousands of jobs share a few pipelines.
    const pipeline = pipelineOf(stagesOf(records, job, records.tables.job.live(job).change));
    if (pipelines.has(pipeline)) continue;
    pipelines.add(pipeline);
    for (const stage of stagesOfJob(records, job)) {
      const named = JSON.stringify([stage.slug, stage.name]);
      if (!seen.has(named)) seen.set(named, { ...stage, position: seen.size });
    }
  }
  return [...seen.values()];
}

const pipelineOf = (stages: readonly StageSpec[]): string => JSON.stringify(stages.map(({ key, name }) => [key, name]));
