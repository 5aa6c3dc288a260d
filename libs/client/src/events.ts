import { setTimeout as pause } from 'node:timers/promises';
import type { Event, EventsListData, EventsListResponses } from './generated/types.gen.js';

export interface PollOptions {
  /** Where to go on: `cursor` of the last event that was dealt with. */
  readonly cursor?: string;
  /** Where to begin without a cursor: with the oldest event (`start`, the default), or with what comes from now on. */
  readonly from?: 'start' | 'end';
  readonly tenantId?: string;
  /** How many at most are asked for at a time, 1 … 250 (100): as many come again after a stop. */
  readonly limit?: number;
  /** For how long the gateway holds a question open while there is nothing, 1 … 30 (30). 0: what is there, and then the end. */
  readonly waitS?: number;
  readonly signal?: AbortSignal;
}

export interface PolledEvent {
  readonly event: Event;
  /**
   * To be kept once the event has been dealt with. It leads to the beginning of the event's page (the last one's to the next page), so that after a stop a few
   * come again: by the same `id`. Undefined in the first page where no cursor was given: to begin as before.
   */
  readonly cursor: string | undefined;
}

type Query = NonNullable<EventsListData['query']>;

export const LONGEST_WAIT_S = 30;

/** Before the next question where an empty answer came at once, as it does of a gateway that is shutting down. */
const REST_MS = 1_000;

/** Events as they come, until the signal aborts: none is left out, and those of one record come in their order. */
export async function* pollEvents(
  read: (query: Query) => Promise<EventsListResponses[200]>,
  { cursor, from, waitS = LONGEST_WAIT_S, signal, tenantId, limit }: PollOptions,
): AsyncGenerator<PolledEvent, void, undefined> {
  const only = { wait: waitS, ...(tenantId === undefined ? {} : { tenantId }), ...(limit === undefined ? {} : { limit }) };
  for (let at = cursor; ;) {
    if (signal?.aborted === true) return;
    const where = at === undefined ? (from === undefined ? {} : { from }) : { cursor: at };
    const askedMs = performance.now();
    const page = await unlessAborted(read({ ...only, ...where }), signal);
    if (page === null) return;
    const { data, nextCursor } = page;
    for (const [index, event] of data.entries()) yield { event, cursor: index === data.length - 1 ? nextCursor : at };
    at = nextCursor;
    if (data.length > 0) continue;
    if (waitS === 0) return;
    if (performance.now() - askedMs < REST_MS)
      await unlessAborted(pause(REST_MS, undefined, signal === undefined ? {} : { signal }), signal);
  }
}

/** Null once the signal is aborted: that is how polling is meant to end. */
async function unlessAborted<Value>(pending: Promise<Value>, signal: AbortSignal | undefined): Promise<Value | null> {
  try {
    return await pending;
  } catch (error) {
    if (signal?.aborted === true) return null;
    throw error;
  }
}
