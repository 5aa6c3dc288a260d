import type { Resource } from '#libs/model';
import { isSignedInHex } from '../contract/hmac.js';
import { isObject, own } from '../contract/raw-object.js';
import type { InboundWebhook, SignedDelivery, WebhookPort } from '../contract/webhooks.js';

/** What to read again after which event (Teamtailor partner documentation on company webhooks, 2026-04). */
const TOUCHED: ReadonlyMap<string, readonly Resource[]> = new Map<string, readonly Resource[]>([
  ['candidate.create', ['candidate']],
  ['candidate.update', ['candidate']],
  ['candidate.destroy', ['candidate', 'application']],
  ['job.create', ['job']],
  ['job.update', ['job']],
  ['job.destroy', ['job']],
  ['job_application.create', ['candidate', 'application']],
  ['job_application.update', ['application']],
  ['job_application.destroy', ['application']],
]);

/**
 * Teamtailor's webhooks: `TT-Signature` is base64 of `t=<seconds>,v2=<hex>`, the hex HMAC-SHA256 over `<seconds>.<raw body>`. The older v1,
 * which covers an id alone, is not taken. Nothing is ever sent twice, so polls have to find what a webhook missed (Teamtailor partner
 * documentation on company webhooks, 2026-04).
 */
export const webhooks: WebhookPort = {
  types: [...TOUCHED.keys(), 'other'],
  isAuthentic,
  secretsOf: ({ webhookSecret }) => (webhookSecret === undefined ? [] : [webhookSecret]),
  read,
};

/** An old time is taken too: what is replayed only says where to look. */
function isAuthentic({ rawBody, headers }: SignedDelivery, secrets: readonly string[]): boolean {
  const header = headers['tt-signature'];
  if (typeof header !== 'string' || header.length > 400 || !/^[A-Za-z0-9+/=_-]+$/.test(header)) return false;
  const [, time, hex] = /^t=(\d{1,12}),v2=([0-9a-f]{64})$/i.exec(Buffer.from(header, 'base64').toString('latin1')) ?? [];
  if (time === undefined) return false;
  return isSignedInHex(Buffer.concat([Buffer.from(`${time}.`), rawBody]), hex, secrets);
}

function read(body: unknown): InboundWebhook {
  const payload = isObject(body) ? own(body, 'payload') : null;
  const event = isObject(payload) ? own(payload, 'event_name') : null;
  const touched = typeof event === 'string' ? TOUCHED.get(event) : undefined;
  if (typeof event !== 'string' || touched === undefined) return { id: null, type: 'other', account: null, notice: { about: 'nothing' } };
  return { id: null, type: event, account: null, notice: { about: 'data', resources: touched } };
}
