import { GatewayError, type Resource } from '#libs/model';
import type { Call } from '../contract/call.js';
import type { Page, PageRequest } from '../contract/connector.js';
import { recordPage } from '../contract/record-page.js';
import { millisecondsOf, readList } from './client.js';
import { deletedMapping } from './mapper.js';

const MARK = 'deleted:';

/** The cursor with which the deletions begin: they come after everything else of a delta. */
export const DELETIONS = MARK;

export const isAmongDeletions = (cursor: string | undefined): cursor is string => cursor?.startsWith(MARK) === true;

/**
 * A page of what was deleted since, by ids alone. Lever looks back 30 days at most (as users of its API report, 2026): long before that, a full
 * walk is due.
 */
export async function readDeletions<R extends Resource>(
  call: Call,
  path: string,
  resource: R,
  { since, cursor = MARK }: PageRequest,
): Promise<Page<R>> {
  if (since === undefined) throw new GatewayError('invalid-request', { context: { reason: 'cursor' } });
  const filters = { deleted_at_start: millisecondsOf(since) };
  const offset = cursor.slice(MARK.length) || null;
  const { items, next } = await readList(call, { path: `${path}/deleted`, include: ['id'], filters, offset });
  return recordPage(deletedMapping(resource), items, { next: next === null ? null : `${MARK}${next}` });
}
