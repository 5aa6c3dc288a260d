import type { Resource } from '#libs/model';
import { taken, type Taken } from '../contract/dropped.js';

const EVERY_RECORD = { id: null, remote_id: null, remote_deleted_at: null } as const;

/** The keys that the mapper reads, per resource. */
export const TAKEN: Readonly<Record<Resource, Taken>> = {
  user: taken({ ...EVERY_RECORD, first_name: null, last_name: null, email: null }),
  job: taken({
    ...EVERY_RECORD,
    name: null,
    status: null,
    visibility: null,
    location: { city: null, state: null, country: null },
    remote_updated_at: null,
    stages: { id: null, remote_id: null, name: null, index: null },
    hiring_team: { id: null },
  }),
  application: taken({
    ...EVERY_RECORD,
    candidate_id: null,
    job_id: null,
    current_stage_id: null,
    current_stage: { name: null },
    remote_created_at: null,
    remote_updated_at: null,
  }),
  candidate: taken({
    ...EVERY_RECORD,
    first_name: null,
    last_name: null,
    email_addresses: { email_address: null },
    remote_created_at: null,
    remote_updated_at: null,
  }),
};

const below = (name: string, ...keys: string[]): string[] => keys.map((key) => `${name}.${key}`);
const API_EXTRAS = ['changed_at', 'custom_fields', 'integration_fields', 'remote_data'];

/**
 * The documented keys that are left behind, per resource: the only names that a count of dropped fields may show.
 * Kombo OpenAPI, 2026-05-02; Kombo TypeScript SDK 1.3.4, 2026-07-28 (a stage's `status` and `custom_fields`).
 */
export const LEFT_BEHIND: Readonly<Record<Resource, ReadonlySet<string>>> = {
  user: new Set([...API_EXTRAS, 'status', 'system_roles']),
  job: new Set([
    ...API_EXTRAS,
    ...['job_code', 'description', 'confidential', 'weekly_hours', 'employment_type', 'category', 'department', 'experience_level'],
    ...['post_url', 'remote_work_status', 'salary_amount', 'salary_amount_from', 'salary_amount_to', 'salary_currency', 'salary_period'],
    ...['remote_url', 'opened_at', 'closed_at', 'remote_created_at', 'contact_id', 'screening_questions', 'job_postings'],
    ...below('location', 'raw', 'street_1', 'street_2', 'zip_code'),
    ...below('stages', 'status', 'custom_fields', 'remote_data'),
    ...below('hiring_team', 'remote_id', 'first_name', 'last_name', 'email', 'hiring_team_roles', 'job_roles'),
  ]),
  application: new Set([
    ...API_EXTRAS,
    ...[
      'outcome',
      'rejection_reason_name',
      'rejected_at',
      'screening_question_answers',
      'remote_url',
      'candidate',
      'job',
      'interviews',
      'offers',
    ],
    ...below('current_stage', 'id', 'remote_id', 'index', 'status', 'custom_fields'),
  ]),
  candidate: new Set([
    ...API_EXTRAS,
    ...['company', 'title', 'confidential', 'source', 'phone_numbers', 'social_media', 'location', 'remote_url', 'applications', 'tags'],
    ...below('email_addresses', 'type'),
  ]),
};
