import type { Clock } from '#libs/model';

/** A clock that stands still until the test moves it. */
export class TestClock implements Clock {
  #nowMs: number;

  constructor(start = '2026-11-22T10:00:00.000Z') {
    this.#nowMs = new Date(start).getTime();
  }

  now(): Date {
    return new Date(this.#nowMs);
  }

  set(time: string | Date): void {
    this.#nowMs = new Date(time).getTime();
  }

  advanceMs(ms: number): void {
    this.#nowMs += ms;
  }
}
