import { GatewayError, type FieldName, type Resource } from '#libs/model';
import type { Call } from '../contract/call.js';
import type { Page, PageRequest, Reader } from '../contract/connector.js';
import { grantedNames, requireGranted, type SourceNames } from '../contract/granted.js';
import { placeParts, placeText } from '../contract/place.js';
import { isObject } from '../contract/raw-object.js';
import { recordPage } from '../contract/record-page.js';
import { chunks, MOST_IDS, PAGE_SIZE, readList, readParts, type GreenhousePage } from './client.js';
import { idIn, withParts } from './jobs.js';
import { MAPPINGS } from './mapper.js';

interface ReaderSpec<R extends Resource> {
  readonly resource: R;
  readonly path: string;
  readonly always: readonly string[];
  readonly names: SourceNames<R>;
  readonly fills: readonly FieldName<R>[];
  /** Small where each record's parts are asked for by their ids. */
  readonly pageSize?: number;
  /** Whether the list has a filter `job_ids`. */
  readonly byJob?: true;
  readonly join?: (call: Call, request: PageRequest, items: readonly unknown[]) => Promise<readonly unknown[]>;
}

/**
 * Walks a list by number, newest first, so that a record that changes meanwhile is not passed by. A deletion shows by absence alone: Harvest
 * has no list of what was deleted (Harvest v3 guides, 2026).
 */
function createReader<R extends Resource>(spec: ReaderSpec<R>): Reader<R> {
  const { resource, fills, byJob = false, join } = spec;
  return {
    fills,
    delta: 'updated-after',
    deletions: 'by-absence',
    byJob,
    async page(call: Call, request: PageRequest): Promise<Page<R>> {
      requireGranted(request.grant, resource);
      if (request.jobs !== undefined && !byJob) throw new GatewayError('unsupported', { context: { resource } });
      const { items, next } = request.jobs === undefined ? await readAll(call, spec, request) : await readOfJobs(call, spec, request);
      return recordPage<R>(MAPPINGS[resource], (await join?.(call, request, items)) ?? items, { next });
    },
  };
}

function readAll<R extends Resource>(
  call: Call,
  spec: ReaderSpec<R>,
  { grant, since, cursor }: PageRequest,
  filters: Readonly<Record<string, string>> = {},
): Promise<GreenhousePage> {
  const { resource, path, always, names, pageSize = PAGE_SIZE } = spec;
  return readList(call, path, {
    fields: grantedNames(grant, resource, always, names),
    filters: { ...filters, ...(since === undefined ? {} : { updated_at: `gte|${new Date(since).toISOString()}` }) },
    pageSize,
    ...(cursor === undefined ? {} : { cursor }),
  });
}

/** At most 50 jobs go with one walk, so there may be several, one after the other: our cursor holds which, and the source's own. */
async function readOfJobs<R extends Resource>(call: Call, spec: ReaderSpec<R>, request: PageRequest): Promise<GreenhousePage> {
  const { cursor: place, jobs = [], ...rest } = request;
  const groups = chunks(jobs, MOST_IDS);
  const [group, cursor = null] = place === undefined ? ['0', null] : placeParts(place, 2);
  const ids = groups[Number(group)];
  if (ids === undefined) return { items: [], next: null };
  const { items, next } = await readAll(call, spec, { ...rest, ...(cursor === null ? {} : { cursor }) }, { job_ids: ids.join(',') });
  const following = Number(group) + 1;
  if (next !== null) return { items, next: placeText([String(Number(group)), next]) };
  return { items, next: following < groups.length ? placeText([String(following), null]) : null };
}

/** `stage_id` of an application names an instance and joins to no stage of a job: the stage comes from a list of its own. */
async function withStages(call: Call, { grant }: PageRequest, applications: readonly unknown[]): Promise<readonly unknown[]> {
  if (grant.fields.get('application')?.has('stageId') !== true) return applications;
  const ids = applications.flatMap((application) => idIn(application, 'id') ?? []);
  const current = new Map<string | null, object>();
  for (const group of chunks(ids, MOST_IDS)) {
    const filters = { application_ids: group.join(','), current: 'true' };
    const stages = await readParts(call, 'application_stages', { fields: ['application_id', 'job_interview_stage_id'], filters });
    for (const stage of stages.filter(isObject)) current.set(idIn(stage, 'application_id'), stage);
  }
  return applications.map((application) =>
    isObject(application) ? { ...application, currentStage: current.get(idIn(application, 'id')) ?? null } : application,
  );
}

const PERSON = { firstName: ['first_name'], lastName: ['last_name'] } as const;
const UPDATED = { remoteUpdatedAt: ['updated_at'] } as const;

/** Users without service accounts, which the source hides by itself. */
export const user = createReader({
  resource: 'user',
  path: 'users',
  always: ['id'],
  names: { ...PERSON, ...UPDATED, email: ['primary_email'] },
  fills: ['firstName', 'lastName', 'email', 'remoteUpdatedAt'],
});

const JOB: ReaderSpec<'job'> = {
  resource: 'job',
  path: 'jobs',
  always: ['id'],
  names: { ...UPDATED, name: ['name'], status: ['status'], visibility: ['confidential'], location: ['office_ids'] },
  fills: ['name', 'status', 'visibility', 'location', 'remoteUpdatedAt', 'stages', 'hiringTeam'],
  pageSize: MOST_IDS,
  join: (call, { grant }, jobs) => withParts(call, grant, jobs),
};

/** A stage that is renamed, or a post that goes live, is no edit of its job: a delta reads the jobs of these too, one list after the other. */
const LISTS_OF_CHANGES = ['jobs', 'job_interview_stages', 'job_posts'] as const;

export const job: Reader<'job'> = {
  ...createReader(JOB),
  async page(call: Call, request: PageRequest): Promise<Page<'job'>> {
    if (request.since === undefined) return createReader(JOB).page(call, request);
    const { cursor: place, ...rest } = request;
    const [list = null, cursor = null] = place === undefined ? [LISTS_OF_CHANGES[0], null] : placeParts(place, 2);
    const at = LISTS_OF_CHANGES.findIndex((one) => one === list);
    if (at === -1) throw new GatewayError('invalid-request', { context: { reason: 'cursor' } });
    const asked = cursor === null ? rest : { ...rest, cursor };
    const page = at === 0 ? await createReader(JOB).page(call, asked) : await jobsOfChanged(call, LISTS_OF_CHANGES[at] ?? '', asked);
    const following = LISTS_OF_CHANGES[at + 1];
    if (page.next !== null) return { ...page, next: placeText([list, page.next]) };
    return { ...page, next: following === undefined ? null : placeText([following, null]) };
  },
};

async function jobsOfChanged(call: Call, path: string, request: PageRequest): Promise<Page<'job'>> {
  requireGranted(request.grant, 'job');
  const changes = { ...JOB, path, always: ['job_id'], names: {} };
  const { items, next } = await readAll(call, changes, request);
  const ids = [...new Set(items.flatMap((item) => idIn(item, 'job_id') ?? []))];
  if (ids.length === 0) return recordPage(MAPPINGS.job, [], { next });
  const { grant } = request;
  const fields = grantedNames(grant, 'job', JOB.always, JOB.names);
  const jobs = await readParts(call, 'jobs', { fields, filters: { ids: ids.join(',') } });
  return recordPage(MAPPINGS.job, await withParts(call, grant, jobs), { next });
}

export const candidate = createReader({
  resource: 'candidate',
  path: 'candidates',
  always: ['id'],
  names: { ...PERSON, ...UPDATED, email: ['email_addresses'], remoteCreatedAt: ['created_at'] },
  fills: ['firstName', 'lastName', 'email', 'remoteCreatedAt', 'remoteUpdatedAt'],
});

export const application = createReader({
  resource: 'application',
  path: 'applications',
  always: ['id', 'candidate_id', 'job_id'],
  names: { ...UPDATED, stageName: ['stage_name'], remoteCreatedAt: ['created_at'] },
  fills: ['candidateId', 'jobId', 'stageId', 'stageName', 'remoteCreatedAt', 'remoteUpdatedAt'],
  byJob: true,
  join: withStages,
});
