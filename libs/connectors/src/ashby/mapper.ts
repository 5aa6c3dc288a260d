import type { RemoteFields, RemoteStage, Resource } from '#libs/model';
import { splitName } from '../contract/person-name.js';
import type { RawObject } from '../contract/raw-object.js';
import type { RecordMapping } from '../contract/record-page.js';
import { LEFT_BEHIND, TAKEN } from './documented.js';
import { locationOf, statusOf, visibilityOf } from './values.js';

type FieldMappers = { readonly [R in Resource]: (raw: RawObject) => Partial<RemoteFields[R]> };

const FIELDS: FieldMappers = {
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

function mappingOf<R extends Resource>(resource: R): RecordMapping<R> {
  return {
    resource,
    idKey: 'id',
    ids: 'texts',
    map: (raw) => ({ remoteId: raw.reference('id'), deleted: false, fields: FIELDS[resource](raw) }),
    taken: TAKEN[resource],
    leftBehind: LEFT_BEHIND[resource],
  };
}

/**
 * How the items of Ashby's lists become records: `results[]` of `user.list`, `job.list`, `candidate.list` and `application.list` (Ashby OpenAPI,
 * 2026-08). A job's `stages` and `isListed` are joined to it before (`joinJobs`). Ashby reports no deletion in its lists.
 */
export const MAPPINGS: { readonly [R in Resource]: RecordMapping<R> } = {
  user: mappingOf('user'),
  job: mappingOf('job'),
  candidate: mappingOf('candidate'),
  application: mappingOf('application'),
};

function stagesOf(raw: RawObject): readonly RemoteStage[] {
  const stages = raw.objects('stages').map((stage) => {
    const id = stage.id('id');
    return { externalId: id, remoteId: id, name: stage.text('title'), position: stage.whole('orderInInterviewPlan') };
  });
  return [...new Map(stages.map((stage) => [stage.externalId, stage])).values()];
}
