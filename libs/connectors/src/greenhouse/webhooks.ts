import type { Resource } from '#libs/model';
import { isSignedInHex } from '../contract/hmac.js';
import { isExternalId, isObject, own } from '../contract/raw-object.js';
import type { InboundWebhook, SignedDelivery, WebhookPort } from '../contract/webhooks.js';

/** What to read again after which action (Greenhouse webhook documentation, 2026-01-20). */
const TOUCHED: ReadonlyMap<string, readonly Resource[]> = new Map<string, readonly Resource[]>([
  ['new_candidate_application', ['candidate', 'application']],
  ['candidate_stage_change', ['application']],
  ['application_updated', ['application']],
  ['update_candidate', ['candidate']],
  ['reject_candidate', ['application']],
  ['unreject_candidate', ['application']],
  ['hire_candidate', ['application']],
  ['delete_candidate', ['candidate', 'application']],
  ['delete_application', ['application']],
  ['merge_candidate', ['candidate', 'application']],
  ['candidate_anonymized', ['candidate']],
  ['job_created', ['job']],
  ['job_updated', ['job']],
  ['job_deleted', ['job']],
  ['job_approved', ['job']],
  ['job_post_created', ['job']],
  ['job_post_updated', ['job']],
  ['job_post_deleted', ['job']],
  ['job_interview_stage_deleted', ['job', 'application']],
  ['ping', []],
]);

/**
 * Greenhouse's webhooks, set up by the customer: `Signature: sha256 <hex>`, HMAC over the raw body, in which unicode is escaped before. Every
 * body holds all of a person's contact data; only the action's name is read (Greenhouse webhook documentation, 2026-01-20).
 */
export const webhooks: WebhookPort = {
  types: [...TOUCHED.keys(), 'other'],
  isAuthentic: ({ rawBody, headers }, secrets) => isSignedInHex(rawBody, hexIn(headers['signature']), secrets),
  secretsOf: ({ webhookSecret }) => (webhookSecret === undefined ? [] : [webhookSecret]),
  read,
};

function hexIn(header: string | readonly string[] | undefined): string | null {
  return typeof header === 'string' ? (/^sha256 ([0-9a-f]{64})$/i.exec(header)?.[1] ?? null) : null;
}

function read(body: unknown, headers: SignedDelivery['headers']): InboundWebhook {
  const action = isObject(body) ? own(body, 'action') : null;
  const touched = typeof action === 'string' ? TOUCHED.get(action) : undefined;
  const type = typeof action === 'string' && touched !== undefined ? action : 'other';
  const id = headers['greenhouse-event-id'];
  const isData = touched !== undefined && touched.length > 0;
  return {
    id: isExternalId(id) ? id : null,
    type,
    account: null,
    notice: isData ? { about: 'data', resources: touched } : { about: 'nothing' },
  };
}
