import { applicationFacts, SEED_ENDS_MS, updatedMsOf } from '../../live/facts.js';
import { applicationsOf, candidateOf } from '../../live/links.js';
import type { Records } from '../../live/records.js';
import { sliceOf, type Slice } from '../../live/slice.js';
import { standingOf, type Standing } from './statuses.js';

/** An application as SmartRecruiters has it: a part of the candidate, without an id. */
export interface Assignment extends Standing {
  readonly job: number;
}

/** First the latest, which is the primary one. */
export function assignmentsOf(records: Records, candidate: number): readonly Assignment[] {
  return applicationsOf(records, candidate)
    .toReversed()
    .flatMap((application) => {
      const facts = applicationFacts(records, application);
      const isThere = facts.job !== null && !records.tables.application.live(application).isDeleted;
      return isThere ? [{ job: facts.job, ...standingOf(facts) }] : [];
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
