import { RESOURCES, type Resource } from '#libs/model';
import type { Integration } from './integration.js';
import { isOpen, type Scope } from './scopes.js';

interface Model {
  readonly id: string;
  readonly label: string;
  readonly fields: readonly string[];
}

const MODELS: { readonly [R in Resource]: Model } = {
  user: { id: 'ats_users', label: 'Users', fields: ['first_name', 'last_name', 'email', 'status', 'system_roles', 'remote_data'] },
  job: {
    id: 'ats_jobs',
    label: 'Jobs',
    // prettier-ignore
    fields: [
      'name', 'job_code', 'description', 'confidential', 'weekly_hours', 'employment_type', 'status', 'visibility', 'category', 'department',
      'experience_level', 'post_url', 'remote_work_status', 'salary_amount', 'salary_amount_from', 'salary_amount_to', 'salary_currency',
      'salary_period', 'location', 'custom_fields', 'remote_url', 'opened_at', 'closed_at', 'remote_created_at', 'remote_updated_at', 'contact_id',
      'stages', 'screening_questions', 'job_postings', 'hiring_team',
    ],
  },
  application: {
    id: 'ats_applications',
    label: 'Applications',
    // prettier-ignore
    fields: [
      'outcome', 'rejection_reason_name', 'rejected_at', 'current_stage_id', 'job_id', 'candidate_id', 'screening_question_answers', 'custom_fields',
      'remote_url', 'remote_created_at', 'remote_updated_at', 'candidate', 'current_stage', 'job', 'interviews', 'offers',
    ],
  },
  candidate: {
    id: 'ats_candidates',
    label: 'Candidates',
    // prettier-ignore
    fields: [
      'first_name', 'last_name', 'email_addresses', 'company', 'title', 'confidential', 'source', 'phone_numbers', 'social_media', 'location',
      'custom_fields', 'remote_url', 'remote_created_at', 'remote_updated_at', 'applications', 'tags',
    ],
  },
};

const RESULT_LINK = { label: 'Add result links', fields: ['label', 'url', 'details'] };
const ATTACHMENT = { label: 'Add attachments', fields: ['attachment.name', 'attachment.type'] };
const FILES = { label: 'Read document attachments', fields: [] };
const TAG = { label: 'Manage tags', fields: ['tag.name'] };

/** Labels of the scope configuration. Not published, so our own, are the ids of moving, rejecting, reading files, removing tags, and candidates' links. */
const ACTIONS: readonly Model[] = [
  { id: 'ats_move_application_to_stage', label: 'Set application stage', fields: ['stage_id'] },
  { id: 'ats_add_result_link_to_application', ...RESULT_LINK },
  { id: 'ats_add_result_link_to_candidate', ...RESULT_LINK },
  { id: 'ats_add_note_to_application', label: 'Add notes', fields: ['content', 'content_type'] },
  { id: 'ats_add_application_attachment', ...ATTACHMENT },
  { id: 'ats_add_candidate_attachment', ...ATTACHMENT },
  { id: 'ats_read_application_attachments', ...FILES },
  { id: 'ats_read_candidate_attachments', ...FILES },
  { id: 'ats_reject_application', label: 'Reject applications', fields: ['rejection_reason_id', 'note'] },
  { id: 'ats_add_candidate_tag', ...TAG },
  { id: 'ats_remove_candidate_tag', ...TAG },
  { id: 'ats_create_application', label: 'Create applications and candidates', fields: ['candidate.first_name', 'candidate.last_name'] },
];

export const ACTION_IDS: readonly string[] = ACTIONS.map(({ id }) => id);

export function fieldNames(resource: Resource): readonly string[] {
  return MODELS[resource].fields;
}

/** `read_models` of `GET /integrations/{id}`: the effective view of the scopes. */
export function readModels({ scopes }: Integration): unknown[] {
  return RESOURCES.map((resource) => {
    const { id, label, fields } = MODELS[resource];
    const model = scopes.model(resource);
    const fieldViews = fields.map((field) => {
      const scope = scopes.field(resource, field);
      return { id: field, ...availability(scope), is_available: isOpen(scope) && isOpen(model) };
    });
    return { id, label, ...availability(model), fields: fieldViews };
  });
}

export function writeActions({ scopes }: Integration): unknown[] {
  return ACTIONS.map(({ id, label, fields }) => {
    const scope = scopes.action(id);
    const fieldView = { is_available: isOpen(scope), coverage_status: scope.coverage };
    return { id, label, ...availability(scope), fields: fields.map((field) => ({ id: field, ...fieldView })) };
  });
}

/** `coverage` of `GET /tools/ats`. */
export function toolCoverage(): unknown {
  const covered = ({ id, label, fields }: Model) => {
    const fieldViews = fields.map((field) => ({ id: field, coverage_status: 'SUPPORTED' }));
    return { id, label, coverage_status: 'SUPPORTED', fields: fieldViews };
  };
  return {
    read_models: RESOURCES.map((resource) => covered(MODELS[resource])),
    write_actions: ACTIONS.map(covered),
    features: [{ id: 'delta_sync', label: 'Delta sync', coverage_status: 'SUPPORTED' }],
  };
}

function availability(scope: Scope) {
  return {
    is_available: isOpen(scope),
    coverage_status: scope.coverage,
    scope_config_setting: scope.setting,
    opted_out_by_customer: scope.optedOut,
  };
}
