import type { ScopeDrift } from '../contract/connector.js';
import { isObject, own } from '../contract/raw-object.js';
import { LEFT_BEHIND } from './documented.js';

interface Model {
  /** Without these a resource is incomplete. */
  readonly needed: readonly string[];
  /** Fields that the documentation names; of these and the needed ones names may be shown. */
  readonly known: ReadonlySet<string>;
}

/** Identifiers, references and times: they tie records together and may be held. */
const HARMLESS = new Set([
  ...['id', 'remote_id', 'changed_at', 'remote_created_at', 'remote_updated_at', 'remote_deleted_at'],
  ...['candidate_id', 'job_id', 'current_stage_id', 'candidate', 'job', 'current_stage', 'applications'],
]);

const MODELS: ReadonlyMap<string, Model> = new Map([
  ['ats_users', { needed: ['first_name', 'last_name', 'email'], known: LEFT_BEHIND.user }],
  ['ats_jobs', { needed: ['name', 'status', 'visibility', 'location', 'stages', 'hiring_team'], known: LEFT_BEHIND.job }],
  ['ats_candidates', { needed: ['first_name', 'last_name', 'email_addresses'], known: LEFT_BEHIND.candidate }],
  ['ats_applications', { needed: ['candidate_id', 'job_id', 'current_stage_id', 'current_stage'], known: LEFT_BEHIND.application }],
]);

/** A job's stages: their names may be held. */
const STAGES = 'ats_application_stages';

/** Models of the ATS category that hold nothing for us. Kombo OpenAPI, 2026-05-02; notes: Ruby SDK 1.2.8, 2026-08-13. */
const OTHERS = new Set([
  ...['ats_roles', 'ats_tags', 'ats_rejection_reasons', 'ats_offers', 'ats_interviews', 'ats_notes', 'ats_job_postings'],
  'ats_screening_questions',
]);

/** Compares `read_models` of `GET /integrations/{id}` with the allowlist. Null where it is not there to be compared. */
export function driftOf(readModels: unknown): ScopeDrift | null {
  if (!Array.isArray(readModels)) return null;
  const models = readModels.filter(isObject);
  const excess = new Set(models.flatMap(excessOf));
  const lacking = new Set(models.flatMap(lackingOf));
  return { excess: [...excess].sort(), lacking: [...lacking].sort() };
}

function excessOf(model: object): string[] {
  const id = own(model, 'id');
  if (!isAvailable(model) || id === STAGES) return [];
  const ours = typeof id === 'string' ? MODELS.get(id) : undefined;
  if (ours === undefined) return [typeof id === 'string' && OTHERS.has(id) ? id : '*'];
  return fieldsOf(model)
    .filter(isAvailable)
    .map((field) => own(field, 'id'))
    .filter((field) => typeof field !== 'string' || !(HARMLESS.has(field) || ours.needed.includes(field)))
    .map((field) => `${String(id)}.${typeof field === 'string' && ours.known.has(field) ? field : '*'}`);
}

function lackingOf(model: object): string[] {
  const id = own(model, 'id');
  const ours = typeof id === 'string' ? MODELS.get(id) : undefined;
  if (ours === undefined) return [];
  if (!isAvailable(model)) return [String(id)];
  const off = fieldsOf(model).filter((field) => !isAvailable(field));
  return ours.needed.filter((name) => off.some((field) => own(field, 'id') === name)).map((name) => `${String(id)}.${name}`);
}

const isAvailable = (part: object): boolean => own(part, 'is_available') === true;

function fieldsOf(model: object): object[] {
  const fields = own(model, 'fields');
  return Array.isArray(fields) ? fields.filter(isObject) : [];
}
