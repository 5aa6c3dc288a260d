import type { Grant } from '#libs/consent';
import type { Call } from '../contract/call.js';
import { isObject, own } from '../contract/raw-object.js';
import { MOST_IDS, readParts } from './client.js';

/** What fills which field of a job besides its own columns: a list that hangs on jobs, asked for only where the field is granted. */
const PARTS = [
  {
    field: 'stages',
    key: 'stages',
    path: 'job_interview_stages',
    fields: ['id', 'job_id', 'name', 'sort_order'],
    filters: { active: 'true' },
  },
  { field: 'hiringTeam', key: 'team', path: 'job_owners', fields: ['job_id', 'user_id'], filters: {} },
  { field: 'hiringTeam', key: 'team', path: 'job_hiring_managers', fields: ['job_id', 'user_id'], filters: {} },
  { field: 'visibility', key: 'posts', path: 'job_posts', fields: ['job_id', 'internal', 'live'], filters: { live: 'true' } },
] as const;

type Joined = Map<string, Record<string, object[]>>;

/** Adds to jobs what Harvest keeps elsewhere: stages, owners and hiring managers, posts, offices. `jobs`: at most 50. */
export async function withParts(call: Call, grant: Grant, jobs: readonly unknown[]): Promise<readonly unknown[]> {
  const granted = grant.fields.get('job') ?? new Set<string>();
  const ids = [...new Set(jobs.flatMap((job) => idIn(job, 'id') ?? []))].slice(0, MOST_IDS);
  if (ids.length === 0) return jobs;
  const joined: Joined = new Map();
  for (const { field, key, path, fields, filters } of PARTS) {
    if (!granted.has(field)) continue;
    const parts = await readParts(call, path, { fields, filters: { ...filters, job_ids: ids.join(',') } });
    for (const part of parts.filter(isObject)) put(joined, idIn(part, 'job_id'), key, part);
  }
  if (granted.has('location')) await putOffices(call, jobs, joined);
  return jobs.map((job) => (isObject(job) ? { ...job, ...joined.get(idIn(job, 'id') ?? '') } : job));
}

/** Of a job's offices the first. */
async function putOffices(call: Call, jobs: readonly unknown[], joined: Joined): Promise<void> {
  const officeOf = new Map(jobs.flatMap((job) => pairOf(idIn(job, 'id'), firstOffice(job))));
  const ids = [...new Set(officeOf.values())].slice(0, MOST_IDS);
  if (ids.length === 0) return;
  const offices = await readParts(call, 'offices', { fields: ['id', 'location'], filters: { ids: ids.join(',') } });
  const byId = new Map(offices.filter(isObject).map((office) => [idIn(office, 'id'), office]));
  for (const [job, id] of officeOf) {
    const office = byId.get(id);
    if (office !== undefined) put(joined, job, 'offices', office);
  }
}

const pairOf = (job: string | null, office: string | null): [string, string][] => (job === null || office === null ? [] : [[job, office]]);

function firstOffice(job: unknown): string | null {
  const ids = isObject(job) ? own(job, 'office_ids') : null;
  return Array.isArray(ids) ? numberIn(ids[0]) : null;
}

function put(joined: Joined, job: string | null, key: string, part: object): void {
  if (job === null) return;
  const parts = joined.get(job) ?? {};
  joined.set(job, { ...parts, [key]: [...(parts[key] ?? []), part] });
}

/** A number's digits: what the source's filters take. */
export const idIn = (item: unknown, key: string): string | null => (isObject(item) ? numberIn(own(item, key)) : null);

const numberIn = (value: unknown): string | null =>
  typeof value === 'number' && Number.isSafeInteger(value) && value >= 0 ? String(value) : null;
