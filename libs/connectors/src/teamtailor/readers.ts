import type { Grant } from '#libs/consent';
import { GatewayError, type FieldName, type Resource } from '#libs/model';
import type { Call } from '../contract/call.js';
import type { Page, PageRequest, Reader } from '../contract/connector.js';
import { grantedNames, requireGranted, type SourceNames } from '../contract/granted.js';
import { isObject } from '../contract/raw-object.js';
import { recordPage } from '../contract/record-page.js';
import { readList, type TeamtailorPage } from './client.js';
import { linkedTo, namesLinked, theOneLinked } from './linked.js';
import { MAPPINGS } from './mapper.js';
import { nextOf, standingOf } from './walk.js';

interface ReaderSpec<R extends Resource> {
  readonly resource: R;
  readonly path: string;
  readonly always: readonly string[];
  readonly names: SourceNames<R>;
  readonly fills: readonly FieldName<R>[];
  /** Whether the list can be read by its edits. */
  readonly delta: 'updated-after' | 'none';
  /** What the list takes besides. */
  readonly extra: (grant: Grant) => Readonly<Record<string, string>>;
  readonly join?: (item: object, included: TeamtailorPage['included']) => object;
}

/** Everything is asked for by name (`fields[…]`): as working clients do, and in no official document (Teamtailor, 2025). */
function createReader<R extends Resource>(spec: ReaderSpec<R>): Reader<R> {
  const { resource, path, fills, delta, join = (item) => item } = spec;
  return {
    fills,
    delta,
    deletions: 'by-absence',
    byJob: false,
    async page(call: Call, request: PageRequest): Promise<Page<R>> {
      requireGranted(request.grant, resource);
      if (request.jobs !== undefined) throw new GatewayError('unsupported', { context: { resource } });
      const standing = standingOf(request.cursor);
      const page = await readList(call, path, standing.number, queryOf(spec, request));
      const items = page.items.map((item) => (isObject(item) ? join(item, page.included) : item));
      return recordPage<R>(MAPPINGS[resource], items, { next: nextOf(standing, page) });
    },
  };
}

/**
 * In order of creation, of a delta too: an edit during the walk then moves nothing, where in order of edits it would move another record to a
 * page that was read. Clients are known to sort a delta by `updated-at` (Airbyte's connector, 2026); that `created-at` is taken together with
 * the filter is uncertain.
 */
function queryOf<R extends Resource>({ resource, path, always, names, delta, extra }: ReaderSpec<R>, { grant, since }: PageRequest) {
  return {
    [`fields[${path}]`]: grantedNames(grant, resource, always, names).join(','),
    ...(delta === 'none' ? {} : { sort: 'created-at' }),
    ...(delta === 'none' || since === undefined ? {} : { 'filter[updated-at][from]': new Date(since).toISOString() }),
    ...extra(grant),
  };
}

export const user = createReader({
  resource: 'user',
  path: 'users',
  always: ['id'],
  names: { firstName: ['name'], lastName: ['name'], email: ['email'] },
  fills: ['firstName', 'lastName', 'email'],
  delta: 'none',
  extra: () => ({}),
});

/** A relation that is included has to be named in `fields[jobs]` too. */
export const job = createReader({
  resource: 'job',
  path: 'jobs',
  always: ['id'],
  names: {
    name: ['title'],
    status: ['status', 'human-status'],
    visibility: ['status', 'human-status', 'internal'],
    location: ['locations'],
    remoteUpdatedAt: ['updated-at'],
    stages: ['stages'],
    hiringTeam: ['user', 'team-memberships'],
  },
  fills: ['name', 'status', 'visibility', 'location', 'remoteUpdatedAt', 'stages', 'hiringTeam'],
  delta: 'none',
  extra: (grant) => ({ 'filter[status]': 'all', 'filter[feed]': 'public,internal', ...includesOfJobs(grant) }),
  join: (item, included) => ({
    ...item,
    locations: linkedTo(item, 'locations', included),
    stages: linkedTo(item, 'stages', included),
    team: [
      ...namesLinked(item, 'user'),
      ...linkedTo(item, 'team-memberships', included).flatMap((membership) => namesLinked(membership, 'user')),
    ],
  }),
});

const PARTS_OF_JOBS = [
  { field: 'location', include: 'locations', fields: { 'fields[locations]': 'city,country' } },
  { field: 'stages', include: 'stages', fields: { 'fields[stages]': 'name,row-order' } },
  {
    field: 'hiringTeam',
    include: 'user,team-memberships,team-memberships.user',
    fields: { 'fields[users]': 'id', 'fields[team-memberships]': 'user' },
  },
] as const;

function includesOfJobs(grant: Grant): Readonly<Record<string, string>> {
  const parts = PARTS_OF_JOBS.filter(({ field }) => grant.fields.get('job')?.has(field) === true);
  if (parts.length === 0) return {};
  const fields = Object.fromEntries(parts.flatMap((part) => Object.entries<string>(part.fields)));
  return { include: parts.map(({ include }) => include).join(','), ...fields };
}

export const candidate = createReader({
  resource: 'candidate',
  path: 'candidates',
  always: ['id'],
  names: {
    remoteUpdatedAt: ['updated-at'],
    firstName: ['first-name'],
    lastName: ['last-name'],
    email: ['email'],
    remoteCreatedAt: ['created-at'],
  },
  fills: ['firstName', 'lastName', 'email', 'remoteCreatedAt', 'remoteUpdatedAt'],
  delta: 'updated-after',
  extra: () => ({}),
});

/** Of the candidate and the job only the ids come along. */
export const application = createReader({
  resource: 'application',
  path: 'job-applications',
  always: ['id', 'candidate', 'job', 'stage'],
  names: { remoteCreatedAt: ['created-at'], remoteUpdatedAt: ['updated-at'] },
  fills: ['candidateId', 'jobId', 'stageId', 'stageName', 'remoteCreatedAt', 'remoteUpdatedAt'],
  delta: 'updated-after',
  extra: (grant) => ({
    include: 'stage,candidate,job',
    'fields[stages]': grant.fields.get('application')?.has('stageName') === true ? 'name' : 'id',
    'fields[candidates]': 'id',
    'fields[jobs]': 'id',
  }),
  join: (item, included) => ({
    ...item,
    candidate: namesLinked(item, 'candidate')[0] ?? null,
    job: namesLinked(item, 'job')[0] ?? null,
    stage: theOneLinked(item, 'stage', included),
  }),
});
