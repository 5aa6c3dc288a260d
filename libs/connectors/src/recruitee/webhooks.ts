import type { Resource } from '#libs/model';
import { isSignedInHex } from '../contract/hmac.js';
import { isExternalId, isObject, own } from '../contract/raw-object.js';
import type { InboundWebhook, SignedDelivery, WebhookPort } from '../contract/webhooks.js';

/** What to read again, by event (docs.recruitee.com, page on webhooks, 2025-06). */
const TOUCHED: ReadonlyMap<string, readonly Resource[]> = new Map<string, readonly Resource[]>([
  ['new_candidate', ['candidate', 'application']],
  ['candidate_moved', ['application']],
  ['candidate_deleted', ['candidate', 'application']],
]);

/** By how an event is called: which others there are is uncertain. */
const TOUCHED_BY_KIND: ReadonlyMap<string, readonly Resource[]> = new Map<string, readonly Resource[]>([
  ['candidate_*', ['candidate', 'application']],
  ['offer_*', ['job']],
]);

/** Where the event is named is not told (page on webhooks, 2025-06): the first of these that holds a text. */
const EVENT_KEYS = ['event_type', 'event', 'type'] as const;

/**
 * Recruitee's webhooks, set up by the customer in Settings → Webhooks: `X-Recruitee-Signature`, HMAC-SHA256 in hex over the raw body
 * (docs.recruitee.com, 2025-06). Bodies hold e-mail addresses; only the event's name and the id are read.
 */
export const webhooks: WebhookPort = {
  types: [...TOUCHED.keys(), ...TOUCHED_BY_KIND.keys(), 'other'],
  isAuthentic: ({ rawBody, headers }, secrets) => isSignedInHex(rawBody, headers['x-recruitee-signature'], secrets),
  secretsOf: ({ webhookSecret }) => (webhookSecret === undefined ? [] : [webhookSecret]),
  handshake,
  read,
};

/** The test call of the set-up comes before there is a secret and has to be answered with 200; it brings nothing, whoever sends it. */
function handshake({ rawBody }: SignedDelivery): Readonly<Record<string, string>> | null {
  const body = parsed(rawBody);
  return isObject(body) && own(body, 'test') === true ? {} : null;
}

function read(body: unknown): InboundWebhook {
  const envelope = isObject(body) ? body : {};
  const type = typeOf(EVENT_KEYS.map((key) => own(envelope, key)).find((value) => typeof value === 'string' && value !== ''));
  const resources = TOUCHED.get(type) ?? TOUCHED_BY_KIND.get(type);
  return {
    id: idOf(own(envelope, 'id')),
    type,
    account: null,
    notice: resources === undefined ? { about: 'nothing' } : { about: 'data', resources },
  };
}

/** An event by its name, or by its kind where the name is none of the list. */
function typeOf(name: unknown): string {
  if (typeof name !== 'string') return 'other';
  if (TOUCHED.has(name)) return name;
  const kind = /^(candidate|offer)_./.exec(name)?.[1];
  return kind === undefined ? 'other' : `${kind}_*`;
}

/** Whether the body has an id of the delivery is uncertain: one that is there counts. */
function idOf(id: unknown): string | null {
  if (typeof id === 'number') return Number.isSafeInteger(id) ? String(id) : null;
  return isExternalId(id) ? id : null;
}

function parsed(rawBody: Buffer): unknown {
  try {
    return JSON.parse(rawBody.toString('utf8'));
  } catch {
    return null;
  }
}
