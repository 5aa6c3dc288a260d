import type { Event, EventsListData, EventsListResponses } from './generated/types.gen.js';

export interface PollOptions {
  /** Where to go on: `cursor` of the last event that was dealt with. */
  readonly cursor?: string;
  /** Where to begin without a cursor: with the oldest event (`start`, the default), or with what comes from now on. */
  readonly from?: 'start' | 'end';
  readonly tenantId?: string;
  /** For how long the gateway holds a question open while there is nothing, 0 … 30 (30). */
  readonly waitS?: number;
  readonly signal?: AbortSignal;
}

export interface PolledEvent {
  readonly event: Event;
  /** To be kept once the event has been dealt with. It leads to the beginning of the event's page, so that after a stop a few come again: by the same `id`. */
  readonly cursor: string | undefined;
}

type Query = NonNullable<EventsListData['query']>;

const LONGEST_WAIT_S = 30;

/** Events as they come, until the signal aborts: none is left out, and those of one record come in their order. */
export async function* pollEvents(
  read: (query: Query) => Promise<EventsListResponses[200]>,
  { cursor, from, tenantId, waitS = LONGEST_WAIT_S, signal }: PollOptions,
): AsyncGenerator<PolledEvent, void, undefined> {
  const only = { ...(tenantId === undefined ? {} : { tenantId }), wait: waitS };
  for (let at = cursor; ;) {
    if (signal?.aborted === true) return;
    const where = at === undefined ? (from === undefined ? {} : { from }) : { cursor: at };
    const { data, nextCursor } = await read({ ...only, ...where });
    for (const [index, event] of data.entries()) yield { event, cursor: index === data.length - 1 ? nextCursor : at };
    at = nextCursor;
  }
}
