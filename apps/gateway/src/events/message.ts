import type { Post } from './posting.js';
import type { Sign } from './signatures.js';

/** What every event says of itself. */
interface Told {
  readonly id: string;
  readonly type: string;
  /** RFC 3339, UTC. */
  readonly at: string;
}

/** An event as it is posted: Standard Webhooks' envelope, and the event as the feed shows it. The id is the same however often it is sent. */
export function messageOf(url: string, event: Told, sign: Sign, now: Date): Post {
  const body = JSON.stringify({ type: event.type, timestamp: event.at, data: event });
  return {
    url,
    body,
    headers: {
      'content-type': 'application/json',
      'webhook-id': event.id,
      'webhook-timestamp': String(Math.floor(now.getTime() / 1000)),
      'webhook-signature': sign(event.id, now, body),
    },
  };
}
