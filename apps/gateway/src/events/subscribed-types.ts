const RECORDS = ['job', 'user', 'candidate', 'application'];

/** Every type of event that can be subscribed to. */
export const EVENT_TYPES: readonly string[] = [
  ...RECORDS.flatMap((resource) => ['created', 'updated', 'deleted'].map((kind) => `${resource}.${kind}`)),
  ...['result.delivered', 'result.parked'],
  ...['integration.switched', 'integration.state-changed', 'integration.deletions-held'],
  ...['consent.granted', 'consent.revoked'],
  ...['order.received', 'order.cancelled'],
  ...['sync.failed', 'sync.baseline-completed'],
];

/** What a subscription may name: types, all of a kind (`candidate.*`), or all there are (`*`). */
export const SUBSCRIBABLE: readonly string[] = ['*', ...new Set(EVENT_TYPES.map((type) => `${type.split('.')[0]}.*`)), ...EVENT_TYPES];

/** Whether a subscription to `types` is told of an event of this type, also of one that came to be later than the subscription. */
export function isSubscribed(types: readonly string[], type: string): boolean {
  return types.some((each) => each === '*' || each === type || (each.endsWith('.*') && type.startsWith(each.slice(0, -1))));
}
