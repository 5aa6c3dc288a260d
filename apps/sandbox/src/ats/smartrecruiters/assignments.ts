import { applicationFacts, SEED_ENDS_MS, updatedMsOf } from '../../live/facts.js';
import { applicationsOf, candidateOf, jobOf } from '../../live/links.js';
import type { Records } from '../../live/records.js';
import { sliceOf, type Slice } from '../../live/slice.js';
import { standingOf, type Standing } from './statuses.js';

/** An application as SmartRecruiters has it: a part of the candidate, without an id. */
export interface Assignment extends Standing {
  readonly job: number;
}

/** First the latest, which is the primary one; of some jobs alone where they are given. */
export function assignmentsOf(records: Records, candidate: number, jobs?: ReadonlySet<number>): readonly Assignment[] {
  return applicationsOf(records, candidate)
    .toReversed()
    .flatMap((application) => {
      const { change, isDeleted } = records.tables.application.live(application);
      const job = jobOf(records, application, change);
      // The job alone is cheap to find: a million candidates are looked at for one job's.
      if (isDeleted || job === null || jobs?.has(job) === false) return [];
      return [{ job, ...standingOf(applicationFacts(records, application)) }];
    });
}

/** A candidate is edited when they are, and when they are moved in a job. */
export function candidateUpdatedMs(records: Records, candidate: number): number {
  const moves = applicationsOf(records, candidate).map((application) => updatedMsOf(records, 'application', application));
  return Math.max(updatedMsOf(records, 'candidate', candidate), ...moves);
}

export interface WantedCandidates {
  readonly sinceMs: number | undefined;
  readonly matches: (candidate: number) => boolean;
}

/** As of any other record, but by the later of both edits. */
export function candidateSlice(records: Records, from: number | null, limit: number, { sinceMs, matches }: WantedCandidates): Slice {
  const isWanted = (index: number) => (sinceMs === undefined || candidateUpdatedMs(records, index) >= sinceMs) && matches(index);
  if (sinceMs === undefined || sinceMs < SEED_ENDS_MS) return sliceOf(records, 'candidate', from, limit, { matches: isWanted });
  const isThere = (index: number) => index >= (from ?? 0) && !records.tables.candidate.live(index).isDeleted;
  const found = changed(records).filter((index) => isThere(index) && isWanted(index));
  return { indexes: found.slice(0, limit), next: found[limit] ?? null };
}

function changed(records: Records): readonly number[] {
  const { candidate, application } = records.tables;
  const moved = application.changedLive().map((index) => candidateOf(records, index, application.live(index).change));
  return [...new Set([...candidate.changedLive(), ...moved])].sort((a, b) => a - b);
}
