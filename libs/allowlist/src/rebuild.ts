import type { FieldName, RemoteFields, Resource } from '#libs/model';
import { email, location, name, own, reference, references, stages, status, time, visibility } from './cleaners.js';
import type { Cleaner } from './text.js';

/** Takes one field by its name where it is granted, cleaned. */
type Take<R extends Resource> = <T>(field: FieldName<R>, cleaner: Cleaner<T>) => T;

const REBUILD: { readonly [R in Resource]: (take: Take<R>) => RemoteFields[R] } = {
  user: (take) => ({
    firstName: take('firstName', name),
    lastName: take('lastName', name),
    email: take('email', email),
    remoteUpdatedAt: take('remoteUpdatedAt', time),
  }),
  job: (take) => ({
    name: take('name', name),
    status: take('status', status),
    visibility: take('visibility', visibility),
    location: take('location', location),
    remoteUpdatedAt: take('remoteUpdatedAt', time),
    stages: take('stages', stages),
    hiringTeam: take('hiringTeam', references),
  }),
  application: (take) => ({
    candidateId: take('candidateId', reference),
    jobId: take('jobId', reference),
    stageId: take('stageId', reference),
    stageName: take('stageName', name),
    remoteCreatedAt: take('remoteCreatedAt', time),
    remoteUpdatedAt: take('remoteUpdatedAt', time),
  }),
  candidate: (take) => ({
    firstName: take('firstName', name),
    lastName: take('lastName', name),
    email: take('email', email),
    remoteCreatedAt: take('remoteCreatedAt', time),
    remoteUpdatedAt: take('remoteUpdatedAt', time),
  }),
};

/** A resource's fields, made anew key by key; those that are not granted are not even looked at. */
export function rebuild<R extends Resource>(resource: R, granted: ReadonlySet<string>, fields: unknown): RemoteFields[R] {
  const rebuilt = REBUILD[resource]((field, { absent, clean }) => (granted.has(field) ? clean(own(fields, field), field) : absent));
  Object.freeze(rebuilt);
  return rebuilt;
}
