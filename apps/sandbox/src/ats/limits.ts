import type { AdvancingClock } from '../clock.js';

/** What a vendor takes of requests from one account. */
export type Limit =
  | { readonly kind: 'fixed-window'; readonly most: number; readonly windowMs: number }
  | { readonly kind: 'token-bucket'; readonly most: number; readonly perSecond: number }
  /** `path`: only requests of these. */
  | { readonly kind: 'concurrency'; readonly most: number; readonly path?: RegExp };

export interface Standing {
  readonly limit: number;
  readonly remaining: number;
  /** Until the window ends, or the bucket has room. */
  readonly waitMs: number;
  /** When the window ends. */
  readonly endsMs: number;
  /** Of what may be under way at once, this request counted; the tightest that it is under. */
  readonly slots?: Slots;
}

interface Slots {
  readonly limit: number;
  readonly remaining: number;
}

export interface Taken {
  readonly isAllowed: boolean;
  /** Of the window or bucket; null where the vendor has none. */
  readonly standing: Standing | null;
  /** To be called when the answer is out. */
  readonly release: () => void;
}

interface Count {
  startMs: number;
  used: number;
}

/** One account's counts. */
export class Counters {
  readonly #counts = new Map<Limit, Count>();

  constructor(private readonly clock: AdvancingClock) {}

  /** Counts the request against every limit. `most` replaces that of windows and buckets. */
  take(limits: readonly Limit[], path: string, most: number | null): Taken {
    const held: Limit[] = [];
    let standing: Standing | null = null;
    let slots: Slots | undefined;
    let isAllowed = true;
    for (const limit of limits) {
      if (limit.kind === 'concurrency') {
        if (limit.path !== undefined && !limit.path.test(path)) continue;
        const isFree = this.#count(limit).used < limit.most;
        if (isFree) this.#count(limit).used += 1;
        if (isFree) held.push(limit);
        isAllowed &&= isFree;
        const remaining = limit.most - this.#count(limit).used;
        if (slots === undefined || remaining < slots.remaining) slots = { limit: limit.most, remaining };
      } else {
        const size = most ?? limit.most;
        standing = limit.kind === 'fixed-window' ? this.#window(limit, size) : this.#bucket(limit, size);
        isAllowed &&= standing.waitMs === 0;
      }
    }
    const release = () => {
      for (const limit of held.splice(0)) this.#count(limit).used -= 1;
    };
    return { isAllowed, standing: standing && slots ? { ...standing, slots } : standing, release };
  }

  #count(limit: Limit): Count {
    const count = this.#counts.get(limit) ?? { startMs: this.clock.nowMs(), used: 0 };
    this.#counts.set(limit, count);
    return count;
  }

  #window(limit: Extract<Limit, { kind: 'fixed-window' }>, most: number): Standing {
    const nowMs = this.clock.nowMs();
    const count = this.#count(limit);
    if (nowMs - count.startMs >= limit.windowMs) Object.assign(count, { startMs: nowMs, used: 0 });
    const endsMs = count.startMs + limit.windowMs;
    if (count.used >= most) return { limit: most, remaining: 0, waitMs: Math.max(1, endsMs - nowMs), endsMs };
    count.used += 1;
    return { limit: most, remaining: most - count.used, waitMs: 0, endsMs };
  }

  /** `used` drains with time. */
  #bucket(limit: Extract<Limit, { kind: 'token-bucket' }>, most: number): Standing {
    const nowMs = this.clock.nowMs();
    const count = this.#count(limit);
    count.used = Math.max(0, count.used - ((nowMs - count.startMs) * limit.perSecond) / 1_000);
    count.startMs = nowMs;
    const waitMs = Math.ceil(((count.used + 1 - most) * 1_000) / limit.perSecond);
    if (waitMs > 0) return { limit: most, remaining: 0, waitMs, endsMs: nowMs + waitMs };
    count.used += 1;
    return { limit: most, remaining: Math.floor(most - count.used), waitMs: 0, endsMs: nowMs };
  }
}
