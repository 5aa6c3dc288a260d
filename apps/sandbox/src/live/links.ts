import { applicationsOfCandidate, candidateOfApplication, jobOfApplication, stageOfApplication } from '../people/applying.js';
import { draw } from '../people/draw.js';
import { vacancyOf } from '../people/vacancy.js';
import type { Records } from './records.js';
import { UNCHANGED, type Change, type StageSpec } from './table.js';

type Held = Pick<Records, 'recipe' | 'tables' | 'addedApplications'>;

/** How records refer to one another: as seeded, unless `change` says otherwise. */
export function candidateOf({ tables }: Held, application: number, change: Change): number {
  return change.links.candidate ?? (application < tables.application.seeded ? candidateOfApplication(application) : 0);
}

/** Null: the ATS holds the application without a job. */
export function jobOf({ recipe, tables }: Held, application: number, change: Change): number | null {
  if (change.links.job !== undefined) return change.links.job;
  if (application >= tables.application.seeded || recipe.jobs === 0) return null;
  return jobOfApplication(recipe.seed, application, recipe.jobs);
}

/** Key of the stage in the application's job; null for none. */
export function stageKeyOf(records: Held, application: number, change: Change): number | null {
  if (change.links.stage !== undefined) return change.links.stage;
  const { seed } = records.recipe;
  const job = jobOf(records, application, change);
  if (job === null || draw(seed, application, 22) % 200 === 199) return null;
  const seededStages = stagesOf(records, job, UNCHANGED);
  return stageOfApplication(seed, application, seededStages.length);
}

/** In order. The job's own list, cached: a job is named by every one of its applications. */
export function stagesOf(records: Held, job: number, change: Change): readonly StageSpec[] {
  return change.links.stages ?? seededOf(records, job).stages;
}

export function teamOf(records: Held, job: number, change: Change): readonly number[] {
  return change.links.team ?? seededOf(records, job).team;
}

interface SeededJob {
  readonly stages: readonly StageSpec[];
  readonly team: readonly number[];
}

const SEEDED_JOBS = new WeakMap<object, Map<number, SeededJob>>();
const ADDED_JOB: SeededJob = {
  stages: ['Applied', 'Alva Assessment', 'Interview', 'Offer'].map((name, key) => ({ key, name })),
  team: [],
};

function seededOf(records: Held, job: number): SeededJob {
  if (job >= records.tables.job.seeded) return ADDED_JOB;
  const known = SEEDED_JOBS.get(records) ?? new Map<number, SeededJob>();
  SEEDED_JOBS.set(records, known);
  const found = known.get(job);
  if (found !== undefined) return found;
  const { stages, team } = vacancyOf(records.recipe.seed, job, records.recipe.users);
  const made = { stages: stages.map((name, key) => ({ key, name })), team };
  known.set(job, made);
  return made;
}

/** Every application that the candidate ever made, deleted ones too. */
export function applicationsOf({ tables, addedApplications }: Held, candidate: number): number[] {
  const seeded = candidate < tables.candidate.seeded ? applicationsOfCandidate(candidate) : [];
  return [...seeded.filter((index) => index < tables.application.seeded), ...(addedApplications.get(candidate) ?? [])];
}
