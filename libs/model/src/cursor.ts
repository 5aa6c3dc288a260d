import { createHash } from 'node:crypto';
import { GatewayError } from './errors.js';
import { isUuid } from './uuid.js';

/** Where a list goes on: after this record, in the order of ids or of changes. */
export interface Position {
  readonly id: string;
  /** RFC 3339 with microseconds, for lists in the order of changes; null for lists in the order of ids. */
  readonly changedAt: string | null;
}

const VERSION = 1;
const MAX_LENGTH = 512;
const TIME = /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}\.\d{6}Z$/;

/** What a cursor belongs to: the same list with the same filters. Twelve bytes are ample to notice a mix-up; it is no secret. */
function fingerprint(list: readonly (string | null)[]): string {
  return createHash('sha256').update(JSON.stringify(list)).digest('base64url').slice(0, 16);
}

/** An opaque cursor. `list` names the list and its filters: the cursor is refused for any other. */
export function encodeCursor(position: Position, list: readonly (string | null)[]): string {
  return Buffer.from(JSON.stringify([VERSION, fingerprint(list), position.id, position.changedAt])).toString('base64url');
}

/** Throws `invalid-request` for a cursor that was altered, or made for another list or other filters. */
export function decodeCursor(cursor: string, list: readonly (string | null)[]): Position {
  const parts = partsOf(cursor);
  if (parts !== null) {
    const [version, print, id, changedAt] = parts;
    const timed = changedAt === null || (typeof changedAt === 'string' && TIME.test(changedAt));
    if (version === VERSION && print === fingerprint(list) && typeof id === 'string' && isUuid(id) && id === id.toLowerCase() && timed)
      return { id, changedAt };
  }
  throw new GatewayError('invalid-request', {
    detail: '"cursor" is not one of this list with these filters; take nextCursor as it came, or start without a cursor',
  });
}

function partsOf(cursor: string): unknown[] | null {
  if (cursor.length > MAX_LENGTH) return null;
  try {
    const parts: unknown = JSON.parse(Buffer.from(cursor, 'base64url').toString('utf8'));
    return Array.isArray(parts) && parts.length === 4 ? parts : null;
  } catch {
    return null;
  }
}
