import type { Resource } from '#libs/model';
import { utc } from '../utc.js';

const time = (column: string) => utc(`r.${column}`);

const columns = (fields: Readonly<Record<string, string>>) => Object.entries(fields).map(([name, value]) => `${value} as "${name}"`);

const FRAME = { id: 'r.id', remoteId: 'r.remote_id' };
const TIMES = { remoteUpdatedAt: time('remote_updated_at'), changedAt: time('changed_at'), deletedAt: time('deleted_at') };
const CREATED = { remoteCreatedAt: time('remote_created_at') };
const PERSON = { firstName: 'r.first_name', lastName: 'r.last_name', email: 'r.email' };

/** Derived from the applications, so that the two can never disagree. */
const APPLICATIONS = `(
  select coalesce(json_agg(json_build_object('id', a.id, 'jobId', a.job_id, 'stageId', a.stage_id) order by a.id), '[]'::json)
  from application a where a.tenant_id = r.tenant_id and a.candidate_id = r.id and a.deleted_at is null)`;

const OWN: { readonly [R in Resource]: Readonly<Record<string, string>> } = {
  user: PERSON,
  job: {
    name: 'r.name',
    status: 'r.status',
    visibility: 'r.visibility',
    location: 'r.location',
    stages: 'r.stages',
    hiringTeam: 'r.hiring_team',
  },
  application: { candidateId: 'r.candidate_id', jobId: 'r.job_id', stageId: 'r.stage_id', stageName: 'r.stage_name', ...CREATED },
  candidate: { ...PERSON, ...CREATED },
};

/** The SQL expression that renders a row `r` as the API's JSON. Every key is always there. */
export function documentOf(resource: Resource, options: { readonly withApplications: boolean }): string {
  const applications = options.withApplications ? APPLICATIONS : `'[]'::json`;
  const derived: Readonly<Record<string, string>> = resource === 'candidate' ? { applications } : {};
  return `(select row_to_json(d)::text from (select ${columns({ ...FRAME, ...OWN[resource], ...derived, ...TIMES }).join(', ')}) d)`;
}
