import { draw } from './draw.js';

/**
 * Which candidate made which application, as arithmetic: of 50 candidates one made none (sourced, has not applied), five made two, the others one.
 */
const CANDIDATES_PER_BLOCK = 50;
const WITHOUT = new Set([13]);
const WITH_TWO = new Set([7, 18, 27, 38, 47]);

/** Position in a block of applications → position of its candidate in a block of candidates. */
const CANDIDATE_AT: number[] = [];
/** Position of a candidate in its block → position of its first application. */
const FIRST_AT: number[] = [];
for (let candidate = 0; candidate < CANDIDATES_PER_BLOCK; candidate += 1) {
  FIRST_AT.push(CANDIDATE_AT.length);
  if (!WITHOUT.has(candidate)) CANDIDATE_AT.push(candidate);
  if (WITH_TWO.has(candidate)) CANDIDATE_AT.push(candidate);
}

export function countApplications(candidates: number): number {
  const wholeBlocks = Math.floor(candidates / CANDIDATES_PER_BLOCK);
  return wholeBlocks * CANDIDATE_AT.length + (FIRST_AT[candidates % CANDIDATES_PER_BLOCK] ?? 0);
}

export function candidateOfApplication(application: number): number {
  const block = Math.floor(application / CANDIDATE_AT.length);
  return block * CANDIDATES_PER_BLOCK + (CANDIDATE_AT[application % CANDIDATE_AT.length] ?? 0);
}

export function applicationsOfCandidate(candidate: number): number[] {
  const place = candidate % CANDIDATES_PER_BLOCK;
  if (WITHOUT.has(place)) return [];
  const first = Math.floor(candidate / CANDIDATES_PER_BLOCK) * CANDIDATE_AT.length + (FIRST_AT[place] ?? 0);
  return WITH_TWO.has(place) ? [first, first + 1] : [first];
}

/** A candidate's second application is always for another job. */
export function jobOfApplication(seed: number, application: number, jobs: number): number {
  const candidate = candidateOfApplication(application);
  const isSecond = applicationsOfCandidate(candidate)[1] === application;
  return (draw(seed, candidate, 20) + (isSecond ? 1 : 0)) % jobs;
}

/** Early stages hold more people than late ones. */
export function stageOfApplication(seed: number, application: number, stages: number): number {
  const drawn = draw(seed, application, 21);
  return Math.min(drawn % stages, (drawn >>> 8) % stages);
}
