import { draw } from '../../people/draw.js';
import { daysOf } from '../../people/days.js';
import { vacancyOf, type Vacancy } from '../../people/vacancy.js';
import type { Integration } from '../integration.js';
import { stagesOf, teamOf } from '../../live/links.js';
import { remoteIdOf, stageRemoteId } from '../../live/remote-ids.js';
import { isOpen } from '../scopes.js';
import type { MirrorRow } from '../../live/table.js';
import { stageId } from './job-core.js';
import {
  changedAtMs,
  customFields,
  hidden,
  hiddenUrl,
  integrationFields,
  iso,
  isoOrNull,
  locationOf,
  rowOf,
  withinScope,
  type Json,
} from './parts.js';
import { questionsOf } from './questions.js';
import { userCore } from './user.js';

const FIRST_NESTED = 500_000_000;
const TEAM_ROLES = ['RECRUITER', 'HIRING_MANAGER', 'COORDINATOR', 'INTERVIEWER'] as const;

/** Kombo's `Job` (OpenAPI 2026-05-02, with the keys that its SDK leaves out). Every field is filled, the forbidden ones too. */
export function jobRecord(integration: Integration, index: number): Json {
  const row = rowOf(integration.tables.job, index);
  const vacancy = vacancyOf(integration.recipe.seed, index, integration.recipe.users);
  const drawn = draw(integration.recipe.seed, index, 90);
  const record: Json = {
    id: integration.ids.idOf('job', index),
    remote_id: remoteIdOf('job', index),
    name: vacancy.name,
    job_code: hidden(integration, `REQ-${1_000 + index}`),
    description: hidden(integration, `<p>${vacancy.department}: call Anna, +46 8 123 45 67, about the pay.</p>`),
    confidential: vacancy.visibility === 'CONFIDENTIAL',
    weekly_hours: 20 + (drawn % 21),
    employment_type: drawn % 4 === 0 ? 'PART_TIME' : 'FULL_TIME',
    status: vacancy.status,
    visibility: vacancy.visibility,
    category: hidden(integration, 'Professionals'),
    department: hidden(integration, vacancy.department),
    experience_level: hidden(integration, 'Senior'),
    post_url: hiddenUrl(integration, `https://careers.example/jobs/${remoteIdOf('job', index)}`),
    remote_work_status: drawn % 3 === 0 ? 'HYBRID' : 'ON_SITE',
    ...salaryOf(vacancy),
    location: vacancy.place === null ? null : locationOf(integration, vacancy.place, 1 + (drawn % 60)),
    custom_fields: customFields(integration, { cost_center: '4711', budget: '900 000 kr' }),
    integration_fields: integrationFields(integration, FIRST_NESTED + index, { hiring_reason: 'replaces a person on sick leave' }),
    ...timesOf(integration, index, row),
    contact_id: teamIds(integration, index, row)[0] ?? null,
    stages: stageRecords(integration, index, row),
    screening_questions: questionsOf(integration, index),
    job_postings: [posting(integration, index, vacancy)],
    hiring_team: teamRecords(integration, index, row),
    remote_url: hiddenUrl(integration, `https://ats.example/jobs/${remoteIdOf('job', index)}`),
    remote_data: { job: { id: remoteIdOf('job', index), internal_note: hidden(integration, 'Ceiling 52 000, do not tell') } },
  };
  return withinScope(Object.assign(record, row.change.fields), integration.appliedScopes.closedFields('job'));
}

function salaryOf({ salary }: Vacancy): Json {
  return {
    salary_amount: salary,
    salary_amount_from: salary - 4_000,
    salary_amount_to: salary + 6_000,
    salary_currency: 'SEK',
    salary_period: 'MONTH',
  };
}

function timesOf(integration: Integration, index: number, row: MirrorRow): Json {
  const days = daysOf(integration.recipe.seed, index, 91);
  return {
    opened_at: iso(days.createdMs),
    closed_at: index % 4 === 0 ? iso(days.updatedMs) : null,
    remote_created_at: iso(days.createdMs),
    remote_updated_at: index % 30 === 29 ? null : iso(row.changedAtMs ?? days.updatedMs),
    changed_at: iso(changedAtMs(row, days.seenMs)),
    remote_deleted_at: isoOrNull(row.deletedAtMs),
  };
}

function stageRecords(integration: Integration, job: number, { change }: MirrorRow): Json[] {
  return stagesOf(integration, job, change).map(({ key, name }, position) => ({
    id: stageId(integration, job, key),
    remote_id: stageRemoteId(job, key),
    name,
    index: position,
    status: 'ACTIVE',
    custom_fields: customFields(integration, { sla_days: 5 }),
    remote_data: { stage: { id: stageRemoteId(job, key), color: hidden(integration, 'blue') } },
  }));
}

function posting(integration: Integration, job: number, vacancy: Vacancy): Json {
  return {
    id: integration.ids.idOf('other', FIRST_NESTED * 2 + job),
    remote_id: `posting-${job}`,
    title: vacancy.name,
    description_html: hidden(integration, '<p>Apply now</p>'),
    status: vacancy.status === 'OPEN' ? 'ACTIVE' : 'INACTIVE',
    visibility: vacancy.visibility === 'CONFIDENTIAL' ? 'INTERNAL' : vacancy.visibility,
    url: hiddenUrl(integration, `https://careers.example/postings/${job}`),
    remote_data: null,
  };
}

function teamIds(integration: Integration, job: number, { change }: MirrorRow): string[] {
  return presentTeam(integration, job, change).map((user) => integration.ids.idOf('user', user));
}

function teamRecords(integration: Integration, job: number, { change }: MirrorRow): Json[] {
  if (!isOpen(integration.appliedScopes.model('user'))) return [];
  return presentTeam(integration, job, change).map((user, place) => {
    const role = TEAM_ROLES[place % TEAM_ROLES.length] ?? 'RECRUITER';
    const jobRole = { remote_id: `role-${place}`, remote_label: hidden(integration, role), scope: 'JOB', unified_type: role };
    return { ...userCore(integration, user), hiring_team_roles: [role], job_roles: [jobRole] };
  });
}

function presentTeam(integration: Integration, job: number, change: MirrorRow['change']): number[] {
  return teamOf(integration, job, change).filter((user) => integration.tables.user.mirrored(user)?.deletedAtMs === null);
}
