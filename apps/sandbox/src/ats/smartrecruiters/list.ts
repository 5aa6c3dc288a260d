import type { Slice } from '../../live/slice.js';
import { keysOf } from '../../request-parts.js';
import type { Account } from '../account.js';
import { openCursor, sealCursor } from '../cursors.js';
import type { Exchange, Parameters } from '../exchange.js';
import { Refusal, type ListAnswer } from '../vendor.js';

/** A list of records: `limit`, `pageId`, and filters of its own. */
export interface List {
  /** Reads the list's filters, then gives numbers from a place on (null: the first). */
  readonly slices: (exchange: Exchange) => (from: number | null, limit: number) => Slice;
  readonly row: (account: Account, index: number) => object;
}

interface Walk {
  readonly from: number | null;
  /** Counted once in a walk: a count looks at every record. */
  readonly totalFound: number;
}

/**
 * At most 100 of a page, 10 unless told. Every page that holds something names a next one: the end is the page that holds nothing (SmartRecruiters
 * API reference, `nextPageId`, 2026).
 */
export function answerList(exchange: Exchange, { slices, row }: List): ListAnswer {
  const { account, query } = exchange;
  const limit = query.whole('limit', 1, 100) ?? 10;
  const context = contextOf(exchange);
  const slice = slices(exchange);
  const pageId = query.text('pageId', /^[^]{1,4000}$/);
  const walk =
    pageId === undefined ? { from: null, totalFound: slice(null, Number.POSITIVE_INFINITY).indexes.length } : opened(pageId, context);
  const { indexes, next } = slice(walk.from, limit);
  const last = indexes.at(-1);
  const following = last === undefined ? null : (next ?? last + 1);
  const sealed = (from: number | null) => sealCursor({ ...walk, from }, context);
  const nextPageId = exchange.loops ? (pageId ?? sealed(null)) : following === null ? null : sealed(following);
  return {
    items: indexes.map((index) => row(account, index)),
    indexes,
    wrap: (content) => ({ limit, totalFound: walk.totalFound, ...(nextPageId !== null && { nextPageId }), content }),
  };
}

/** A page is of the walk that it was named in: the same list of the same account, filtered alike. */
function contextOf({ account, request }: Exchange): readonly unknown[] {
  const filters = Object.entries(keysOf(request.query)).filter(([name]) => name !== 'limit' && name !== 'pageId');
  const [path] = request.url.split('?');
  return [account.id, path, Object.fromEntries(filters.sort(([a], [b]) => (a < b ? -1 : 1)))];
}

function opened(pageId: string, context: readonly unknown[]): Walk {
  const walk = openCursor(pageId, context);
  if (!isWalk(walk)) throw new Refusal(400, 'invalid_page_id', 'The pageId is not valid');
  return walk;
}

const isWalk = (value: unknown): value is Walk => typeof value === 'object' && value !== null && 'from' in value && 'totalFound' in value;

/** Milliseconds from which on a record is later than the parameter says. */
export function afterIn(query: Parameters, name: string): number | undefined {
  const ms = query.time(name);
  return ms === undefined ? undefined : ms + 1;
}

/** Of an enumeration, one or more; null where nothing is asked for. */
export function amongIn(query: Parameters, name: string, choices: readonly string[]): ReadonlySet<string> | null {
  const given = query.texts(name);
  if (given.some((value) => !choices.includes(value))) throw query.refused(name);
  return given.length === 0 ? null : new Set(given);
}
