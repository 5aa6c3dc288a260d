import { isObject } from './raw-object.js';

/** Which documented keys of an object are read; a nested map says which of the objects below it. */
export type Taken = ReadonlyMap<string, Taken | null>;

/** `{ id: null, location: { city: null } }` as `Taken`. */
export interface TakenKeys {
  readonly [key: string]: TakenKeys | null;
}

/** A map, as a plain object would also "take" `constructor`. */
export function taken(keys: TakenKeys): Taken {
  return new Map(Object.entries(keys).map(([key, below]) => [key, below === null ? null : taken(below)]));
}

/**
 * Counts what a record holds and we leave behind, by documented name (dotted below the record); everything else counts as `*`, as a key may
 * itself be personal data. Null and empty lists count as not there.
 */
export function countDropped(raw: object, keys: Taken, documented: ReadonlySet<string>, counts: Map<string, number>, prefix = ''): void {
  for (const [key, value] of Object.entries(raw)) {
    const below = keys.get(key);
    if (below === null || value === null || (Array.isArray(value) && value.length === 0)) continue;
    const name = `${prefix}${key}`;
    if (below === undefined) increment(counts, documented.has(name) ? name : '*');
    else for (const part of [value].flat()) if (isObject(part)) countDropped(part, below, documented, counts, `${name}.`);
  }
}

function increment(counts: Map<string, number>, name: string): void {
  counts.set(name, (counts.get(name) ?? 0) + 1);
}
