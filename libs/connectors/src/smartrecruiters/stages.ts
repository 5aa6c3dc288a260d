import type { RemoteStage } from '#libs/model';
import { isExternalId, type RawObject } from '../contract/raw-object.js';

/** The statuses that a candidate goes through, the same in every account and in this order (SmartRecruiters' Swagger, 2017). */
const STAGES: ReadonlyMap<string, string> = new Map([
  ['LEAD', 'Lead'],
  ['NEW', 'New'],
  ['IN_REVIEW', 'In review'],
  ['INTERVIEW', 'Interview'],
  ['OFFERED', 'Offered'],
  ['HIRED', 'Hired'],
]);

/** Where an application is over, it stands in no stage. `TRANSFERRED` is uncertain: collected of third parties, 2026. */
const ENDED: ReadonlyMap<string, string> = new Map([
  ['REJECTED', 'Rejected'],
  ['WITHDRAWN', 'Withdrawn'],
  ['TRANSFERRED', 'Transferred'],
]);

/** The keys under which a hiring process lists its sub-statuses. */
export const STAGE_STATUSES: readonly string[] = [...STAGES.keys()];

/**
 * The stages of a job: each main status, and after it what its hiring process divides it into. They have no ids of their own at SmartRecruiters, so
 * a renamed sub-status is another stage.
 */
export function stagesOf(jobId: string, subStatuses: RawObject | null): readonly RemoteStage[] {
  const named = [...STAGES].flatMap(([status, name]) => {
    const below = [...new Set(subStatuses?.texts(status) ?? [])];
    return [{ id: stageId(jobId, status, null), name }, ...below.map((text) => ({ id: stageId(jobId, status, text), name: text }))];
  });
  return named.flatMap(({ id, name }, position) => (id === null ? [] : [{ externalId: id, remoteId: id, name, position }]));
}

/** Where an application stands. The sub-status of one that is over may be the reason why: it is not taken. */
export function standingOf(jobId: string | null, status: string | null, subStatus: string | null) {
  const name = STAGES.get(status ?? '');
  if (jobId === null || status === null || name === undefined) return { stageId: null, stageName: ENDED.get(status ?? '') ?? null };
  return { stageId: stageId(jobId, status, subStatus), stageName: subStatus ?? name };
}

/** Null where it would be too long for an id; the stage is then left out. */
function stageId(jobId: string, status: string, subStatus: string | null): string | null {
  const id = [jobId, status, ...(subStatus === null ? [] : [encodeURIComponent(subStatus)])].join(':');
  return isExternalId(id) ? id : null;
}
