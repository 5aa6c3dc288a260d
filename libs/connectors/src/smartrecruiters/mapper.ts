import type { RemoteFields, Resource } from '#libs/model';
import type { RawObject } from '../contract/raw-object.js';
import type { RecordMapping } from '../contract/record-page.js';
import { LEFT_BEHIND, TAKEN } from './documented.js';
import { stagesOf, standingOf } from './stages.js';
import { locationOf, statusOf, visibilityOf } from './values.js';

type FieldMappers = { readonly [R in Resource]: (raw: RawObject) => Partial<RemoteFields[R]> };

const FIELDS: FieldMappers = {
  user: (raw) => ({
    firstName: raw.text('firstName'),
    lastName: raw.text('lastName'),
    email: raw.text('email'),
    remoteUpdatedAt: raw.time('updatedOn'),
  }),
  job: (raw) => ({
    name: raw.text('title'),
    status: statusOf(raw.text('status')),
    visibility: visibilityOf(raw.text('postingStatus')),
    location: locationOf(raw.object('location')),
    remoteUpdatedAt: raw.time('updatedOn'),
    stages: stagesOf(raw.id('id'), raw.object('subStatuses')),
    hiringTeam: [...new Set(raw.objects('hiringTeam').map((user) => user.id('id')))],
  }),
  application: (raw) => {
    const assignment = raw.object('assignment');
    const jobId = assignment?.object('job')?.reference('id') ?? null;
    const standing = standingOf(jobId, assignment?.text('status') ?? null, assignment?.text('subStatus') ?? null);
    return { candidateId: raw.reference('candidateId'), jobId, ...standing };
  },
  candidate: (raw) => ({
    firstName: raw.text('firstName'),
    lastName: raw.text('lastName'),
    email: raw.text('email'),
    remoteCreatedAt: raw.time('createdOn'),
    remoteUpdatedAt: raw.time('updatedOn'),
  }),
};

/** SmartRecruiters lists nothing that is deleted, and its ids are the only ones there are. */
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
 * How items become records: those of `/user-api/v201804/users`, of `/jobs` and `/candidates` (SmartRecruiters' Swagger, 2017), and an assignment of
 * a candidate's as `itemsOf` makes it an application.
 */
export const MAPPINGS: { readonly [R in Resource]: RecordMapping<R> } = {
  user: mappingOf('user'),
  job: mappingOf('job'),
  application: mappingOf('application'),
  candidate: mappingOf('candidate'),
};
