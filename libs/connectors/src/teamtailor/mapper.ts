import type { JobStatus, JobVisibility, Location, RemoteFields, RemoteStage, Resource } from '#libs/model';
import { locationFrom } from '../contract/location.js';
import { splitName } from '../contract/person-name.js';
import { RawObject } from '../contract/raw-object.js';
import type { RecordMapping } from '../contract/record-page.js';
import { LEFT_BEHIND, TAKEN } from './documented.js';

type FieldMappers = { readonly [R in Resource]: (attributes: RawObject, raw: RawObject) => Partial<RemoteFields[R]> };

// Maps, as a plain object would also know `constructor`. `human-status` says more than `status`, and is not always there.
const STATUSES: ReadonlyMap<string, JobStatus> = new Map([
  ['published', 'open'],
  ['unlisted', 'open'],
  ['open', 'open'],
  ['draft', 'draft'],
  ['unsaved', 'draft'],
  ['temp', 'draft'],
  ['scheduled', 'draft'],
  ['expired', 'closed'],
  ['archived', 'archived'],
] as const);

const FIELDS: FieldMappers = {
  user: (attributes) => ({ ...splitName(attributes.text('name')), email: attributes.text('email') }),
  job: (attributes, raw) => ({
    name: attributes.text('title'),
    status: STATUSES.get(statusIn(attributes)) ?? 'unknown',
    visibility: visibilityOf(attributes),
    location: locationOf(raw),
    remoteUpdatedAt: attributes.time('updated-at'),
    stages: stagesOf(raw),
    hiringTeam: [...new Set(raw.objects('team').map((member) => member.id('id')))],
  }),
  application: (attributes, raw) => ({
    candidateId: raw.object('candidate')?.reference('id') ?? null,
    jobId: raw.object('job')?.reference('id') ?? null,
    stageId: raw.object('stage')?.reference('id') ?? null,
    stageName: raw.object('stage')?.object('attributes')?.text('name') ?? null,
    remoteCreatedAt: attributes.time('created-at'),
    remoteUpdatedAt: attributes.time('updated-at'),
  }),
  candidate: (attributes) => ({
    firstName: attributes.text('first-name'),
    lastName: attributes.text('last-name'),
    email: attributes.text('email'),
    remoteCreatedAt: attributes.time('created-at'),
    remoteUpdatedAt: attributes.time('updated-at'),
  }),
};

const EMPTY = new RawObject({});

function mappingOf<R extends Resource>(resource: R): RecordMapping<R> {
  return {
    resource,
    idKey: 'id',
    ids: 'texts',
    map: (raw) => ({
      remoteId: raw.reference('id'),
      deleted: false,
      fields: FIELDS[resource](raw.object('attributes') ?? EMPTY, raw),
    }),
    taken: TAKEN[resource],
    leftBehind: LEFT_BEHIND[resource],
  };
}

/** How Teamtailor's resources become records. Shapes: Teamtailor API documentation, 2021-02; partner documentation, 2026-06-11. */
export const MAPPINGS: { readonly [R in Resource]: RecordMapping<R> } = {
  user: mappingOf('user'),
  job: mappingOf('job'),
  application: mappingOf('application'),
  candidate: mappingOf('candidate'),
};

const statusIn = (attributes: RawObject): string => attributes.text('human-status') ?? attributes.text('status') ?? '';

/** Public where it is published and not internal. */
function visibilityOf(attributes: RawObject): JobVisibility {
  const status = statusIn(attributes);
  if (!STATUSES.has(status)) return 'unknown';
  return (status === 'published' || status === 'open') && attributes.truth('internal') !== true ? 'public' : 'private';
}

/** Of a job's locations the first. Teamtailor holds no region. */
function locationOf(raw: RawObject): Location | null {
  const place = raw.objects('locations')[0]?.object('attributes');
  return place === null || place === undefined ? null : locationFrom(place.text('city'), null, place.text('country'));
}

function stagesOf(raw: RawObject): readonly RemoteStage[] {
  const stages = raw.objects('stages').map((stage) => {
    const attributes = stage.object('attributes') ?? EMPTY;
    const id = stage.id('id');
    return { externalId: id, remoteId: id, name: attributes.text('name'), position: attributes.whole('row-order') };
  });
  return [...new Map(stages.map((stage) => [stage.externalId, stage])).values()];
}
