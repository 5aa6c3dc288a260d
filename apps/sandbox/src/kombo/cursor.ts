import { createHmac } from 'node:crypto';
import { invalid } from './query.js';

/** Fixed, so that a cursor still works after the sandbox was restarted. */
const SECRET = 'kombo-sandbox-cursors';

/** A cursor says where to go on and is worth something only to who asks the same again: integration, endpoint and filters are part of its seal. */
export function sealCursor(nextIndex: number, context: readonly string[]): string {
  const position = String(nextIndex);
  return Buffer.from(`${position}.${seal(position, context).toString('base64url')}`).toString('base64url');
}

/** Throws PLATFORM.INPUT_INVALID for a cursor that was altered or belongs to another request. */
export function openCursor(cursor: string, context: readonly string[]): number {
  const [position] = Buffer.from(cursor, 'base64url').toString('latin1').split('.');
  if (position === undefined || !/^\d{1,10}$/.test(position) || sealCursor(Number(position), context) !== cursor)
    throw invalid('Invalid cursor');
  return Number(position);
}

function seal(position: string, context: readonly string[]): Buffer {
  return createHmac('sha256', SECRET)
    .update(JSON.stringify([position, ...context]))
    .digest();
}
