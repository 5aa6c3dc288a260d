export interface Limit {
  /** Requests per window. */
  readonly limit: number;
  readonly windowSeconds: number;
}

export interface Standing {
  readonly isAllowed: boolean;
  /** `ratelimit-*`, as Kombo's documentation names them; `reset` in seconds. */
  readonly headers: Readonly<Record<string, string>>;
}

/** High enough for any load test: a test that wants to be limited says so. */
export const DEFAULT_LIMIT: Limit = { limit: 1_000_000, windowSeconds: 60 };

/** One API key's request quota: a fixed window, as the documented headers suggest. */
export class Quota {
  #limit = DEFAULT_LIMIT;
  #windowStartMs = 0;
  #used = 0;

  setLimit(limit: Limit): void {
    this.#limit = limit;
    this.#windowStartMs = 0;
  }

  take(nowMs: number): Standing {
    const windowMs = this.#limit.windowSeconds * 1_000;
    if (nowMs - this.#windowStartMs >= windowMs || nowMs < this.#windowStartMs) {
      this.#windowStartMs = nowMs;
      this.#used = 0;
    }
    const isAllowed = this.#used < this.#limit.limit;
    if (isAllowed) this.#used += 1;
    return {
      isAllowed,
      headers: {
        'ratelimit-limit': String(this.#limit.limit),
        'ratelimit-remaining': String(this.#limit.limit - this.#used),
        'ratelimit-reset': String(Math.ceil((this.#windowStartMs + windowMs - nowMs) / 1_000)),
      },
    };
  }
}
