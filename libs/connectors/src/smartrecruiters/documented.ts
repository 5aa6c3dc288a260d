import type { Resource } from '#libs/model';
import { taken, type Taken } from '../contract/dropped.js';
import { STAGE_STATUSES } from './stages.js';

/** The keys that the mapper reads, per resource; `subStatuses` and `hiringTeam` of a job and `assignment` are what the readers join to an item. */
export const TAKEN: Readonly<Record<Resource, Taken>> = {
  user: taken({ id: null, firstName: null, lastName: null, email: null, updatedOn: null }),
  job: taken({
    id: null,
    title: null,
    status: null,
    postingStatus: null,
    location: { city: null, region: null, regionCode: null, country: null, countryCode: null },
    updatedOn: null,
    subStatuses: Object.fromEntries(STAGE_STATUSES.map((status) => [status, null])),
    hiringTeam: { id: null },
  }),
  application: taken({ id: null, candidateId: null, assignment: { job: { id: null }, status: null, subStatus: null } }),
  candidate: taken({ id: null, firstName: null, lastName: null, email: null, createdOn: null, updatedOn: null }),
};

const below = (name: string, ...keys: string[]): string[] => keys.map((key) => `${name}.${key}`);
const OF_A_CANDIDATE = ['internal', 'location', 'averageRating', 'tags', 'actions', 'phoneNumber', 'web', 'education', 'experience'];

/**
 * The documented keys that are left behind, per resource: the only names that a count of dropped fields may show. SmartRecruiters' Swagger, 2017,
 * and the catalogue of its specifications of 2025. A job's detail holds more of them; there, nothing but the hiring process is looked at.
 */
export const LEFT_BEHIND: Readonly<Record<Resource, ReadonlySet<string>>> = {
  user: new Set(['role', 'active', 'externalData', 'phone', 'actions']),
  job: new Set([
    ...['refNumber', 'createdOn', 'lastActivityOn', 'department', 'compensation', 'jobAd', 'properties', 'creator', 'actions'],
    ...below('location', 'address', 'postalCode', 'remote'),
    ...below('hiringTeam', 'role', 'actions'),
  ]),
  application: new Set([
    ...OF_A_CANDIDATE,
    ...['firstName', 'lastName', 'email', 'createdOn', 'updatedOn', 'assignment.actions'],
    ...below('assignment.job', 'title', 'actions'),
  ]),
  candidate: new Set([...OF_A_CANDIDATE, 'primaryAssignment', 'secondaryAssignments']),
};
