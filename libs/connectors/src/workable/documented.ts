import type { Resource } from '#libs/model';
import { taken, type Taken } from '../contract/dropped.js';

/** The keys that the mapper reads, per resource; a job's and a row's parts are joined to them before. */
export const TAKEN: Readonly<Record<Resource, Taken>> = {
  user: taken({ id: null, name: null, email: null }),
  job: taken({
    id: null,
    shortcode: null,
    title: null,
    state: null,
    confidential: null,
    location: { city: null, region: null, country: null, country_code: null },
    updated_at: null,
    stages: { slug: null, name: null, position: null },
    team: { id: null },
  }),
  application: taken({ id: null, job: { shortcode: null }, stage: null, stageSlug: null, created_at: null, updated_at: null }),
  candidate: taken({ id: null, firstname: null, lastname: null, email: null, created_at: null, updated_at: null }),
};

const JOB_TEXTS = ['full_title', 'code', 'department', 'department_hierarchy', 'url', 'application_url', 'shortlink', 'description'];

/** One row is a person and an application: what one of the two reads, the other leaves behind. */
const ROW = [
  ...['name', 'account', 'disqualified', 'disqualified_at', 'withdrew', 'hired_at', 'phone', 'address', 'headline', 'domain', 'sourced'],
  ...['disqualification_reason', 'resume_metadata', 'profile_url', 'stage_kind', 'job.title'],
];

/**
 * The documented keys that are left behind: the only names that a count of dropped fields may show. Workable API reference, as of 2026
 * (shapes by the schemas of a public set of integrations, 2026-08).
 */
export const LEFT_BEHIND: Readonly<Record<Resource, ReadonlySet<string>>> = {
  user: new Set(['headline', 'roles', 'active', 'collaboration_rules', 'role', 'hris_role']),
  job: new Set([
    ...JOB_TEXTS,
    ...['requirements', 'benefits', 'salary', 'created_at', 'locations', 'workplace_type', 'employment_type', 'industry', 'function'],
    ...['location_str', 'region_code', 'zip_code', 'telecommuting', 'workplace_type', 'hidden', 'subregion', 'coords'].map(
      (name) => `location.${name}`,
    ),
    ...['stages.kind', 'team.name', 'team.headline', 'team.email', 'team.roles', 'team.role', 'team.active', 'team.collaboration_rules'],
  ]),
  application: new Set([...ROW, 'firstname', 'lastname', 'email']),
  candidate: new Set([...ROW, 'stage', 'job']),
};
