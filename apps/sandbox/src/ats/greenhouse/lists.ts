import type { Resource } from '#libs/model';
import { jobFacts } from '../../live/facts.js';
import { sliceOf } from '../../live/slice.js';
import type { Account } from '../account.js';
import type { Exchange, Parameters } from '../exchange.js';
import { betweenIn, idsIn, type List } from './list.js';
import { applicationRow, applicationStageRows, candidateRow, jobRow, numberOf, officeOf, postRow, stageNumber, userRow } from './rows.js';

type Row = Readonly<Record<string, unknown>>;
type RowOf = (account: Account, index: number) => Row;

/** Filters by ids: the parameter and the column that it is about. */
type IdFilters = Readonly<Record<string, string>>;

const columnsOf = (row: RowOf) => (account: Account) => Object.keys(row(account, 0));

/** The account's own records. */
function records(path: string, resource: Resource, row: RowOf, filters: IdFilters): List {
  return {
    path,
    columns: columnsOf(row),
    rows: ({ account }, query) => {
      const bounds = betweenIn(query, 'updated_at');
      const prospect = resource === 'application' ? query.oneOf('prospect', ['true', 'false']) : undefined;
      const tests = testsIn(query, filters);
      const isFiltered = tests.length > 0 || prospect !== undefined;
      const matches = (index: number): boolean => {
        const made = row(account, index);
        return tests.every((test) => test(made)) && (prospect === undefined || String(made['prospect']) === prospect);
      };
      return (from, limit) => {
        const wanted = { ...bounds, order: 'descending', ...(isFiltered && { matches }) } as const;
        const { indexes, next } = sliceOf(account.records, resource, from, limit, wanted);
        return { rows: indexes.map((index) => row(account, index)), indexes, next };
      };
    },
  };
}

/** What hangs on jobs or applications. */
function parts(
  path: string,
  parent: 'job' | 'application',
  rowsOf: (account: Account, index: number) => readonly Row[],
  columns: readonly string[],
): List {
  const idColumn = `${parent}_id`;
  return {
    path,
    columns: () => columns,
    rows: ({ account }, query) => {
      const bounds = columns.includes('updated_at') ? betweenIn(query, 'updated_at') : {};
      const flags = ['active', 'live', 'current'].filter((name) => columns.includes(name));
      const wanted = flags.flatMap((name) => {
        const value = query.oneOf(name, ['true', 'false']);
        return value === undefined ? [] : [(row: Row) => String(row[name]) === value];
      });
      const ids = idsIn(query, `${idColumn}s`);
      const tests = [...wanted, (row: Row) => isWithin(row, bounds)];
      const matches = (index: number): boolean => ids === null || ids.has(String(numberOf(parent, index)));
      const parents = sliceOf(account.records, parent, null, Number.POSITIVE_INFINITY, { order: 'descending', matches }).indexes;
      const all = parents.flatMap((index) => rowsOf(account, index)).filter((row) => tests.every((test) => test(row)));
      return (from, limit) => {
        const start = from ?? 0;
        return { rows: all.slice(start, start + limit), next: start + limit < all.length ? start + limit : null };
      };
    },
  };
}

function testsIn(query: Parameters, filters: IdFilters): ((row: Row) => boolean)[] {
  return Object.entries(filters).flatMap(([name, column]) => {
    const ids = idsIn(query, name);
    return ids === null ? [] : [(row: Row) => ids.has(String(row[column]))];
  });
}

function isWithin(row: Row, { sinceMs = 0, untilMs = Number.POSITIVE_INFINITY }: { sinceMs?: number; untilMs?: number }): boolean {
  const ms = typeof row['updated_at'] === 'string' ? Date.parse(row['updated_at']) : 0;
  return sinceMs === 0 || (ms >= sinceMs && ms <= untilMs);
}

/** Offer stages come last; a stage that was taken away is inactive, and no longer listed here. */
const stageRows = (account: Account, job: number): readonly Row[] => {
  const { stages, updatedMs } = jobFacts(account.records, job);
  return stages.map(({ key, name }, position) => ({
    id: stageNumber(job, key),
    job_id: numberOf('job', job),
    name,
    sort_order: position,
    active: true,
    updated_at: new Date(updatedMs).toISOString(),
  }));
};

/** The first of a team owns the job, the second manages the hiring. */
const OWNER_TYPES = ['recruiter', 'sourcer', 'coordinator'] as const;
const teamRows = (account: Account, job: number, isManager: boolean): readonly Row[] =>
  jobFacts(account.records, job).team.flatMap((user, place) =>
    (place % 2 === 1) === isManager
      ? [{ id: job * 10 + place, job_id: numberOf('job', job), user_id: numberOf('user', user), ...(isManager ? {} : ownerColumns(place)) }]
      : [],
  );
const ownerColumns = (place: number): Row => ({ type: OWNER_TYPES[place % OWNER_TYPES.length], responsible: place === 0 });

const offices: List = {
  path: '/v3/offices',
  columns: () => ['id', 'name', 'location', 'parent_id', 'external_id'],
  rows: ({ account }: Exchange, query: Parameters) => {
    const ids = idsIn(query, 'ids');
    const cities = new Map<number, Row>();
    for (const index of sliceOf(account.records, 'job', null, Number.POSITIVE_INFINITY).indexes) {
      const { place } = jobFacts(account.records, index);
      if (place === null) continue;
      const id = officeOf(place.city);
      const location = [place.city, place.region, place.country].join(', ');
      cities.set(id, { id, name: place.city, location, parent_id: null, external_id: null });
    }
    const rows = [...cities.values()].filter(({ id }) => ids === null || ids.has(String(id)));
    return (from, limit) => {
      const start = from ?? 0;
      return { rows: rows.slice(start, start + limit), next: start + limit < rows.length ? start + limit : null };
    };
  },
};

/** Harvest v3, as far as a connector reads it. */
export const LISTS: readonly List[] = [
  records('/v3/users', 'user', userRow, { ids: 'id' }),
  records('/v3/jobs', 'job', jobRow, { ids: 'id' }),
  records('/v3/candidates', 'candidate', candidateRow, { ids: 'id' }),
  records('/v3/applications', 'application', applicationRow, { ids: 'id', job_ids: 'job_id', candidate_ids: 'candidate_id' }),
  parts('/v3/job_posts', 'job', (account, index) => [postRow(account, index)], [
    ...['id', 'job_id', 'title', 'internal', 'live', 'active', 'public_url', 'updated_at', 'content', 'internal_content', 'questions'],
  ]),
  parts('/v3/job_interview_stages', 'job', stageRows, ['id', 'job_id', 'name', 'sort_order', 'active', 'updated_at']),
  parts('/v3/job_owners', 'job', (account, index) => teamRows(account, index, false), ['id', 'job_id', 'user_id', 'type', 'responsible']),
  parts('/v3/job_hiring_managers', 'job', (account, index) => teamRows(account, index, true), ['id', 'job_id', 'user_id']),
  parts('/v3/application_stages', 'application', applicationStageRows, [
    ...[
      'id',
      'application_id',
      'job_interview_stage_id',
      'current',
      'entered_at',
      'exited_at',
      'days_in_stage',
      'created_at',
      'updated_at',
    ],
  ]),
  offices,
];
