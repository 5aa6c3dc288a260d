import { GatewayError } from '#libs/model';
import { isSnapshot, type FeedPosition } from '#libs/store';

const VERSION = 1;

/** Two snapshots with some hundred transactions in flight each. */
export const LONGEST_CURSOR = 8000;

/** An opaque cursor into the feed; it holds for any filter. */
export function encodeFeedCursor({ after, until, seq }: FeedPosition): string {
  return Buffer.from(JSON.stringify([VERSION, after, until, seq])).toString('base64url');
}

/** Throws `invalid-request` for what is no cursor of the feed. */
export function decodeFeedCursor(cursor: string): FeedPosition {
  const [version, after, until, seq] = partsOf(cursor);
  const isWhole =
    version === VERSION &&
    typeof after === 'string' &&
    isSnapshot(after) &&
    (until === null || (typeof until === 'string' && isSnapshot(until))) &&
    typeof seq === 'string' &&
    /^\d{1,18}$/.test(seq);
  if (isWhole) return { after, until, seq };
  throw new GatewayError('invalid-request', {
    detail: '"cursor" is not one of this feed; take nextCursor as it came, or start without a cursor',
  });
}

function partsOf(cursor: string): readonly unknown[] {
  try {
    const parts: unknown = JSON.parse(Buffer.from(cursor, 'base64url').toString('utf8'));
    return Array.isArray(parts) && parts.length === 4 ? parts : [];
  } catch {
    return [];
  }
}
