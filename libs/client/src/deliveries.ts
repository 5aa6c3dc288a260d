import { Webhook, WebhookVerificationError } from 'standardwebhooks';
import type { Event } from './generated/types.gen.js';

/** What is posted to a subscription's address. */
export interface Delivery {
  readonly type: string;
  /** RFC 3339, UTC. */
  readonly timestamp: string;
  readonly data: Event;
}

/**
 * The delivery in a request's body, once its signature holds under one of the secrets (two while one replaces the other) and is not older than five minutes.
 * `body` as it came, byte by byte. Throws `WebhookVerificationError`: answer 401 then.
 */
export function verifyDelivery(
  body: string | Uint8Array,
  headers: Headers | Readonly<Record<string, string | readonly string[] | undefined>>,
  secrets: string | readonly string[],
): Delivery {
  const text = typeof body === 'string' ? body : Buffer.from(body).toString('utf8');
  const named = namedIn(headers);
  const tried = typeof secrets === 'string' ? [secrets] : secrets;
  for (const secret of tried) {
    try {
      return asDelivery(new Webhook(secret).verify(text, named));
    } catch (error) {
      if (!(error instanceof WebhookVerificationError)) throw error;
    }
  }
  throw new WebhookVerificationError('no signature holds under the given secrets');
}

function namedIn(headers: Headers | Readonly<Record<string, string | readonly string[] | undefined>>): Record<string, string> {
  const of = (name: string): string => {
    const value = headers instanceof Headers ? headers.get(name) : headers[name];
    return typeof value === 'string' ? value : '';
  };
  return Object.fromEntries(['webhook-id', 'webhook-timestamp', 'webhook-signature'].map((name) => [name, of(name)]));
}

function asDelivery(body: unknown): Delivery {
  if (isDelivery(body)) return body;
  throw new WebhookVerificationError('this is no event of the gateway');
}

function isDelivery(body: unknown): body is Delivery {
  return (
    typeof body === 'object' && body !== null && 'type' in body && 'timestamp' in body && 'data' in body && typeof body.data === 'object'
  );
}
