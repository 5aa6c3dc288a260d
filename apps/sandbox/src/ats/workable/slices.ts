import { SEED_ENDS_MS, updatedMsOf } from '../../live/facts.js';
import { applicationsOf, candidateOf, jobOf } from '../../live/links.js';
import type { Records } from '../../live/records.js';
import { sliceOf, type Slice } from '../../live/slice.js';
import type { Range } from './page.js';

/** A row changes with the application and with the person. */
export function rowUpdatedMs(records: Records, application: number): number {
  const candidate = candidateOf(records, application, records.tables.application.live(application).change);
  return Math.max(updatedMsOf(records, 'application', application), updatedMsOf(records, 'candidate', candidate));
}

/** An application without a job is no row, and a person who is gone takes theirs along. */
export function isRow(records: Records, application: number): boolean {
  const { application: applications, candidate } = records.tables;
  if (application >= applications.size) return false;
  const { change, isDeleted } = applications.live(application);
  const isThere = !isDeleted && !candidate.live(candidateOf(records, application, change)).isDeleted;
  return isThere && jobOf(records, application, change) !== null;
}

export interface WantedRows {
  readonly sinceMs: number;
  /** Of one job alone. */
  readonly job: number | undefined;
  /** What is dear to find out: asked last. */
  readonly matches: (application: number) => boolean;
}

/** Rows by number. */
export function rowSlice(records: Records, { from, to, limit }: Range, { sinceMs, job, matches }: WantedRows): Slice {
  const isWanted = (index: number): boolean =>
    index <= to &&
    (job === undefined || jobOf(records, index, records.tables.application.live(index).change) === job) &&
    isRow(records, index) &&
    (sinceMs === 0 || rowUpdatedMs(records, index) >= sinceMs) &&
    matches(index);
  if (sinceMs < SEED_ENDS_MS) return sliceOf(records, 'application', from, limit, { matches: isWanted });
  const there = changed(records).filter((index) => index >= (from ?? 0) && isWanted(index));
  return { indexes: there.slice(0, limit), next: there[limit] ?? null };
}

/** Since the seed: the rows of whoever changed too. */
function changed(records: Records): readonly number[] {
  const { candidate, application } = records.tables;
  const theirs = candidate.changedLive().flatMap((index) => applicationsOf(records, index));
  return [...new Set([...application.changedLive(), ...theirs])].sort((a, b) => a - b);
}
