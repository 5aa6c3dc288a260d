import type { RemoteStage } from '#libs/model';
import { splitName } from '../contract/person-name.js';
import type { RawObject } from '../contract/raw-object.js';
import { mappingsOf, type Source } from '../contract/record-page.js';
import { LEFT_BEHIND, TAKEN } from './documented.js';
import { locationOf, statusOf, visibilityOf } from './values.js';

const FIELDS: Source['fields'] = {
  user: (raw) => ({
    firstName: raw.text('firstName'),
    lastName: raw.text('lastName'),
    email: raw.text('email'),
    remoteUpdatedAt: raw.time('updatedAt'),
  }),
  job: (raw) => {
    const status = statusOf(raw.text('status'));
    return {
      name: raw.text('title'),
      status,
      visibility: visibilityOf({ status, isConfidential: raw.truth('confidential'), isListed: raw.truth('isListed') }),
      location: locationOf(raw.object('location')),
      remoteUpdatedAt: raw.time('updatedAt'),
      stages: stagesOf(raw),
      hiringTeam: [...new Set(raw.objects('hiringTeam').map((member) => member.id('userId')))],
    };
  },
  candidate: (raw) => ({
    ...splitName(raw.text('name')),
    email: raw.object('primaryEmailAddress')?.text('value') ?? null,
    remoteCreatedAt: raw.time('createdAt'),
    remoteUpdatedAt: raw.time('updatedAt'),
  }),
  application: (raw) => {
    const stage = raw.object('currentInterviewStage');
    return {
      candidateId: raw.object('candidate')?.reference('id') ?? null,
      jobId: raw.object('job')?.reference('id') ?? null,
      stageId: stage?.reference('id') ?? null,
      stageName: stage?.text('title') ?? null,
      remoteCreatedAt: raw.time('createdAt'),
      remoteUpdatedAt: raw.time('updatedAt'),
    };
  },
};

/**
 * How the items of Ashby's lists become records: `results[]` of `user.list`, `job.list`, `candidate.list` and `application.list` (Ashby OpenAPI,
 * 2026-08). A job's `stages` and `isListed` are joined to it before (`joinJobs`). Ashby reports no deletion in its lists.
 */
export const MAPPINGS = mappingsOf({
  fields: FIELDS,
  ids: 'texts',
  taken: TAKEN,
  leftBehind: LEFT_BEHIND,
});

function stagesOf(raw: RawObject): readonly RemoteStage[] {
  const stages = raw.objects('stages').map((stage) => {
    const id = stage.id('id');
    return { externalId: id, remoteId: id, name: stage.text('title'), position: stage.whole('orderInInterviewPlan') };
  });
  return [...new Map(stages.map((stage) => [stage.externalId, stage])).values()];
}
