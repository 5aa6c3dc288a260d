import { applicationsOfCandidate, candidateOfApplication, jobOfApplication, stageOfApplication } from '../people/applying.js';
import { draw } from '../people/draw.js';
import { vacancyOf } from '../people/vacancy.js';
import type { Integration } from './integration.js';
import { UNCHANGED, type Change, type StageSpec } from './table.js';

/** How records refer to one another: as seeded, unless `change` says otherwise. */
export function candidateOf({ tables }: Integration, application: number, change: Change): number {
  return change.links.candidate ?? (application < tables.application.seeded ? candidateOfApplication(application) : 0);
}

/** Null: the ATS holds the application without a job. */
export function jobOf({ recipe, tables }: Integration, application: number, change: Change): number | null {
  if (change.links.job !== undefined) return change.links.job;
  if (application >= tables.application.seeded || recipe.jobs === 0) return null;
  return jobOfApplication(recipe.seed, application, recipe.jobs);
}

/** Key of the stage in the application's job; null for none. */
export function stageKeyOf(integration: Integration, application: number, change: Change): number | null {
  if (change.links.stage !== undefined) return change.links.stage;
  const { seed } = integration.recipe;
  const job = jobOf(integration, application, change);
  if (job === null || draw(seed, application, 22) % 200 === 199) return null;
  const seededStages = stagesOf(integration, job, UNCHANGED);
  return stageOfApplication(seed, application, seededStages.length);
}

/** In order. The job's own list, cached: a job is named by every one of its applications. */
export function stagesOf(integration: Integration, job: number, change: Change): readonly StageSpec[] {
  return change.links.stages ?? seededOf(integration, job).stages;
}

export function teamOf(integration: Integration, job: number, change: Change): readonly number[] {
  return change.links.team ?? seededOf(integration, job).team;
}

interface SeededJob {
  readonly stages: readonly StageSpec[];
  readonly team: readonly number[];
}

const SEEDED_JOBS = new WeakMap<Integration, Map<number, SeededJob>>();
const ADDED_JOB: SeededJob = {
  stages: ['Applied', 'Alva Assessment', 'Interview', 'Offer'].map((name, key) => ({ key, name })),
  team: [],
};

function seededOf(integration: Integration, job: number): SeededJob {
  if (job >= integration.tables.job.seeded) return ADDED_JOB;
  const known = SEEDED_JOBS.get(integration) ?? new Map<number, SeededJob>();
  SEEDED_JOBS.set(integration, known);
  const found = known.get(job);
  if (found !== undefined) return found;
  const { stages, team } = vacancyOf(integration.recipe.seed, job, integration.recipe.users);
  const made = { stages: stages.map((name, key) => ({ key, name })), team };
  known.set(job, made);
  return made;
}

/** Every application that the candidate ever made, deleted ones too. */
export function applicationsOf({ tables, addedApplications }: Integration, candidate: number): number[] {
  const seeded = candidate < tables.candidate.seeded ? applicationsOfCandidate(candidate) : [];
  return [...seeded.filter((index) => index < tables.application.seeded), ...(addedApplications.get(candidate) ?? [])];
}
