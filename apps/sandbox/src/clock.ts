import { systemClock, type Clock } from '#libs/model';

/** The sandbox's own time: another clock's, and what was added on request. */
export class AdvancingClock implements Clock {
  #aheadMs = 0;

  constructor(private readonly base: Clock = systemClock) {}

  now(): Date {
    return new Date(this.base.now().getTime() + this.#aheadMs);
  }

  nowMs(): number {
    return this.now().getTime();
  }

  advanceMs(ms: number): void {
    this.#aheadMs += ms;
  }
}
