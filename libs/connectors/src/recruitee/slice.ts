import { GatewayError } from '#libs/model';
import type { Call } from '../contract/call.js';
import { invalidPage, listIn, placeParts, placeText } from '../contract/place.js';
import { isObject, own } from '../contract/raw-object.js';
import { idIn, read } from './client.js';

/** How many of those before a place are asked for again: as many may be deleted between two pages without another one being missed. */
export const OVERLAP = 10;

/** Where a walk of a list stands. */
interface Place {
  /** How much of the list was read. */
  readonly offset: number;
  /** The ids of the last that were read: these come again and are known. */
  readonly known: ReadonlySet<string>;
}

/** A part of a list, from before the place on that it was asked for. */
export interface Slice {
  readonly place: Place;
  readonly start: number;
  readonly items: readonly unknown[];
}

/**
 * The part of a list that follows a cursor: `limit` and `offset` (`jdautomate/recruitee-mcp`, 2025-09; `rawwar/tap-recruitee`, 2023). In which order
 * it is listed and how large a `limit` may be is not documented. Throws `remote-invalid-response` where a full page ends with what was read before:
 * the source then does not go by the offset.
 */
export async function readSlice(call: Call, list: 'offers' | 'candidates', cursor: string | undefined, size: number): Promise<Slice> {
  const place = placeOf(cursor);
  const start = Math.max(0, place.offset - OVERLAP);
  const limit = size + place.offset - start;
  const items = listIn(await read(call, list, { limit: String(limit), offset: String(start) }), list);
  const slice = { place, start, items };
  if (items.length >= limit && endsKnown(slice)) throw invalidPage('cursor-loop');
  return slice;
}

/** What of the first `count` items was not read before. */
export function freshIn(slice: Slice, count = slice.items.length): readonly unknown[] {
  return slice.items.slice(0, count).filter((item) => !isKnown(slice, item));
}

/**
 * Where to go on after the first `count` items. Recruitee documents no total and no mark of an end. A page that is shorter than its `limit` would do
 * as one only if no `limit` were ever cut, so the end is a page that brings nothing after what was read before: it costs one request.
 */
export function nextOf(slice: Slice, count = slice.items.length): string | null {
  const { place, start, items } = slice;
  const isWhole = count === items.length;
  if (isWhole && (start + count <= place.offset || endsKnown(slice))) return null;
  const last = items.slice(Math.max(0, count - OVERLAP), count).flatMap((item) => idOf(item) ?? []);
  return placeText([String(start + count), last.join(' ')]);
}

/** Whether an item is one of the last that were read before. */
export const isKnown = ({ place }: Slice, item: unknown): boolean => place.known.has(idOf(item) ?? '');

/** How many of the items are asked for again. */
export const overlapOf = ({ place, start }: Slice): number => place.offset - start;

const endsKnown = (slice: Slice): boolean => isKnown(slice, slice.items.at(-1));
const idOf = (item: unknown): string | null => (isObject(item) ? idIn(own(item, 'id')) : null);

function placeOf(cursor: string | undefined): Place {
  if (cursor === undefined) return { offset: 0, known: new Set() };
  const [offset, known] = placeParts(cursor, 2);
  if (!/^[1-9]\d{0,8}$/.test(offset ?? '')) throw new GatewayError('invalid-request', { context: { reason: 'cursor' } });
  return { offset: Number(offset), known: new Set((known ?? '').split(' ').filter((id) => id !== '')) };
}
