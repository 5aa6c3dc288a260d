import type { Allowed } from '#libs/allowlist';
import type { RemoteFields, Resource } from '#libs/model';
import type { IdentityMap, RemoteName } from '../identity.js';

/** A value of a statement's parameter: jsonb travels as its text. */
export type Value = string | null;

const named = (resource: RemoteName['resource'], externalId: string | null): RemoteName[] =>
  externalId === null ? [] : [{ resource, externalId, remoteId: null }];

const REFERENCES: { readonly [R in Resource]: (fields: RemoteFields[R]) => RemoteName[] } = {
  user: () => [],
  candidate: () => [],
  job: (fields) => [
    ...fields.stages.map(({ externalId, remoteId }): RemoteName => ({ resource: 'stage', externalId, remoteId })),
    ...fields.hiringTeam.flatMap((externalId) => named('user', externalId)),
  ],
  application: (fields) => [...named('candidate', fields.candidateId), ...named('job', fields.jobId), ...named('stage', fields.stageId)],
};

function ownName<R extends Resource>({ resource, externalId, remoteId }: Allowed<R>): RemoteName {
  return { resource, externalId, remoteId };
}

/** Every name that storing the record needs an id for: its own and those that it refers to. */
export function namesIn<R extends Resource>(record: Allowed<R>): RemoteName[] {
  return [ownName(record), ...REFERENCES[record.resource](record.fields)];
}

const person = (fields: { readonly firstName: Value; readonly lastName: Value; readonly email: Value }): Value[] => [
  fields.firstName,
  fields.lastName,
  fields.email,
];

/** In the order of `TABLES[resource].columns`. */
const VALUES: { readonly [R in Resource]: (fields: RemoteFields[R], ids: IdentityMap) => Value[] } = {
  user: (fields) => [...person(fields), fields.remoteUpdatedAt],
  candidate: (fields) => [...person(fields), fields.remoteCreatedAt, fields.remoteUpdatedAt],
  job: (fields, ids) => [
    fields.name,
    fields.status,
    fields.visibility,
    fields.location === null ? null : JSON.stringify(fields.location),
    JSON.stringify(
      fields.stages.map(({ externalId, remoteId, name, position }) => ({ id: ids.idOf('stage', externalId), remoteId, name, position })),
    ),
    JSON.stringify(fields.hiringTeam.map((externalId) => ({ userId: ids.idOf('user', externalId) }))),
    fields.remoteUpdatedAt,
  ],
  application: (fields, ids) => [
    ids.idOf('candidate', fields.candidateId),
    ids.idOf('job', fields.jobId),
    ids.idOf('stage', fields.stageId),
    fields.stageName,
    fields.remoteCreatedAt,
    fields.remoteUpdatedAt,
  ],
};

/** The record's values in the order of its table's columns, references as our ids. */
export function valuesOf<R extends Resource>(record: Allowed<R>, ids: IdentityMap): Value[] {
  return VALUES[record.resource](record.fields, ids);
}
