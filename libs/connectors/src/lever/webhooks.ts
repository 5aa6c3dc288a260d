import type { Resource } from '#libs/model';
import { isSignedInHex } from '../contract/hmac.js';
import { isExternalId, isObject, own } from '../contract/raw-object.js';
import type { InboundWebhook, SignedDelivery, WebhookPort } from '../contract/webhooks.js';

/** What to read again, by event (Lever Data API documentation, 2026). */
const TOUCHED: ReadonlyMap<string, readonly Resource[]> = new Map<string, readonly Resource[]>([
  ['applicationCreated', ['candidate', 'application']],
  ['candidateStageChange', ['application']],
  ['candidateHired', ['application']],
  ['candidateArchiveChange', ['application']],
  ['candidateDeleted', ['candidate', 'application']],
  ['contactCreated', ['candidate']],
  ['contactUpdated', ['candidate']],
  ['interviewCreated', []],
  ['interviewUpdated', []],
  ['interviewDeleted', []],
]);

/**
 * Lever's webhooks: the body itself holds the signature, HMAC-SHA256 in hex over `token` and `triggeredAt`. The rest of the body is not signed,
 * so nothing but the event's name and id is read of it (Lever Data API documentation, 2026).
 */
export const webhooks: WebhookPort = { types: [...TOUCHED.keys(), 'other'], isAuthentic, secretsOf, read };

/** One that is sent again is as good as the first: it only says where to look. */
function isAuthentic({ rawBody }: SignedDelivery, secrets: readonly string[]): boolean {
  const body = parsed(rawBody);
  if (!isObject(body)) return false;
  const token = own(body, 'token');
  const at = own(body, 'triggeredAt');
  if (typeof token !== 'string' || token === '' || (typeof at !== 'number' && typeof at !== 'string')) return false;
  return isSignedInHex(`${token}${at}`, own(body, 'signature'), secrets);
}

/** Each webhook that is made by the API has a token of its own; those of the settings page share the account's. */
function secretsOf({ webhookSecret }: Readonly<Record<string, string>>): readonly string[] {
  return (webhookSecret ?? '').split(',').flatMap((secret) => secret.trim() || []);
}

function read(body: unknown): InboundWebhook {
  const event = isObject(body) ? own(body, 'event') : null;
  const id = isObject(body) ? own(body, 'id') : null;
  const resources = typeof event === 'string' ? TOUCHED.get(event) : undefined;
  return {
    id: isExternalId(id) ? id : null,
    type: typeof event === 'string' && resources !== undefined ? event : 'other',
    account: null,
    notice: resources === undefined || resources.length === 0 ? { about: 'nothing' } : { about: 'data', resources },
  };
}

function parsed(rawBody: Buffer): unknown {
  try {
    return JSON.parse(rawBody.toString('utf8'));
  } catch {
    return null;
  }
}
