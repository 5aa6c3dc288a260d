import type { PageRequest } from '../contract/connector.js';
import { placeParts, placeText } from '../contract/place.js';
import { isObject, own } from '../contract/raw-object.js';
import type { TeamtailorPage } from './client.js';

/** Where a walk stands: by page, or by time. */
export interface Standing {
  readonly number: number;
  /** How many there were when the last page was read; null at the start. */
  readonly count: number | null;
  /** From which edit on, for a walk by time; null for one by page. */
  readonly from: string | null;
}

/** The same second may be told in fractions or without. */
const OVERLAP_MS = 1_000;

export function standingOf({ cursor, since }: PageRequest): Standing {
  if (cursor === undefined) return { number: 1, count: null, from: since ?? null };
  const [number, count = null, from = null] = placeParts(cursor, 3);
  return { number: Math.max(1, Number(number) || 1), count: count === null ? null : Number(count), from };
}

/**
 * Where to go on. Pages are numbered, so a deletion meanwhile moves a record to a page that was read: where there are fewer than before, the walk
 * begins again. A walk by time goes on from the newest edit that it has seen, as an edit meanwhile moves a record to the end.
 */
export function nextOf({ number, count, from }: Standing, page: TeamtailorPage): string | null {
  if (from !== null) return page.isLast ? null : nextByTime(number, from, page);
  const total = String(page.count);
  if (count !== null && page.count < count && number > 1) return placeText(['1', total, null]);
  return page.isLast ? null : placeText([String(number + 1), total, null]);
}

function nextByTime(number: number, from: string, { items }: TeamtailorPage): string {
  const newest = Math.max(...items.map(editedMs));
  const following = newest - OVERLAP_MS;
  const isFurther = Number.isFinite(following) && following > Date.parse(from);
  return isFurther ? placeText(['1', null, new Date(following).toISOString()]) : placeText([String(number + 1), null, from]);
}

function editedMs(item: unknown): number {
  const attributes = isObject(item) ? own(item, 'attributes') : null;
  const at = isObject(attributes) ? own(attributes, 'updated-at') : null;
  const ms = typeof at === 'string' ? Date.parse(at) : Number.NaN;
  return Number.isNaN(ms) ? Number.NEGATIVE_INFINITY : ms;
}
