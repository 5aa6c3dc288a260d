import { JOB_STATUSES, JOB_VISIBILITIES } from '#libs/model';
import {
  component,
  list,
  object,
  oneOf,
  orNull,
  textOrNull,
  time,
  timeOrNull,
  uuid,
  uuidOrNull,
  type Schema,
} from '../http/openapi-schema.js';

const frame = {
  id: { ...uuid, description: 'Ours. It stays when the tenant’s integration is switched.' },
  remoteId: { ...textOrNull, description: 'The ATS’s own id.' },
};
const times = {
  remoteUpdatedAt: { ...timeOrNull, description: 'The last edit at the ATS.' },
  changedAt: { ...time, description: 'When something of it last changed here.' },
  deletedAt: { ...timeOrNull, description: 'When it was found deleted; only with `includeDeleted`.' },
};
const created = { remoteCreatedAt: timeOrNull };
const person = { firstName: textOrNull, lastName: textOrNull, email: textOrNull };

const LOCATION = component(
  'Location',
  object({ name: textOrNull, city: textOrNull, region: textOrNull, country: textOrNull }, '`name` is made of the other three.'),
);
const STAGE = component('Stage', object({ id: uuid, remoteId: textOrNull, name: textOrNull, position: { type: ['integer', 'null'] } }));

export const JOB = component(
  'Job',
  object({
    ...frame,
    name: textOrNull,
    status: oneOf(JOB_STATUSES),
    visibility: oneOf(JOB_VISIBILITIES),
    location: orNull(LOCATION),
    stages: list(STAGE),
    hiringTeam: list(object({ userId: uuid })),
    ...times,
  }),
);
export const USER = component('User', object({ ...frame, ...person, ...times }));
export const CANDIDATE = component(
  'Candidate',
  object({
    ...frame,
    ...person,
    ...created,
    applications: list(object({ id: uuid, jobId: uuidOrNull, stageId: uuidOrNull })),
    ...times,
  }),
);
export const APPLICATION = component(
  'Application',
  object({ ...frame, candidateId: uuidOrNull, jobId: uuidOrNull, stageId: uuidOrNull, stageName: textOrNull, ...created, ...times }),
);

/** A page of a list of records. */
export const pageOf = (record: Schema) =>
  object({
    data: list(record),
    nextCursor: { ...textOrNull, description: 'For the next page, with the same filters; null at the end.' },
    freshAsOf: { ...timeOrNull, description: 'When the source was last read completely.' },
  });
