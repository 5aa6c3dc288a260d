import type { Resource } from '#libs/model';
import { taken, type Taken } from '../contract/dropped.js';

/** The keys that the mapper reads, per resource; a job's and an application's parts are joined to them before. */
export const TAKEN: Readonly<Record<Resource, Taken>> = {
  user: taken({ id: null, first_name: null, last_name: null, primary_email: null, updated_at: null }),
  job: taken({
    id: null,
    name: null,
    status: null,
    confidential: null,
    updated_at: null,
    posts: { internal: null, live: null },
    offices: { location: null },
    stages: { id: null, name: null, sort_order: null },
    team: { user_id: null },
  }),
  application: taken({
    id: null,
    candidate_id: null,
    job_id: null,
    stage_name: null,
    created_at: null,
    updated_at: null,
    currentStage: { job_interview_stage_id: null },
  }),
  candidate: taken({
    id: null,
    first_name: null,
    last_name: null,
    email_addresses: { value: null },
    created_at: null,
    updated_at: null,
  }),
};

/**
 * The documented keys that are left behind, should they come although `fields=` does not name them: the only names that a count of dropped
 * fields may show. Registry of the Harvest v3 reference, 2026-08.
 */
export const LEFT_BEHIND: Readonly<Record<Resource, ReadonlySet<string>>> = {
  user: new Set(['deactivated', 'site_admin', 'created_at', 'employee_id', 'custom_fields', 'emails', 'linked_candidate_ids']),
  job: new Set([
    ...['office_ids', 'created_at', 'is_template', 'requisition_id', 'department_id', 'opened_at', 'closed_at', 'copied_from_id', 'notes'],
    ...['custom_fields', 'posts.job_id', 'offices.id', 'stages.job_id', 'stages.active', 'stages.updated_at', 'team.job_id', 'team.type'],
  ]),
  application: new Set([
    ...['status', 'stage_id', 'prospect', 'rejected_at', 'answers', 'custom_fields', 'location_address', 'referrer_id', 'source_id'],
    ...['agency_note_id', 'currentStage.application_id', 'currentStage.current'],
  ]),
  candidate: new Set([
    ...[
      'private',
      'phone_numbers',
      'addresses',
      'website_addresses',
      'social_media_addresses',
      'custom_fields',
      'company',
      'title',
      'tags',
    ],
    ...['preferred_name', 'time_zone', 'linked_user_ids', 'email_addresses.type'],
  ]),
};
