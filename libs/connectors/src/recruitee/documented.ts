import type { Resource } from '#libs/model';
import { taken, type Taken } from '../contract/dropped.js';

/** The keys that the mapper reads, per resource; an offer's pipeline and the name of a placement's stage are joined to them before. */
export const TAKEN: Readonly<Record<Resource, Taken>> = {
  user: taken({ id: null, first_name: null, last_name: null, email: null }),
  job: taken({
    id: null,
    title: null,
    status: null,
    kind: null,
    city: null,
    state_name: null,
    country_code: null,
    updated_at: null,
    recruiter_id: null,
    hiring_manager_id: null,
    followers: { id: null },
    pipeline_template: { stages: { id: null, name: null, position: null } },
  }),
  application: taken({
    id: null,
    candidate_id: null,
    offer_id: null,
    stage_id: null,
    stage_name: null,
    created_at: null,
    updated_at: null,
  }),
  candidate: taken({ id: null, name: null, emails: null, created_at: null, updated_at: null }),
};

/**
 * The documented keys that are left behind, per resource: the only names that a count of dropped fields may show. Schemas of `rawwar/tap-recruitee`,
 * 2023; `jdautomate/recruitee-mcp`, 2025-09.
 */
export const LEFT_BEHIND: Readonly<Record<Resource, ReadonlySet<string>>> = {
  user: new Set(['role']),
  job: new Set([
    ...[
      'slug',
      'location',
      'street',
      'postal_code',
      'department_id',
      'department',
      'created_at',
      'published_at',
      'closed_at',
      'description',
    ],
    ...['careers_url', 'adminapp_url', 'mailbox_email', 'eeo_settings', 'offer_tags'],
    ...['category', 'group', 'locked', 'placements_count'].map((name) => `pipeline_template.stages.${name}`),
  ]),
  application: new Set(['position', 'hired_at', 'disqualified']),
  candidate: new Set([
    ...['phones', 'photo_thumb_url', 'source', 'referrer', 'ratings', 'my_last_rating', 'tasks_count', 'cv_url', 'social_links', 'fields'],
    ...['cover_letter', 'placements'],
  ]),
};
