import { SEED_ENDS_MS, updatedMsOf } from '../../live/facts.js';
import { applicationsOf, candidateOf, jobOf } from '../../live/links.js';
import type { Records } from '../../live/records.js';
import { sliceOf, type Slice } from '../../live/slice.js';

/** A row changes with the application and with the person. */
export function rowUpdatedMs(records: Records, application: number): number {
  const candidate = candidateOf(records, application, records.tables.application.live(application).change);
  return Math.max(updatedMsOf(records, 'application', application), updatedMsOf(records, 'candidate', candidate));
}

export interface WantedRows {
  readonly sinceMs: number | undefined;
  /** Of one job alone. */
  readonly job: number | undefined;
}

/** Rows by number, from one on: an application without a job is none, and a person who is gone takes theirs along. */
export function rowSlice(records: Records, from: number | null, limit: number, { sinceMs, job }: WantedRows): Slice {
  const matches = (index: number): boolean => {
    const { change } = records.tables.application.live(index);
    const its = jobOf(records, index, change);
    const isThere = its !== null && !records.tables.candidate.live(candidateOf(records, index, change)).isDeleted;
    return isThere && (job === undefined || its === job) && (sinceMs === undefined || rowUpdatedMs(records, index) >= sinceMs);
  };
  if (sinceMs === undefined || sinceMs < SEED_ENDS_MS) return sliceOf(records, 'application', from, limit, { matches });
  const there = changed(records).filter(
    (index) => index >= (from ?? 0) && !records.tables.application.live(index).isDeleted && matches(index),
  );
  return { indexes: there.slice(0, limit), next: there[limit] ?? null };
}

function changed(records: Records): readonly number[] {
  const { candidate, application } = records.tables;
  const theirs = candidate.changedLive().flatMap((index) => applicationsOf(records, index));
  return [...new Set([...application.changedLive(), ...theirs])].sort((a, b) => a - b);
}
