import { placeParts, placeText } from '../contract/place.js';
import type { TeamtailorPage } from './client.js';

/** Where a walk stands. */
export interface Standing {
  readonly number: number;
  /** How many there were when the last page was read; null at the start. */
  readonly count: number | null;
}

export function standingOf(cursor: string | undefined): Standing {
  if (cursor === undefined) return { number: 1, count: null };
  const [number, count = null] = placeParts(cursor, 2);
  return { number: Math.max(1, Number(number) || 1), count: Number(count) };
}

/**
 * Where to go on. Pages are numbered, so a deletion meanwhile moves a record to a page that was read: where there are fewer than before, the walk
 * begins again. What comes in meanwhile only makes some come twice.
 */
export function nextOf({ number, count }: Standing, page: TeamtailorPage): string | null {
  const total = String(page.count);
  if (count !== null && page.count < count && number > 1) return placeText(['1', total]);
  return page.isLast ? null : placeText([String(number + 1), total]);
}
