import { createHmac } from 'node:crypto';

/** Fixed, so that a cursor still works after the sandbox was restarted. */
const SECRET = 'ats-sandbox-cursors';

/** What a walk has to remember, opaque to who holds it; good only for who asks the same again (`context`: account, list, filters). */
export function sealCursor(state: unknown, context: readonly unknown[]): string {
  const text = JSON.stringify(state);
  return Buffer.from(`${seal(text, context)}.${text}`).toString('base64url');
}

/** Undefined: altered, made up, or of another list. */
export function openCursor(cursor: string, context: readonly unknown[]): unknown {
  const [given = '', ...rest] = Buffer.from(cursor, 'base64url').toString('utf8').split('.');
  const text = rest.join('.');
  return seal(text, context) === given && Buffer.from(`${given}.${text}`).toString('base64url') === cursor ? JSON.parse(text) : undefined;
}

/** A cursor that is the number of the next record. */
export function openPlace(cursor: string, context: readonly unknown[]): number | undefined {
  const place = openCursor(cursor, context);
  return typeof place === 'number' ? place : undefined;
}

const seal = (text: string, context: readonly unknown[]): string =>
  createHmac('sha256', SECRET)
    .update(JSON.stringify([text, ...context]))
    .digest('hex')
    .slice(0, 24);
