import type { JobStatus, JobVisibility, Location, RemoteStage } from '#libs/model';
import { locationFrom } from '../contract/location.js';
import type { RawObject } from '../contract/raw-object.js';
import { mappingsOf, type Source } from '../contract/record-page.js';
import { LEFT_BEHIND, TAKEN } from './documented.js';

// A map, as a plain object would also know `constructor`.
const STATUSES: ReadonlyMap<string, JobStatus> = new Map([
  ['open', 'open'],
  ['closed', 'closed'],
  ['draft', 'draft'],
] as const);

const FIELDS: Source['fields'] = {
  user: (raw) => ({
    firstName: raw.text('first_name'),
    lastName: raw.text('last_name'),
    email: raw.text('primary_email'),
    remoteUpdatedAt: raw.time('updated_at'),
  }),
  job: (raw) => ({
    name: raw.text('name'),
    status: STATUSES.get(raw.text('status') ?? '') ?? 'unknown',
    visibility: visibilityOf(raw),
    location: locationOf(raw),
    remoteUpdatedAt: raw.time('updated_at'),
    stages: stagesOf(raw),
    hiringTeam: [...new Set(raw.objects('team').flatMap((member) => member.numberedReference('user_id') ?? []))],
  }),
  application: (raw) => ({
    candidateId: raw.numberedReference('candidate_id'),
    jobId: raw.numberedReference('job_id'),
    stageId: raw.object('currentStage')?.numberedReference('job_interview_stage_id') ?? null,
    stageName: raw.text('stage_name'),
    remoteCreatedAt: raw.time('created_at'),
    remoteUpdatedAt: raw.time('updated_at'),
  }),
  candidate: (raw) => ({
    firstName: raw.text('first_name'),
    lastName: raw.text('last_name'),
    email: firstEmail(raw),
    remoteCreatedAt: raw.time('created_at'),
    remoteUpdatedAt: raw.time('updated_at'),
  }),
};

/** How Harvest's rows become records. Shapes: registry of the Harvest v3 reference, 2026-08. */
export const MAPPINGS = mappingsOf({
  fields: FIELDS,
  ids: 'numbers',
  taken: TAKEN,
  leftBehind: LEFT_BEHIND,
});

/** Public where a live post is not an internal one; a confidential job never is. */
function visibilityOf(raw: RawObject): JobVisibility {
  const isAdvertised = raw.objects('posts').some((post) => post.truth('live') === true && post.truth('internal') === false);
  return isAdvertised && raw.truth('confidential') !== true ? 'public' : 'private';
}

/** An office's location is one text, "City, Region, Country" as Greenhouse suggests it; a part with a digit may be a street, and is left out. */
function locationOf(raw: RawObject): Location | null {
  const [office] = raw.objects('offices');
  const parts = (office?.text('location') ?? '').split(',').map((part) => part.trim());
  const plain = parts.filter((part) => part !== '' && !/\d/.test(part)).slice(-3);
  const [city = null, ...rest] = plain;
  // What is left of more than one part is what came last: the country.
  if (parts.length > 1 && rest.length === 0) return locationFrom(null, null, city);
  return rest.length > 1 ? locationFrom(city, rest[0] ?? null, rest[1] ?? null) : locationFrom(city, null, rest[0] ?? null);
}

function stagesOf(raw: RawObject): readonly RemoteStage[] {
  return raw.objects('stages').map((stage) => {
    const id = stage.numberedReference('id') ?? stage.id('id');
    return { externalId: id, remoteId: id, name: stage.text('name'), position: stage.whole('sort_order') };
  });
}

function firstEmail(raw: RawObject): string | null {
  for (const address of raw.objects('email_addresses')) {
    const email = address.text('value');
    if (email !== null) return email;
  }
  return null;
}
