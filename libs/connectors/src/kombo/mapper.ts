import type { RemoteFields, RemoteStage, Resource } from '#libs/model';
import type { RawObject } from '../contract/raw-object.js';
import type { RecordMapping } from '../contract/record-page.js';
import { LEFT_BEHIND, TAKEN } from './documented.js';
import { locationOf, statusOf, visibilityOf } from './values.js';

type FieldMappers = { readonly [R in Resource]: (raw: RawObject) => Partial<RemoteFields[R]> };

/** Kombo's users have no edit time of the ATS: `changed_at` is Kombo's own and moves for other reasons. */
const FIELDS: FieldMappers = {
  user: (raw) => ({ firstName: raw.text('first_name'), lastName: raw.text('last_name'), email: raw.text('email') }),
  job: (raw) => ({
    name: raw.text('name'),
    status: statusOf(raw.text('status')),
    visibility: visibilityOf(raw.text('visibility')),
    location: locationOf(raw.object('location')),
    remoteUpdatedAt: raw.time('remote_updated_at'),
    stages: stagesOf(raw),
    hiringTeam: [...new Set(raw.objects('hiring_team').map((user) => user.id('id')))],
  }),
  application: (raw) => ({
    candidateId: raw.reference('candidate_id'),
    jobId: raw.reference('job_id'),
    stageId: raw.reference('current_stage_id'),
    stageName: raw.object('current_stage')?.text('name') ?? null,
    remoteCreatedAt: raw.time('remote_created_at'),
    remoteUpdatedAt: raw.time('remote_updated_at'),
  }),
  candidate: (raw) => ({
    firstName: raw.text('first_name'),
    lastName: raw.text('last_name'),
    email: firstEmail(raw),
    remoteCreatedAt: raw.time('remote_created_at'),
    remoteUpdatedAt: raw.time('remote_updated_at'),
  }),
};

/** A deleted record carries no fields: Kombo empties it after 14 days. */
function mappingOf<R extends Resource>(resource: R): RecordMapping<R> {
  return {
    resource,
    idKey: 'id',
    ids: 'texts',
    map: (raw) => {
      const deleted = raw.time('remote_deleted_at') !== null;
      return { remoteId: raw.text('remote_id'), deleted, fields: deleted ? {} : FIELDS[resource](raw) };
    },
    taken: TAKEN[resource],
    leftBehind: LEFT_BEHIND[resource],
  };
}

/**
 * How the items of Kombo's lists become records. Shapes: Kombo OpenAPI, 2026-05-02 (`results[]` of `/ats/users`, `/ats/jobs`,
 * `/ats/applications`, `/ats/candidates`).
 */
export const MAPPINGS: { readonly [R in Resource]: RecordMapping<R> } = {
  user: mappingOf('user'),
  job: mappingOf('job'),
  application: mappingOf('application'),
  candidate: mappingOf('candidate'),
};

/** Inactive stages too: an application may still stand in one. */
function stagesOf(raw: RawObject): readonly RemoteStage[] {
  const stages = raw.objects('stages').map((stage) => ({
    externalId: stage.id('id'),
    remoteId: stage.text('remote_id'),
    name: stage.text('name'),
    position: stage.whole('index'),
  }));
  return [...new Map(stages.map((stage) => [stage.externalId, stage])).values()];
}

function firstEmail(raw: RawObject): string | null {
  for (const address of raw.objects('email_addresses')) {
    const email = address.text('email_address');
    if (email !== null) return email;
  }
  return null;
}
