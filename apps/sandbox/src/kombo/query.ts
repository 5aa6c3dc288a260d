import type { Resource } from '#libs/model';
import { KomboError } from './kombo-error.js';

type Kind = 'text' | 'list' | 'boolean' | 'datetime' | 'size' | readonly string[];

/** One parameter: `text`; `list` comma-joined; a list of closed values; … (OpenAPI 2026-05-02, query parameters of the list endpoints). */
const COMMON = {
  cursor: 'text',
  page_size: 'size',
  updated_after: 'datetime',
  include_deleted: 'boolean',
  ignore_unsupported_filters: 'boolean',
  ids: 'list',
  remote_ids: 'list',
} as const satisfies Record<string, Kind>;

const STATUSES = ['OPEN', 'CLOSED', 'DRAFT', 'ARCHIVED'] as const;
const OUTCOMES = ['PENDING', 'HIRED', 'DECLINED'] as const;

/** What has a list endpoint. */
export type ListName = Resource | 'tag' | 'role' | 'rejection-reason';

const SPECIFIC: { readonly [R in ListName]: Readonly<Record<string, Kind>> } = {
  job: {
    job_codes: 'list',
    post_url: 'text',
    statuses: STATUSES,
    status: STATUSES,
    employment_types: ['FULL_TIME', 'PART_TIME', 'CONTRACT', 'SEASONAL', 'INTERNSHIP'],
    visibilities: ['PUBLIC', 'INTERNAL', 'UNLISTED', 'CONFIDENTIAL'],
    remote_created_after: 'datetime',
    name_contains: 'text',
  },
  application: {
    outcomes: OUTCOMES,
    outcome: OUTCOMES,
    job_ids: 'list',
    job_remote_ids: 'list',
    current_stage_ids: 'list',
    remote_created_after: 'datetime',
  },
  candidate: { email: 'text', job_ids: 'list', first_name: 'text', last_name: 'text' },
  user: { emails: 'list' },
  tag: {},
  role: { scopes: ['SYSTEM', 'JOB'] },
  'rejection-reason': {},
};

const DATETIME = /^\d{4}-\d{2}-\d{2}(T\d{2}:\d{2}:\d{2}(\.\d+)?)?Z?$/;

export interface ListQuery {
  readonly cursor: string | null;
  readonly pageSize: number;
  readonly updatedAfterMs: number | null;
  readonly includeDeleted: boolean;
  readonly ignoreUnsupported: boolean;
  /** Values by parameter; each parameter's are ORed, the parameters ANDed. */
  readonly filters: ReadonlyMap<string, readonly string[]>;
  /** What must stay the same from page to page. */
  readonly fingerprint: string;
}

/** Reads a list endpoint's query. Throws PLATFORM.INPUT_INVALID for what it does not know, a repeated key, and values out of form. */
export function parseListQuery(list: ListName, query: Readonly<Record<string, unknown>>): ListQuery {
  const kinds: Readonly<Record<string, Kind>> = { ...COMMON, ...SPECIFIC[list] };
  const values = new Map<string, readonly string[]>();
  for (const [name, value] of Object.entries(query)) {
    const kind = Object.hasOwn(kinds, name) ? kinds[name] : undefined;
    if (kind === undefined) throw invalid(`Unrecognized query parameter ${JSON.stringify(name)}`);
    if (typeof value !== 'string') throw invalid(`Query parameter ${name} must be given once`);
    values.set(name, parseValues(name, kind, value));
  }
  return toListQuery(values);
}

function toListQuery(values: Map<string, readonly string[]>): ListQuery {
  const one = (name: string) => values.get(name)?.[0];
  const updatedAfter = one('updated_after');
  const filters = new Map([...values].filter(([name]) => !(name in COMMON) || name === 'ids' || name === 'remote_ids'));
  const includeDeleted = one('include_deleted') === 'true';
  const ignoreUnsupported = one('ignore_unsupported_filters') === 'true';
  return {
    cursor: one('cursor') ?? null,
    pageSize: Number(one('page_size') ?? 100),
    updatedAfterMs: updatedAfter === undefined ? null : toMs(updatedAfter),
    includeDeleted,
    ignoreUnsupported,
    filters,
    fingerprint: JSON.stringify([
      updatedAfter ?? null,
      includeDeleted,
      ignoreUnsupported,
      [...filters].sort(([a], [b]) => (a < b ? -1 : 1)),
    ]),
  };
}

function parseValues(name: string, kind: Kind, value: string): readonly string[] {
  if (value === '') throw invalid(`Query parameter ${name} must not be empty`);
  if (kind === 'size') return [parseSize(value)];
  if (kind === 'boolean') return [oneOf(name, ['true', 'false'], value)];
  if (kind === 'datetime') return [parseDatetime(name, value)];
  if (kind === 'text') return [value];
  const parts = value.split(',');
  if (parts.includes('')) throw invalid(`Query parameter ${name} holds an empty value`);
  return kind === 'list' ? parts : parts.map((part) => oneOf(name, kind, part));
}

function parseSize(value: string): string {
  if (!/^\d{1,4}$/.test(value) || Number(value) < 1 || Number(value) > 250) throw invalid('page_size must be an integer from 1 to 250');
  return value;
}

function oneOf(name: string, allowed: readonly string[], value: string): string {
  if (!allowed.includes(value)) throw invalid(`Query parameter ${name} must be one of ${allowed.join(', ')}`);
  return value;
}

function parseDatetime(name: string, value: string): string {
  if (!DATETIME.test(value) || Number.isNaN(toMs(value))) throw invalid(`Query parameter ${name} must look like YYYY-MM-DDTHH:mm:ss.sssZ`);
  return value;
}

/** Without a zone it is UTC. */
export function toMs(datetime: string): number {
  const isDateOnly = datetime.replace('Z', '').length === 10;
  const withTime = isDateOnly ? `${datetime.replace('Z', '')}T00:00:00` : datetime.replace('Z', '');
  return new Date(`${withTime}Z`).getTime();
}

export function invalid(message: string): KomboError {
  return new KomboError('PLATFORM.INPUT_INVALID', message);
}
