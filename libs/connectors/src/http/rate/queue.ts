import type { Urgency } from '../../contract/rate.js';
import type { Count } from './state.js';

/** A call that waits for its permit. */
export interface Caller<Permit> {
  readonly tenantId: string;
  readonly urgency: Urgency;
  readonly deadlineMs: number;
  readonly go: (permit: Permit) => void;
  readonly refuse: (error: Error) => void;
}

/** The calls of one process that wait for the same limit. Tenants take turns: next is who had the least in this period, then who waits longest. */
export class Queue<Permit> {
  #waiting: readonly Caller<Permit>[] = [];
  readonly #uses = new Map<string, number>();

  get callers(): readonly Caller<Permit>[] {
    return this.#waiting;
  }

  count(): Count {
    const of = (urgency: Urgency) => this.#waiting.filter((caller) => caller.urgency === urgency).length;
    return { notice: of('notice'), poll: of('poll') };
  }

  add(caller: Caller<Permit>): void {
    this.#waiting = [...this.#waiting, caller];
  }

  remove(caller: Caller<Permit>): void {
    this.#waiting = this.#waiting.filter((other) => other !== caller);
  }

  /** Takes the next one out, and counts it as a use of its tenant. */
  next(urgency: Urgency): Caller<Permit> | null {
    let next: Caller<Permit> | null = null;
    for (const caller of this.#waiting) {
      if (caller.urgency === urgency && (next === null || this.#usesOf(caller) < this.#usesOf(next))) next = caller;
    }
    if (next === null) return null;
    this.remove(next);
    this.#uses.set(next.tenantId, this.#usesOf(next) + 1);
    return next;
  }

  /** Everybody starts from nothing again. */
  newPeriod(): void {
    this.#uses.clear();
  }

  #usesOf({ tenantId }: Caller<Permit>): number {
    return this.#uses.get(tenantId) ?? 0;
  }
}
