import { createHmac, timingSafeEqual } from 'node:crypto';
import { isUuid, RESOURCES, type Resource } from '#libs/model';
import { isExternalId, isObject, own } from '../contract/raw-object.js';
import type { InboundWebhook, Notice, SignedDelivery, WebhookPort } from '../contract/webhooks.js';
import { conditionOf } from './conditions.js';

/** Kombo OpenAPI, 2026-05-02. */
const TYPES = [
  'data-changed',
  'sync-finished',
  'integration-created',
  'integration-deleted',
  'integration-state-changed',
  'connection-flow-failed',
  'assessment:order-received',
  'inline-assessment:order-received',
  'other',
] as const;
type Type = (typeof TYPES)[number];

/** Which endpoints to read again when a model changed. Kombo documentation, "Fetching data", as of 2026; users: by the same reasoning. */
const TOUCHED: { readonly [R in Resource]: readonly string[] } = {
  user: ['users', 'roles', 'join_users_roles'],
  job: [
    ...['jobs', 'application_stages', 'job_postings', 'join_jobs_application_stages', 'join_jobs_screening_questions', 'join_jobs_users'],
    ...['screening_questions', 'users'],
  ],
  candidate: [
    ...['candidates', 'application_stages', 'applications', 'jobs', 'join_candidates_tags', 'join_jobs_application_stages', 'tags'],
  ],
  application: [...['applications', 'application_stages', 'candidates', 'interviews', 'jobs', 'join_candidates_tags', 'offers', 'tags']],
};

const SIGNATURE = /^[\w-]{43}$/;

/** Kombo's webhooks: HMAC-SHA256 over the raw body, base64url without padding, in `X-Kombo-Signature`. Kombo documentation, 2025–2026. */
export const webhooks: WebhookPort = { types: TYPES, isAuthentic, read };

/** The signature has no time in it: a replayed body stays authentic, and is harmless as it only says where to look. */
function isAuthentic({ rawBody, headers }: SignedDelivery, secrets: readonly string[]): boolean {
  const given = headers['x-kombo-signature'];
  if (typeof given !== 'string' || !SIGNATURE.test(given)) return false;
  const signature = Buffer.from(given, 'base64url');
  let matches = false;
  // No early end: how long it takes does not tell which secret is in use.
  for (const secret of secrets) {
    const expected = createHmac('sha256', secret).update(rawBody).digest();
    matches = (expected.length === signature.length && timingSafeEqual(expected, signature)) || matches;
  }
  return matches;
}

function read(body: unknown): InboundWebhook {
  const envelope = isObject(body) ? body : {};
  const content = own(envelope, 'data');
  const data = isObject(content) ? content : {};
  const type = typeOf(own(envelope, 'type'));
  const names = type === 'integration-created' || type === 'integration-deleted' ? 'id' : 'integration_id';
  return { id: idOf(own(envelope, 'id')), type, account: idOf(own(data, names)), notice: NOTICES[type](data) };
}

const NOTHING: Notice = { about: 'nothing' };

const NOTICES: Readonly<Record<Type, (data: object) => Notice>> = {
  'data-changed': (data) => ({ about: 'data', resources: touchedBy(own(data, 'changed_models')) }),
  'sync-finished': (data) => ({ about: 'data', resources: hasRead(own(data, 'sync_state')) ? RESOURCES : [] }),
  'integration-created': createdBy,
  'integration-deleted': (data) => ({ about: 'state', code: 'PLATFORM.INTEGRATION_NOT_FOUND', at: timeOf(own(data, 'deleted_at')) }),
  'integration-state-changed': stateOf,
  'connection-flow-failed': () => NOTHING,
  'assessment:order-received': orderOf,
  'inline-assessment:order-received': inlineOrderOf,
  other: () => NOTHING,
};

function touchedBy(models: unknown): Resource[] {
  if (!Array.isArray(models)) return [];
  const names = new Set(models.filter(isObject).map((model) => own(model, 'name')));
  return RESOURCES.filter((resource) => TOUCHED[resource].some((name) => names.has(`ats_${name}`)));
}

/** A sync that failed has changed nothing; one that failed in part may have. */
const hasRead = (state: unknown): boolean => state === 'SUCCEEDED' || state === 'PARTIALLY_FAILED';

function createdBy(data: object): Notice {
  const endUser = own(data, 'end_user');
  const tenantId = isObject(endUser) ? own(endUser, 'origin_id') : undefined;
  const isOurs = own(data, 'category') === 'ATS' && typeof tenantId === 'string' && isUuid(tenantId);
  return isOurs ? { about: 'connected', tenantId: tenantId.toLowerCase() } : NOTHING;
}

function stateOf(data: object): Notice {
  if (own(data, 'integration_category') !== 'ATS') return NOTHING;
  const code = conditionOf({ state: own(data, 'state'), setup: own(data, 'setup_status'), qa: own(data, 'qa_status') });
  return { about: 'state', code, at: timeOf(own(data, 'updated_at')) };
}

/** An order that names no package is read with the next poll, or not at all. */
function orderOf(data: object): Notice {
  const packageId = own(data, 'package_id');
  return isExternalId(packageId) ? { about: 'order', packageId } : NOTHING;
}

function inlineOrderOf(data: object): Notice {
  const [packageId, externalId] = [own(data, 'package_id'), own(data, 'id')];
  return isExternalId(packageId) && isExternalId(externalId) ? { about: 'inline-order', packageId, externalId } : NOTHING;
}

const typeOf = (value: unknown): Type => TYPES.find((type) => type === value) ?? 'other';
const idOf = (value: unknown): string | null => (isExternalId(value) ? value : null);

/** A time that cannot be read undoes nothing that is known. */
function timeOf(value: unknown): string {
  const at = typeof value === 'string' && value.length <= 40 ? new Date(value) : new Date(Number.NaN);
  return Number.isNaN(at.getTime()) ? new Date(0).toISOString() : at.toISOString();
}
