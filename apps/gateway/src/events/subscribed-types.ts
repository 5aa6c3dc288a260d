import { EVENT_TYPES } from './event.schema.js';

const KINDS = new Set(EVENT_TYPES.map((type) => `${type.split('.')[0]}.*`));

/** What a subscription may name: types, all of a kind (`candidate.*`), or all there are (`*`). */
export const SUBSCRIBABLE: readonly string[] = ['*', ...KINDS, ...EVENT_TYPES];

/** Whether a subscription to `types` is told of an event of this type, also of one that came to be later than the subscription. */
export function isSubscribed(types: readonly string[], type: string): boolean {
  return types.some((each) => each === '*' || each === type || (each.endsWith('.*') && type.startsWith(each.slice(0, -1))));
}
