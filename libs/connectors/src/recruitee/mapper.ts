import { locationFrom } from '../contract/location.js';
import { splitName } from '../contract/person-name.js';
import { mappingsOf, type Source } from '../contract/record-page.js';
import { LEFT_BEHIND, TAKEN } from './documented.js';
import { hiringTeamOf, stagesOf, statusOf, timeIn, visibilityOf } from './values.js';

const FIELDS: Source['fields'] = {
  user: (raw) => ({ firstName: raw.text('first_name'), lastName: raw.text('last_name'), email: raw.text('email') }),
  job: (raw) => ({
    name: raw.text('title'),
    status: statusOf(raw.text('status')),
    visibility: visibilityOf(raw.text('status')),
    location: locationFrom(raw.text('city'), raw.text('state_name'), raw.text('country_code')),
    remoteUpdatedAt: timeIn(raw, 'updated_at'),
    stages: stagesOf(raw),
    hiringTeam: hiringTeamOf(raw),
  }),
  application: (raw) => ({
    candidateId: raw.numberedReference('candidate_id'),
    jobId: raw.numberedReference('offer_id'),
    stageId: raw.numberedReference('stage_id'),
    stageName: raw.text('stage_name'),
    remoteCreatedAt: timeIn(raw, 'created_at'),
    remoteUpdatedAt: timeIn(raw, 'updated_at'),
  }),
  candidate: (raw) => ({
    ...splitName(raw.text('name')),
    email: raw.texts('emails')[0] ?? null,
    remoteCreatedAt: timeIn(raw, 'created_at'),
    remoteUpdatedAt: timeIn(raw, 'updated_at'),
  }),
};

/** Recruitee lists nothing that is deleted, and its ids are the only ones there are. */

/**
 * How items become records: those of `/admins`, `/offers` and `/candidates`, and a candidate's placement as an application (schemas of
 * `rawwar/tap-recruitee`, 2023). A disqualified placement is an application too.
 */
export const MAPPINGS = mappingsOf({
  fields: FIELDS,
  ids: 'numbers',
  taken: TAKEN,
  leftBehind: LEFT_BEHIND,
});
