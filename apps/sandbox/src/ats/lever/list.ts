import { keysOf } from '../../request-parts.js';
import type { Account } from '../account.js';
import { openPlace, sealCursor } from '../cursors.js';
import { bearer, param, type Exchange } from '../exchange.js';
import { Refusal, type Answer, type ListAnswer } from '../vendor.js';

export type Row = Readonly<Record<string, unknown>>;
type Filled = (account: Account, index: number) => unknown;

/** What is listed: all its attributes, those that ids may be expanded to, and those that a list leaves out unless they are asked for. */
export interface Kind {
  readonly row: (account: Account, index: number) => Row;
  readonly expandable?: Readonly<Record<string, Filled>>;
  readonly onlyIncluded?: readonly string[];
}

export interface Found {
  readonly indexes: readonly number[];
  readonly next: number | null;
}

/** Records from a place on. */
export type Walk = (from: number, limit: number) => Found;

/** Which parameters are about a page or an item, and leave an offset good. */
const SHAPING = new Set(['offset', 'limit', 'include', 'expand']);

const NO_CONFIDENTIAL_ACCESS = 'The app has no access to confidential data';

/** `{data, next, hasNext}`; an offset is good only as it was given, for the same filters (Lever Data API documentation, 2026: pagination). */
export function answerList(exchange: Exchange, kind: Kind, walkOf: (exchange: Exchange) => Walk): ListAnswer {
  refuseMember(exchange);
  const limit = exchange.query.whole('limit', 1, 100) ?? 100;
  const context = contextOf(exchange);
  const from = placeIn(exchange, context);
  const shaped = shapeOf(exchange, kind, kind.onlyIncluded ?? []);
  const { indexes, next } = walkOf(exchange)(from, limit);
  const following = exchange.loops ? from : next;
  const rest = following === null ? { hasNext: false } : { next: sealCursor(following, context), hasNext: true };
  return { items: indexes.map(shaped), indexes, wrap: (data) => ({ data, ...rest }) };
}

/** One record by its id; `indexOf` finds its number. */
export function answerOne(exchange: Exchange, kind: Kind, what: string, indexOf: (id: string) => number | undefined): Answer {
  refuseMember(exchange);
  const id = param(exchange, 'id');
  const index = indexOf(id);
  if (index === undefined) throw new Refusal(404, 'ResourceNotFound', `${what} ${id} was not found`);
  const { confidentiality } = kind.row(exchange.account, index);
  if (confidentiality === 'confidential' && !hasAccess(exchange)) throw new Refusal(403, 'Forbidden', NO_CONFIDENTIAL_ACCESS);
  return { body: { data: shapeOf(exchange, kind, [])(index) } };
}

/** A key is given its permissions when it is made: one without them is refused everywhere. */
function refuseMember({ account }: Exchange): void {
  if (account.behaviour.rights !== 'admin') throw new Refusal(403, 'Forbidden', 'The key has no permission for this endpoint');
}

function contextOf({ account, request }: Exchange): readonly unknown[] {
  const filters = Object.entries(keysOf(request.query)).filter(([name]) => !SHAPING.has(name));
  const [path] = request.url.split('?');
  return [account.id, path, filters.sort(([a], [b]) => (a < b ? -1 : 1))];
}

function placeIn({ query }: Exchange, context: readonly unknown[]): number {
  const offset = query.text('offset');
  if (offset === undefined) return 0;
  const place = openPlace(offset, context);
  if (place === undefined) throw query.refused('offset');
  return place;
}

/** `include` gives those attributes and no others, not even the id; `expand` wins over it (Lever Data API documentation, 2026). */
function shapeOf({ query, account }: Exchange, { row, expandable = {} }: Kind, omitted: readonly string[]): (index: number) => Row {
  const include = query.texts('include');
  const expand = query.texts('expand');
  const known = new Set(Object.keys(row(account, 0)));
  if (include.some((name) => !known.has(name))) throw query.refused('include');
  if (expand.some((name) => !Object.hasOwn(expandable, name))) throw query.refused('expand');
  const isWanted = (name: string): boolean => (include.length === 0 ? !omitted.includes(name) : include.includes(name));
  return (index) => {
    const wanted = Object.entries(row(account, index)).filter(([name]) => isWanted(name));
    const expanded = expand.map((name) => [name, expandable[name]?.(account, index)] as const);
    return Object.fromEntries([...wanted, ...expanded]);
  };
}

/** Confidential records are hidden unless asked for; only a key that was made with access to them may ask, no app that the scope was not granted to. */
export function confidentialityIn(exchange: Exchange): (isConfidential: boolean) => boolean {
  const wanted = exchange.query.oneOf('confidentiality', ['non-confidential', 'confidential', 'all']) ?? 'non-confidential';
  if (wanted !== 'non-confidential' && !hasAccess(exchange)) throw new Refusal(403, 'Forbidden', NO_CONFIDENTIAL_ACCESS);
  return (isConfidential) => wanted === 'all' || (wanted === 'confidential') === isConfidential;
}

/** Of what has no filter for it. */
export const visibilityIn = (exchange: Exchange): ((isConfidential: boolean) => boolean) => {
  const isAll = hasAccess(exchange);
  return (isConfidential) => isAll || !isConfidential;
};

const hasAccess = (exchange: Exchange): boolean => bearer(exchange) === undefined;

/** Milliseconds since 1970, both inclusive. */
export function boundsIn({ query }: Exchange, name: string): { readonly sinceMs?: number; readonly untilMs?: number } {
  const sinceMs = query.whole(`${name}_start`, 0, Number.MAX_SAFE_INTEGER);
  const untilMs = query.whole(`${name}_end`, 0, Number.MAX_SAFE_INTEGER);
  return { ...(sinceMs !== undefined && { sinceMs }), ...(untilMs !== undefined && { untilMs }) };
}

export const isWithin = (ms: number | null, { sinceMs, untilMs }: { readonly sinceMs?: number; readonly untilMs?: number }): boolean =>
  (sinceMs === undefined && untilMs === undefined) || (ms !== null && ms >= (sinceMs ?? 0) && ms <= (untilMs ?? Number.POSITIVE_INFINITY));
