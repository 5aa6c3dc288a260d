import type { Resource } from '#libs/model';
import { indexOfRemoteId, remoteIdOf } from '../../live/remote-ids.js';
import type { Slice } from '../../live/slice.js';
import type { Account } from '../account.js';
import type { Exchange, Parameters } from '../exchange.js';
import type { ListAnswer } from '../vendor.js';

/** How a list names its rows. */
export interface Named {
  readonly key: string;
  readonly resource: Resource;
  /** Before the number in the id; none where this is left out. */
  readonly prefix?: string;
}

export interface Range {
  /** Null: from the first one. */
  readonly from: number | null;
  readonly to: number;
  readonly limit: number;
}

/** Default 50, at most 100; an id not below `since_id` and not above `max_id`, both of them included (Workable API reference, 2026). */
export function paged(exchange: Exchange, named: Named, slice: (range: Range) => Slice, row: (index: number) => object): ListAnswer {
  const { query, loops } = exchange;
  const limit = query.whole('limit', 1, 100) ?? 50;
  const from = numberIn(query, 'since_id', named) ?? null;
  const to = numberIn(query, 'max_id', named) ?? Number.POSITIVE_INFINITY;
  const { indexes, next } = slice({ from, to, limit });
  const following = loops ? from : next;
  const isMore = loops || next !== null;
  return {
    items: indexes.map(row),
    indexes,
    wrap: (items) => ({ [named.key]: items, ...(isMore && { paging: { next: addressOf(exchange, named, following) } }) }),
  };
}

function numberIn(query: Parameters, name: string, { resource, prefix = '' }: Named): number | undefined {
  const id = query.text(name);
  if (id === undefined) return undefined;
  const index = id.startsWith(prefix) ? indexOfRemoteId(resource, id.slice(prefix.length)) : undefined;
  if (index === undefined) throw query.refused(name);
  return index;
}

/** Absolute, with all that was asked. */
function addressOf({ account, request }: Exchange, { resource, prefix = '' }: Named, following: number | null): string {
  const [path = '', query = ''] = request.url.split('?');
  const asked = new URLSearchParams(query);
  if (following !== null) asked.set('since_id', prefix + remoteIdOf(resource, following));
  return `${hostOf(account)}${path.replace('/ats/workable', '')}?${asked.toString()}`;
}

const hostOf = ({ id }: Account): string => `https://${id}.workable.com`;

/** Of ISO 8601, `20150708T115616Z` too, and of Unix time (Workable API reference, 2026). */
export function timeIn(query: Parameters, name: string): number {
  const text = query.text(name);
  if (text === undefined) return 0;
  const basic = /^(\d{4})(\d\d)(\d\d)T(\d\d)(\d\d)(\d\d)Z$/.exec(text)?.slice(1) ?? [];
  const [year, month, day, hour, minute, second] = basic;
  const written = basic.length === 0 ? text : `${year}-${month}-${day}T${hour}:${minute}:${second}Z`;
  const ms = /^\d{9,10}$/.test(text) ? Number(text) * 1_000 : /^\d{4}-\d\d-\d\dT/.test(written) ? Date.parse(written) : Number.NaN;
  if (Number.isNaN(ms)) throw query.refused(name);
  return ms;
}
