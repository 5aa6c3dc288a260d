import { GatewayError } from '#libs/model';
import type { FixedWindow, RateLimit, Urgency } from '../../contract/rate.js';
import { exchange } from './exchange.js';
import { Pacer, type RateWait } from './pacer.js';
import type { RateState } from './state.js';
import type { Timing } from './timing.js';

/** What the headers say goes before 300 and 60 s. */
export const KOMBO_LIKE: FixedWindow = {
  name: 'requests',
  kind: 'fixed-window',
  scope: 'platform-key',
  counts: 'requests',
  most: 300,
  windowMs: 60_000,
  headers: { limit: 'ratelimit-limit', remaining: 'ratelimit-remaining', reset: 'ratelimit-reset' },
};

interface Event {
  readonly atMs: number;
  readonly run: () => void;
}

/** Time that passes only between events: hours of waiting in milliseconds of test. */
export class VirtualTime implements Timing {
  #nowMs = 0;
  #due: readonly Event[] = [];

  readonly nowMs = (): number => this.#nowMs;

  readonly after = (ms: number, run: () => void): (() => void) => {
    const event = { atMs: this.#nowMs + ms, run };
    this.#due = [...this.#due, event];
    return () => void (this.#due = this.#due.filter((other) => other !== event));
  };

  sleep(ms: number): Promise<void> {
    return new Promise((resolve) => this.after(ms, resolve));
  }

  /** Lets time pass; everything that becomes due on the way happens at its time. */
  async pass(ms: number): Promise<void> {
    const endMs = this.#nowMs + ms;
    for (;;) {
      await settled();
      const next = this.#due.toSorted((a, b) => a.atMs - b.atMs)[0];
      if (next === undefined || next.atMs > endMs) break;
      this.#due = this.#due.filter((event) => event !== next);
      this.#nowMs = Math.max(this.#nowMs, next.atMs);
      next.run();
    }
    this.#nowMs = endMs;
  }
}

/** Until nothing is left to do at this moment. */
const settled = (): Promise<void> => new Promise((resolve) => setImmediate(resolve));

/** A request quota as Kombo's: a fixed window that begins with its first request, told by headers in whole seconds. */
export class SimulatedSource {
  limit: number;
  windowMs: number;
  /** Whether somebody else has used up the window that now is. */
  isUsedUp: () => boolean = () => false;
  /** Every request that came: whether it was one too many, whose it was, and in which window. */
  readonly requests: { readonly refused: boolean; readonly urgency: Urgency | 'stranger'; readonly window: number }[] = [];
  #startMs = Number.NEGATIVE_INFINITY;
  #used = 0;

  constructor(
    private readonly time: VirtualTime,
    { limit, windowMs }: { readonly limit: number; readonly windowMs: number },
  ) {
    this.limit = limit;
    this.windowMs = windowMs;
  }

  get refused(): number {
    return this.requests.filter(({ refused }) => refused).length;
  }

  take(urgency: Urgency | 'stranger') {
    const nowMs = this.time.nowMs();
    if (nowMs - this.#startMs >= this.windowMs) {
      this.#startMs = nowMs;
      this.#used = 0;
    }
    if (this.isUsedUp()) this.#used = this.limit;
    const refused = this.#used >= this.limit;
    if (!refused) this.#used++;
    this.requests.push({ refused, urgency, window: this.#startMs });
    const resetMs = Math.ceil((this.#startMs + this.windowMs - nowMs) / 1000) * 1000;
    return { refused, reading: { limit: this.limit, remaining: this.limit - this.#used, resetMs } };
  }
}

interface Wanted {
  readonly tenantId?: string;
  readonly urgency?: Urgency;
  readonly signal?: AbortSignal;
  readonly withinMs?: number;
}

/** Some processes that share a limit over a database whose clock is another one than theirs. */
export class SimulatedProcesses {
  readonly time: VirtualTime;
  readonly waits: RateWait[] = [];
  readonly source: SimulatedSource;
  exchanges = 0;
  isDatabaseAway = false;
  readonly inFlight = { notice: 0, poll: 0 };
  readonly #killed = new Set<string>();
  /** Between sending and arrival, and back. */
  latencyMs: () => number = () => 20;
  #state: RateState | null = null;
  #locked: Promise<unknown> = Promise.resolve();
  private readonly pacers: readonly Pacer[];

  constructor(
    private readonly limit: RateLimit,
    { processes = 1, most = limit.most, windowMs = 60_000, time = new VirtualTime() } = {},
  ) {
    this.time = time;
    this.source = new SimulatedSource(this.time, { limit: most, windowMs });
    this.pacers = Array.from({ length: processes }, (_, index) => this.process(String(index)));
  }

  get standing(): RateState | null {
    return this.#state;
  }

  pacer(index = 0): Pacer {
    const pacer = this.pacers[index % this.pacers.length];
    if (pacer === undefined) throw new Error('no such process');
    return pacer;
  }

  /** One call: its permit, its way there, its answer. */
  async call(
    index = 0,
    { tenantId = 'a', urgency = 'poll', signal = new AbortController().signal, withinMs = 120_000 }: Wanted = {},
  ): Promise<boolean> {
    const end = await this.pacer(index).take({ tenantId, urgency, signal, withinMs });
    await this.time.sleep(this.latencyMs());
    const { refused, reading } = this.source.take(urgency);
    this.inFlight[urgency]++;
    await this.time.sleep(this.latencyMs());
    this.inFlight[urgency]--;
    end({ end: 'answered', reading, exceeded: refused ? { afterMs: reading.resetMs } : null });
    return !refused;
  }

  /** A caller that calls again and again until the time has passed; counts what it got. */
  keepCalling(index: number, wanted: Wanted = {}): { done: number } {
    const counter = { done: 0 };
    const loop = async (): Promise<void> => {
      for (;;) if (await this.call(index, wanted)) counter.done++;
    };
    loop().catch(() => undefined);
    return counter;
  }

  /** It says nothing any more from the moment on at which it has its permit. */
  kill(index: number, taken: Promise<unknown>): void {
    void taken.then(() => this.#killed.add(String(index)));
  }

  private process(name: string): Pacer {
    const step = async (message: Parameters<typeof exchange>[2]) => {
      await this.time.sleep(1);
      if (this.isDatabaseAway) throw new GatewayError('internal', { retry: { when: 'later' } });
      this.exchanges++;
      const { state, reply } = exchange(this.limit, this.#state, message, this.time.nowMs() + 1_000_000);
      // Through JSON, as the database keeps it.
      this.#state = JSON.parse(JSON.stringify(state));
      await this.time.sleep(1);
      return reply;
    };
    return new Pacer({
      timing: this.time,
      onWait: (wait) => this.waits.push(wait),
      exchange: (message) => {
        if (this.#killed.has(name)) return new Promise(() => undefined);
        const turn = this.#locked.then(() => step({ ...message, process: name }));
        this.#locked = turn.catch(() => undefined);
        return turn;
      },
    });
  }
}
