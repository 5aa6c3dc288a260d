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

/** Ids that the documentation and the OpenAPI document of 2026-05-02 name; those of the other actions are not published. */
const ACTIONS: readonly Model[] = [
  { id: 'ats_add_result_link_to_application', label: 'Add result links', fields: ['label', 'url', 'details'] },
  { id: 'ats_add_note_to_application', label: 'Add notes', fields: ['content', 'content_type'] },
  { id: 'ats_add_application_attachment', label: 'Add attachments', fields: ['attachment.name', 'attachment.type'] },
  { id: 'ats_add_candidate_tag', label: 'Manage tags', fields: ['tag.name'] },
  { id: 'ats_create_application', label: 'Create applications and candidates', fields: ['candidate.first_name', 'candidate.last_name'] },
];

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

export function writeActions(): unknown[] {
  return ACTIONS.map(({ id, label, fields }) => ({
    id,
    label,
    ...availability({ setting: 'ENABLED', optedOut: false }),
    fields: fields.map((field) => ({ id: field, is_available: true, coverage_status: 'SUPPORTED' })),
  }));
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
    coverage_status: 'SUPPORTED',
    scope_config_setting: scope.setting,
    opted_out_by_customer: scope.optedOut,
  };
}
