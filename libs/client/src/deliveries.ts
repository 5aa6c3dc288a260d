import { Webhook, WebhookVerificationError } from 'standardwebhooks';
import type { Event } from './generated/types.gen.js';

/** What is posted to a subscription's address. */
export interface Delivery {
  readonly type: string;
  /** RFC 3339, UTC. */
  readonly timestamp: string;
  readonly data: Event;
}

export { WebhookVerificationError };

type GivenHeaders = Headers | Readonly<Record<string, string | readonly string[] | undefined>>;

/**
 * The delivery in a request's body, once its signature holds under one of the secrets (two while one replaces the other) and its time is within five minutes of now.
 * `body` as it came, byte by byte. Throws `WebhookVerificationError`: answer 401 then.
 */
export function verifyDelivery(body: string | Uint8Array, headers: GivenHeaders, secrets: string | readonly string[]): Delivery {
  const text = typeof body === 'string' ? body : Buffer.from(body).toString('utf8');
  const named = namedIn(headers);
  let refusal = new WebhookVerificationError('no secret was given');
  for (const secret of typeof secrets === 'string' ? [secrets] : secrets) {
    const webhook = new Webhook(secret);
    try {
      webhook.verify(text, named, { jsonParse: false });
      return deliveryIn(text);
    } catch (error) {
      if (!(error instanceof WebhookVerificationError)) throw error;
      refusal = error;
    }
  }
  throw refusal;
}

/** By names in lower case; several values of one name are none. */
function namedIn(headers: GivenHeaders): Record<string, string> {
  const given = headers instanceof Headers ? [...headers] : Object.entries(headers);
  return Object.fromEntries(given.flatMap(([name, value]) => (typeof value === 'string' ? [[name.toLowerCase(), value]] : [])));
}

function deliveryIn(text: string): Delivery {
  const body = parsed(text);
  if (isDelivery(body)) return body;
  throw new WebhookVerificationError('this is no event of the gateway');
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}

const isDelivery = (body: unknown): body is Delivery =>
  hasTexts(body, ['type', 'timestamp']) && 'data' in body && hasTexts(body.data, EVENT);

const EVENT = ['id', 'type', 'tenantId', 'recordId', 'at'];

const hasTexts = (of: unknown, names: readonly string[]): of is object =>
  typeof of === 'object' && of !== null && names.every((name) => typeof Reflect.get(of, name) === 'string');
