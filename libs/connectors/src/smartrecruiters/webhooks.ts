import type { Resource } from '#libs/model';
import { isSignedInHex } from '../contract/hmac.js';
import { isExternalId } from '../contract/raw-object.js';
import type { InboundWebhook, SignedDelivery, WebhookPort } from '../contract/webhooks.js';

/** What to read again, by event. What changes nothing that we may hold is about nothing. Events: Knit's mapping of SmartRecruiters, 2026. */
const TOUCHED: ReadonlyMap<string, readonly Resource[]> = new Map([
  ['job.created', ['job']],
  ['job.updated', ['job']],
  ['job.status.updated', ['job']],
  ['job.hiring-team.updated', ['job']],
  // A posting makes a job public.
  ['job.ad.postings.updated', ['job']],
  ['job.ad.created', []],
  ['job.ad.updated', []],
  ['candidate.created', ['candidate', 'application']],
  ['candidate.updated', ['candidate']],
  ['candidate.deleted', ['candidate', 'application']],
  ['application.created', ['candidate', 'application']],
  ['application.status.updated', ['application']],
  ['application.fields.updated', []],
  ['application.source.updated', []],
  ['application.attachment.created', []],
]);

/** At most so many keys are live at once, and each signs. */
const MOST_SIGNATURES = 16;

/**
 * SmartRecruiters' webhooks: HMAC-SHA256 in hex over the time, the raw body and the headers that name the event (official specification of the
 * webhooks API, as embedded in a generated Ruby SDK, 2026). A key that is replaced goes on signing for 24 hours.
 */
export const webhooks: WebhookPort = { types: [...TOUCHED.keys(), 'other'], isAuthentic, secretsOf, handshake, read };

/** The time is signed but not compared with ours: a replayed body only says where to look, which is harmless. */
function isAuthentic({ rawBody, headers }: SignedDelivery, secrets: readonly string[]): boolean {
  const given = headerOf(headers, 'smartrecruiters-signature').split(';');
  if (given.length > MOST_SIGNATURES) return false;
  const message = messageOf({ rawBody, headers });
  let matches = false;
  // No early end: how long it takes does not tell which signature holds.
  for (const part of given) matches = isSignedInHex(message, /^\s*v1=([0-9a-fA-F]{64})\s*$/.exec(part)?.[1], secrets) || matches;
  return matches;
}

/** A header that is missing counts as an empty text; the bytes of the others are taken as they came. */
function messageOf({ rawBody, headers }: SignedDelivery): Buffer {
  const after = ['event-id', 'event-name', 'event-version', 'link'].map((name) => headerOf(headers, name));
  const before = Buffer.from(`${headerOf(headers, 'smartrecruiters-timestamp')}.`, 'latin1');
  return Buffer.concat([before, rawBody, Buffer.from(`.${after.join('.')}`, 'latin1')]);
}

/** More than one while a key is replaced. */
function secretsOf({ webhookSecret }: Readonly<Record<string, string>>): readonly string[] {
  return (webhookSecret ?? '').split(',').flatMap((secret) => secret.trim() || []);
}

/** Activating a subscription posts a secret that is to be sent back as it came; it signs nothing and is not kept. */
function handshake({ headers }: SignedDelivery): Readonly<Record<string, string>> | null {
  const secret = headers['x-hook-secret'];
  return headers['smartrecruiters-signature'] === undefined && isExternalId(secret) ? { 'X-Hook-Secret': secret } : null;
}

/** Everything that a notice needs is in the headers: the body, which names a job and a candidate, is not looked at. */
function read(_body: unknown, headers: SignedDelivery['headers']): InboundWebhook {
  const name = headerOf(headers, 'event-name');
  const id = headers['event-id'];
  const resources = TOUCHED.get(name);
  return {
    id: isExternalId(id) ? id : null,
    type: resources === undefined ? 'other' : name,
    account: null,
    notice: resources === undefined || resources.length === 0 ? { about: 'nothing' } : { about: 'data', resources },
  };
}

function headerOf(headers: SignedDelivery['headers'], name: string): string {
  const value = headers[name];
  return typeof value === 'string' ? value : '';
}
