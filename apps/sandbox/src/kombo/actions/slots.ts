/** Actions of one integration that are under way at the ATS (Kombo documentation, concurrency limits; enforced since 2026-03-20). */
export class Slots {
  #inFlight = 0;

  get inFlight(): number {
    return this.#inFlight;
  }

  /** The headers of the answer; `isTaken` asks for a `release` when the action has ended. */
  take(limit: number): { readonly isTaken: boolean; readonly headers: Readonly<Record<string, string>> } {
    const isTaken = this.#inFlight < limit;
    if (isTaken) this.#inFlight += 1;
    const remaining = Math.max(0, limit - this.#inFlight);
    return { isTaken, headers: { 'Concurrency-Limit': String(limit), 'Concurrency-Remaining': String(remaining) } };
  }

  release(): void {
    this.#inFlight -= 1;
  }
}
