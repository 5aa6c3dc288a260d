import { GatewayError, type FieldName, type Resource } from '#libs/model';
import type { Call } from '../contract/call.js';
import type { Page, PageRequest, Reader } from '../contract/connector.js';
import { requireGranted } from '../contract/granted.js';
import { placeParts, placeText } from '../contract/place.js';
import { isExternalId, isObject, own } from '../contract/raw-object.js';
import { recordPage } from '../contract/record-page.js';
import { PAGE_SIZE, readList, readParts, type WorkablePage } from './client.js';
import { MAPPINGS } from './mapper.js';
import { stagesOfJob, withStageSlugs } from './stages.js';

/** A job costs two requests more, of ten in ten seconds. */
const JOBS_AT_ONCE = 20;

/** Whether a list without the parameter holds all states is nowhere written. */
const STATES = ['draft', 'published', 'closed', 'archived'] as const;

const by = (since: string | undefined): Readonly<Record<string, string>> =>
  since === undefined ? {} : { updated_after: new Date(since).toISOString() };

/** Members have no edit time and no filter for one. A full page without an address for the next goes on from its last id. */
export const user: Reader<'user'> = {
  fills: ['firstName', 'lastName', 'email'],
  delta: 'none',
  deletions: 'by-absence',
  byJob: false,
  async page(call: Call, { grant, cursor, jobs }: PageRequest): Promise<Page<'user'>> {
    const sinceId = cursor ?? null;
    requireGranted(grant, 'user');
    refuseJobs('user', jobs);
    const { items, next } = await readList(call, 'members', { key: 'members', sinceId, filters: { status: 'all' } });
    return recordPage(MAPPINGS.user, items, { next: next ?? (items.length < PAGE_SIZE ? null : lastId(items, sinceId)) });
  },
};

function lastId(items: readonly unknown[], former: string | null): string {
  const last = items.at(-1);
  const id = isObject(last) ? own(last, 'id') : null;
  if (isExternalId(id) && id !== former) return id;
  throw new GatewayError('remote-invalid-response', { retry: { when: 'later' }, context: { reason: 'page' } });
}

/** State by state, with the stages and members of each job where they are granted. */
export const job: Reader<'job'> = {
  fills: ['name', 'status', 'visibility', 'location', 'remoteUpdatedAt', 'stages', 'hiringTeam'],
  delta: 'updated-after',
  deletions: 'by-absence',
  byJob: false,
  async page(call: Call, { grant, cursor, since, jobs }: PageRequest): Promise<Page<'job'>> {
    requireGranted(grant, 'job');
    refuseJobs('job', jobs);
    const [state = null, sinceId = null] = cursor === undefined ? [STATES[0], null] : placeParts(cursor, 2);
    const place = STATES.findIndex((one) => one === state);
    if (place === -1) throw new GatewayError('invalid-request', { context: { reason: 'cursor' } });
    const filters = { state: state ?? '', ...by(since) };
    const { items, next } = await readList(call, 'jobs', { key: 'jobs', limit: JOBS_AT_ONCE, sinceId, filters });
    const granted = grant.fields.get('job') ?? new Set<string>();
    const joined = [];
    for (const item of items) joined.push(await withParts(call, item, granted));
    return recordPage(MAPPINGS.job, joined, { next: nextPlace(STATES, place, next) });
  },
};

async function withParts(call: Call, item: unknown, granted: ReadonlySet<string>): Promise<unknown> {
  const shortcode = isObject(item) ? own(item, 'shortcode') : null;
  if (!isObject(item) || typeof shortcode !== 'string' || !/^[\w-]{1,100}$/.test(shortcode)) return item;
  const stages = granted.has('stages') ? await stagesOfJob(call, shortcode) : [];
  const team = granted.has('hiringTeam') ? await readParts(call, `jobs/${shortcode}/members`, 'members') : [];
  return { ...item, stages, team };
}

function nextPlace(lists: readonly string[], place: number, next: string | null): string | null {
  if (next !== null) return placeText([lists[place] ?? '', next]);
  const following = lists[place + 1];
  return following === undefined ? null : placeText([following, null]);
}

/** A row is read as a person or as an application: never its detail, which holds answers, documents and addresses. */
function rows<R extends 'candidate' | 'application'>(resource: R, fills: readonly FieldName<R>[]): Reader<R> {
  return {
    fills,
    delta: 'updated-after',
    deletions: 'by-absence',
    byJob: true,
    async page(call: Call, request: PageRequest): Promise<Page<R>> {
      requireGranted(request.grant, resource);
      const { items, next } = request.jobs === undefined ? await readRows(call, request) : await readRowsOfJobs(call, request);
      const isStaged = resource === 'application' && request.grant.fields.get('application')?.has('stageId') === true;
      return recordPage<R>(MAPPINGS[resource], isStaged ? await withStageSlugs(call, items) : items, { next });
    },
  };
}

function readRows(call: Call, { since, cursor }: PageRequest): Promise<WorkablePage> {
  return readList(call, 'candidates', { key: 'candidates', sinceId: cursor ?? null, filters: by(since) });
}

/** One job after the other: our cursor holds which, and the source's own. */
async function readRowsOfJobs(call: Call, { since, cursor, jobs = [] }: PageRequest): Promise<WorkablePage> {
  const [index = null, sinceId = null] = cursor === undefined ? ['0', null] : placeParts(cursor, 2);
  const shortcode = jobs[Number(index)];
  if (shortcode === undefined) return { items: [], next: null };
  const { items, next } = await readList(call, 'candidates', { key: 'candidates', sinceId, filters: { shortcode, ...by(since) } });
  const numbers = jobs.map((_, place) => String(place));
  return { items, next: nextPlace(numbers, Number(index), next) };
}

export const candidate = rows('candidate', ['firstName', 'lastName', 'email', 'remoteCreatedAt', 'remoteUpdatedAt']);
export const application = rows('application', ['candidateId', 'jobId', 'stageId', 'stageName', 'remoteCreatedAt', 'remoteUpdatedAt']);

function refuseJobs(resource: Resource, jobs: readonly string[] | undefined): void {
  if (jobs !== undefined) throw new GatewayError('unsupported', { context: { resource } });
}
