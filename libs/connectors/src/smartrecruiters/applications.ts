import { isExternalId, isObject, own } from '../contract/raw-object.js';

/**
 * The applications of a candidate of the list, as items to map: one for each assignment to a job, and those of one job alone where it is given. There
 * is no id for them at SmartRecruiters, so it is made of the candidate's and the job's. An assignment without a job is no application.
 */
export function applicationsOf(candidate: unknown, onlyJob: string | null): readonly unknown[] {
  if (!isObject(candidate)) return [candidate];
  const assignments = assignmentsOf(candidate);
  if (assignments === null) return [{ ...candidate, id: UNREADABLE }];
  return assignments.flatMap((assignment) => {
    const job = isObject(assignment) ? (own(assignment, 'job') ?? null) : UNREADABLE;
    const jobId = isObject(job) ? own(job, 'id') : UNREADABLE;
    const isOfAnother = onlyJob !== null && isExternalId(jobId) && jobId !== onlyJob;
    if (job === null || isOfAnother) return [];
    return [applicationOf(candidate, assignment, jobId)];
  });
}

/** No id: what holds it is set aside. */
const UNREADABLE = '';

/** The primary one last, as of two with one id the last one counts: a secondary one is not sure to hold a status (SmartRecruiters' Swagger, 2017). */
function assignmentsOf(candidate: object): readonly unknown[] | null {
  const secondary = own(candidate, 'secondaryAssignments') ?? [];
  const primary = own(candidate, 'primaryAssignment') ?? null;
  if (!Array.isArray(secondary)) return null;
  const list: readonly unknown[] = secondary;
  return primary === null ? list : [...list, primary];
}

function applicationOf(candidate: object, assignment: unknown, jobId: unknown): object {
  const candidateId = own(candidate, 'id');
  const id = isExternalId(candidateId) && isExternalId(jobId) ? `${candidateId}:${jobId}` : UNREADABLE;
  return { ...candidate, id, candidateId, assignment, primaryAssignment: null, secondaryAssignments: null };
}
