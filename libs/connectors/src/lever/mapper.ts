import type { JobStatus, JobVisibility, Location, RemoteStage, Resource } from '#libs/model';
import { locationFrom } from '../contract/location.js';
import { splitName } from '../contract/person-name.js';
import type { RawObject } from '../contract/raw-object.js';
import { mappingsOf, type RecordMapping, type Source } from '../contract/record-page.js';
import { LEFT_BEHIND, TAKEN, TAKEN_OF_DELETED } from './documented.js';

// A map, as a plain object would also know `constructor`.
const STATUSES: ReadonlyMap<string, JobStatus> = new Map([
  ['published', 'open'],
  ['internal', 'open'],
  ['closed', 'closed'],
  ['draft', 'draft'],
  ['pending', 'draft'],
  ['rejected', 'draft'],
] as const);

const FIELDS: Source['fields'] = {
  user: (raw) => ({ ...splitName(raw.text('name')), email: raw.text('email') }),
  job: (raw) => ({
    name: raw.text('text'),
    status: STATUSES.get(raw.text('state') ?? '') ?? 'unknown',
    visibility: visibilityOf(raw),
    location: locationOf(raw),
    remoteUpdatedAt: raw.milliseconds('updatedAt'),
    stages: stagesOf(raw),
    hiringTeam: teamOf(raw),
  }),
  application: (raw) => ({
    candidateId: raw.reference('contact'),
    jobId: raw.reference('posting'),
    stageId: raw.reference('stage'),
    stageName: raw.text('stageName'),
    remoteCreatedAt: raw.milliseconds('createdAt'),
    // Null for old opportunities that nobody has touched (Lever Data API documentation, 2026).
    remoteUpdatedAt: raw.milliseconds('updatedAt'),
  }),
  candidate: (raw) => ({ ...splitName(raw.text('name')), email: raw.texts('emails')[0] ?? null }),
};

/**
 * How Lever's items become records. An opportunity is one application, and holds the contact, who is one person in all their opportunities: the
 * contact is the candidate. Shapes: Lever Data API documentation, 2026.
 */
export const MAPPINGS = mappingsOf({
  fields: FIELDS,
  idKeys: { candidate: 'contact' },
  ids: 'texts',
  taken: TAKEN,
  leftBehind: LEFT_BEHIND,
});

/** How an item of a list of deletions becomes a record. */
export function deletedMapping<R extends Resource>(resource: R): RecordMapping<R> {
  const map = (raw: RawObject) => ({ remoteId: raw.reference('id'), deleted: true, fields: {} });
  return { ...MAPPINGS[resource], map, taken: TAKEN_OF_DELETED };
}

/** Public where it is published on the public job site; a confidential posting never is. */
function visibilityOf(raw: RawObject): JobVisibility {
  const state = raw.text('state') ?? '';
  if (!STATUSES.has(state)) return 'unknown';
  const isAdvertised = raw.texts('distributionChannels').includes('public') && raw.text('confidentiality') !== 'confidential';
  return state === 'published' && isAdvertised ? 'public' : 'private';
}

/** A posting's location is one text that anybody may write: with a digit in it, it may be a street, and is left out. */
function locationOf(raw: RawObject): Location | null {
  const place = raw.object('categories')?.text('location') ?? null;
  return locationFrom(place !== null && /\d/.test(place) ? null : place, null, raw.text('country'));
}

function stagesOf(raw: RawObject): readonly RemoteStage[] {
  return raw.objects('stages').map((stage, position) => {
    const id = stage.id('id');
    return { externalId: id, remoteId: id, name: stage.text('text'), position };
  });
}

function teamOf(raw: RawObject): readonly string[] {
  const members = ['owner', 'hiringManager', 'user'].flatMap((role) => raw.reference(role) ?? []);
  return [...new Set([...members, ...raw.references('followers')])];
}
