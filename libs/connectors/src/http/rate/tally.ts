import type { Urgency } from '../../contract/rate.js';
import type { RateMessage } from './exchange.js';
import { NONE, plus, type Count } from './state.js';
import type { Done, Observation } from './told.js';

/** What an answer said of the limit; null where its headers said nothing. */
export type Reading = Pick<Observation, 'limit' | 'remaining' | 'resetMs'>;

/** How a call with a permit ended. `unused`: it was never sent. */
export type CallEnd =
  | { readonly end: 'unused' }
  | { readonly end: 'no-answer' }
  | { readonly end: 'answered'; readonly reading: Reading | null; readonly exceeded: { readonly afterMs: number | null } | null };

interface Noted extends Omit<Observation, 'ageMs'> {
  readonly atMs: number;
}

/** The place of a permit: in which period it was granted, and what its process knew then. */
export interface Place {
  readonly period: number;
  readonly version: number;
}

const one = (urgency: Urgency): Count => ({ ...NONE, [urgency]: 1 });

/** What a process has to tell at its next exchange. */
export class Tally {
  readonly #done = new Map<number, Done>();
  #seen: readonly Noted[] = [];
  #exceeded: RateMessage['exceeded'] = null;

  get isEmpty(): boolean {
    return this.#done.size === 0;
  }

  note(place: Place, urgency: Urgency, call: CallEnd, atMs: number): void {
    if (call.end === 'unused') return this.giveBack(place.period, one(urgency));
    const taken = call.end === 'answered' && call.exceeded === null;
    this.#add({ period: place.period, answered: one(urgency), returned: NONE, taken });
    if (call.end === 'no-answer') return;
    if (call.reading !== null) this.#seen = [...this.#seen, { ...place, ...call.reading, atMs }];
    this.#exceeded = longer(this.#exceeded, call.exceeded);
  }

  giveBack(period: number, returned: Count): void {
    this.#add({ period, answered: NONE, returned, taken: false });
  }

  /** All of it, once. */
  take(nowMs: number): Pick<RateMessage, 'done' | 'seen' | 'exceeded'> {
    const seen = this.#seen.map(({ atMs, ...observation }) => ({ ...observation, ageMs: nowMs - atMs }));
    const all = { done: [...this.#done.values()], seen, exceeded: this.#exceeded };
    this.#done.clear();
    this.#seen = [];
    this.#exceeded = null;
    return all;
  }

  #add(done: Done): void {
    const before = this.#done.get(done.period) ?? { answered: NONE, returned: NONE, taken: false };
    this.#done.set(done.period, {
      period: done.period,
      answered: plus(before.answered, done.answered),
      returned: plus(before.returned, done.returned),
      taken: before.taken || done.taken,
    });
  }
}

function longer(a: RateMessage['exceeded'], b: RateMessage['exceeded']): RateMessage['exceeded'] {
  if (a === null || b === null) return a ?? b;
  return a.afterMs === null || b.afterMs === null ? { afterMs: a.afterMs ?? b.afterMs } : { afterMs: Math.max(a.afterMs, b.afterMs) };
}
