import type { JobStatus, JobVisibility, Location, RemoteStage } from '#libs/model';
import { locationFrom } from '../contract/location.js';
import { splitName } from '../contract/person-name.js';
import type { RawObject } from '../contract/raw-object.js';
import { mappingsOf, type Source } from '../contract/record-page.js';
import { LEFT_BEHIND, TAKEN } from './documented.js';
import { stageIdOf } from './stages.js';

// A map, as a plain object would also know `constructor`.
const STATUSES: ReadonlyMap<string, JobStatus> = new Map([
  ['published', 'open'],
  ['draft', 'draft'],
  ['closed', 'closed'],
  ['archived', 'archived'],
] as const);

const FIELDS: Source['fields'] = {
  user: (raw) => ({ ...splitName(raw.text('name')), email: raw.text('email') }),
  job: (raw) => ({
    name: raw.text('title'),
    status: STATUSES.get(raw.text('state') ?? '') ?? 'unknown',
    visibility: visibilityOf(raw),
    location: locationOf(raw.object('location')),
    remoteUpdatedAt: raw.time('updated_at'),
    stages: stagesOf(raw),
    hiringTeam: [...new Set(raw.objects('team').map((member) => member.id('id')))],
  }),
  application: (raw) => {
    const jobId = raw.object('job')?.reference('shortcode') ?? null;
    return {
      candidateId: raw.reference('id'),
      jobId,
      stageId: stageIdOf(jobId, raw.text('stageSlug')),
      stageName: raw.text('stage'),
      remoteCreatedAt: raw.time('created_at'),
      remoteUpdatedAt: raw.time('updated_at'),
    };
  },
  candidate: (raw) => ({
    firstName: raw.text('firstname'),
    lastName: raw.text('lastname'),
    email: raw.text('email'),
    remoteCreatedAt: raw.time('created_at'),
    remoteUpdatedAt: raw.time('updated_at'),
  }),
};

/** How Workable's rows become records: a row of the candidates' list is a person and their one application (Workable API reference, 2026). */
export const MAPPINGS = mappingsOf({
  fields: FIELDS,
  // A job's shortcode is what every other part of the API calls it.
  idKeys: { job: 'shortcode' },
  ids: 'texts',
  taken: TAKEN,
  leftBehind: LEFT_BEHIND,
});

/** Public where it is published and not confidential: derived, as no field says it. */
function visibilityOf(raw: RawObject): JobVisibility {
  const state = raw.text('state');
  if (state === null || !STATUSES.has(state)) return 'unknown';
  return state === 'published' && raw.truth('confidential') !== true ? 'public' : 'private';
}

function locationOf(raw: RawObject | null): Location | null {
  return raw === null ? null : locationFrom(raw.text('city'), raw.text('region'), raw.text('country_code') ?? raw.text('country'));
}

function stagesOf(raw: RawObject): readonly RemoteStage[] {
  const shortcode = raw.reference('shortcode');
  return raw.objects('stages').flatMap((stage) => {
    const slug = stage.text('slug');
    const externalId = stageIdOf(shortcode, slug);
    const read = { name: stage.text('name'), position: stage.whole('position') };
    return externalId === null ? [] : [{ externalId, remoteId: slug, ...read }];
  });
}
