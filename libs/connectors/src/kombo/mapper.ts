import type { RemoteFields, RemoteRecord, RemoteStage, Resource } from '#libs/model';
import type { SetAside } from '../contract/connector.js';
import { isExternalId, isObject, own, RawObject } from '../contract/raw-object.js';
import { locationOf, statusOf, visibilityOf } from './values.js';

export type Mapped<R extends Resource> = { readonly record: RemoteRecord<R> } | { readonly setAside: SetAside };

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

/**
 * One record of a list as ours, or why it is set aside. Shapes: Kombo OpenAPI, 2026-05-02 (`results[]` of `/ats/users`, `/ats/jobs`,
 * `/ats/applications`, `/ats/candidates`). Throws nothing. A deleted record carries no fields: Kombo empties it after 14 days.
 */
export function mapRecord<R extends Resource>(resource: R, value: unknown): Mapped<R> {
  if (!isObject(value)) return setAside(null, 'not-an-object');
  const id = own(value, 'id') ?? null;
  if (id === null) return setAside(null, 'id-missing');
  if (!isExternalId(id)) return setAside(null, 'id-malformed');
  const raw = new RawObject(value);
  const remoteId = raw.text('remote_id');
  const deleted = raw.time('remote_deleted_at') !== null;
  const fields = deleted ? {} : FIELDS[resource](raw);
  const fault = raw.faults[0];
  if (fault !== undefined) return setAside(id, fault.reason, fault.field);
  return { record: { resource, externalId: id, remoteId, deleted, fields } };
}

function setAside(externalId: string | null, reason: SetAside['reason'], field: string | null = null): { readonly setAside: SetAside } {
  return { setAside: { externalId, reason, field } };
}

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
