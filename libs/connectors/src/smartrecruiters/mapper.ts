import { mappingsOf, type Source } from '../contract/record-page.js';
import { LEFT_BEHIND, TAKEN } from './documented.js';
import { stagesOf, standingOf } from './stages.js';
import { locationOf, statusOf, visibilityOf } from './values.js';

const FIELDS: Source['fields'] = {
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

/**
 * How items become records: those of `/user-api/v201804/users`, of `/jobs` and `/candidates` (SmartRecruiters' Swagger, 2017), and an assignment of
 * a candidate's as `itemsOf` makes it an application.
 */
export const MAPPINGS = mappingsOf({
  fields: FIELDS,
  ids: 'texts',
  taken: TAKEN,
  leftBehind: LEFT_BEHIND,
});
