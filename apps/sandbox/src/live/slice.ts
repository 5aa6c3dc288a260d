import type { Resource } from '#libs/model';
import { SEED_ENDS_MS, updatedMsOf } from './facts.js';
import type { Records } from './records.js';

export interface Wanted {
  /** At or after this time. */
  readonly sinceMs?: number;
  /** Before or at this time. */
  readonly untilMs?: number;
  readonly matches?: (index: number) => boolean;
  readonly deleted?: boolean;
  readonly order?: 'ascending' | 'descending';
}

export interface Slice {
  readonly indexes: readonly number[];
  /** Where the next page begins; null at the end. */
  readonly next: number | null;
}

/** Numbers of what is there now, by number, from a place on: as many as asked for, and where to go on. Nothing is held in memory for it. */
export function sliceOf(records: Records, resource: Resource, from: number | null, limit: number, wanted: Wanted = {}): Slice {
  const indexes: number[] = [];
  for (const index of walked(records, resource, from, wanted)) {
    if (!isWanted(records, resource, index, wanted)) continue;
    if (indexes.length === limit) return { indexes, next: index };
    indexes.push(index);
  }
  return { indexes, next: null };
}

/** All of them, oldest edit first. */
export function byUpdate(records: Records, resource: Resource, wanted: Wanted = {}): readonly number[] {
  const { indexes } = sliceOf(records, resource, null, Number.POSITIVE_INFINITY, wanted);
  const dated = indexes.map((index) => ({ index, ms: updatedMsOf(records, resource, index) }));
  return dated.sort((a, b) => a.ms - b.ms || a.index - b.index).map(({ index }) => index);
}

/** A delta since a time after the seed looks at what changed alone. */
function* walked(records: Records, resource: Resource, from: number | null, { sinceMs, order, deleted }: Wanted): Generator<number> {
  const table = records.tables[resource];
  const isChangedOnly = deleted === true || (sinceMs !== undefined && sinceMs >= SEED_ENDS_MS);
  if (isChangedOnly) {
    const changed = order === 'descending' ? table.changedLive().toReversed() : table.changedLive();
    yield* changed.filter((index) => from === null || (order === 'descending' ? index <= from : index >= from));
  } else if (order === 'descending') for (let index = from ?? table.size - 1; index >= 0; index -= 1) yield index;
  else for (let index = from ?? 0; index < table.size; index += 1) yield index;
}

function isWanted(records: Records, resource: Resource, index: number, { sinceMs, untilMs, matches, deleted = false }: Wanted): boolean {
  if (records.tables[resource].live(index).isDeleted !== deleted) return false;
  if (sinceMs !== undefined || untilMs !== undefined) {
    const updatedMs = updatedMsOf(records, resource, index);
    if (updatedMs < (sinceMs ?? 0) || updatedMs > (untilMs ?? Number.POSITIVE_INFINITY)) return false;
  }
  return matches === undefined || matches(index);
}
