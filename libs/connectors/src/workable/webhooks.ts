import type { Resource } from '#libs/model';
import { isSignedInHex } from '../contract/hmac.js';
import { isExternalId, isObject, own } from '../contract/raw-object.js';
import type { InboundWebhook, WebhookPort } from '../contract/webhooks.js';

/** What to read again after which event: a row is a candidate and an application (Workable API reference, 2026). */
const TOUCHED: ReadonlyMap<string, readonly Resource[]> = new Map<string, readonly Resource[]>([
  ['candidate_created', ['candidate', 'application']],
  ['candidate_moved', ['application']],
  ['candidate_deleted', ['candidate', 'application']],
  ['job_deleted', ['job']],
]);

/**
 * Workable's webhooks: `X-Workable-Signature`, the HMAC-SHA256 of the payload, keyed with the account's token (Workable API reference, webhook
 * subscriptions, 2026); that it is written in hex is what a working implementation has.
 */
export const webhooks: WebhookPort = {
  types: [...TOUCHED.keys(), 'other'],
  isAuthentic: ({ rawBody, headers }, secrets) => isSignedInHex(rawBody, headers['x-workable-signature'], secrets),
  secretsOf: ({ accessToken }) => (accessToken === undefined ? [] : [accessToken]),
  read,
};

function read(body: unknown): InboundWebhook {
  const [event, id] = isObject(body) ? [own(body, 'event_type'), own(body, 'id')] : [];
  const touched = typeof event === 'string' ? TOUCHED.get(event) : undefined;
  const isKnown = typeof event === 'string' && touched !== undefined;
  return {
    id: isExternalId(id) ? id : null,
    type: isKnown ? event : 'other',
    account: null,
    notice: isKnown ? { about: 'data', resources: touched } : { about: 'nothing' },
  };
}
