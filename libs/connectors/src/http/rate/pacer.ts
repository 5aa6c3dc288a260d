import { GatewayError } from '#libs/model';
import type { Urgency } from '../../contract/rate.js';
import { cancelled } from '../failure.js';
import type { RateMessage, RateReply } from './exchange.js';
import { LOOK_AGAIN_MS } from './grant.js';
import { Queue, type Caller } from './queue.js';
import { minus, NONE, plus, total, type Count } from './state.js';
import { Tally, type CallEnd } from './tally.js';
import type { Timing } from './timing.js';

/** Leave to send one call; to be told once how it ended. */
export type Permit = (call: CallEnd) => void;

/** A wait for a permit that is over. */
export interface RateWait {
  readonly urgency: Urgency;
  readonly waitedMs: number;
  readonly granted: boolean;
}

export interface PacerOptions {
  /** In one transaction on what all processes share. */
  readonly exchange: (message: Omit<RateMessage, 'process'>) => Promise<RateReply>;
  readonly timing: Timing;
  readonly onWait: (wait: RateWait) => void;
}

interface Asked {
  readonly tenantId: string;
  readonly urgency: Urgency;
  readonly signal: AbortSignal;
  /** A longer wait ends as `remote-rate-limited`. */
  readonly withinMs: number;
}

/** Permits that are not used for so long go back, and the others learn how the calls ended. */
const IDLE_MS = 250;

const ending = (): GatewayError => new GatewayError('internal', { retry: { when: 'later' }, context: { reason: 'process-ends' } });

/** One process's part in one limit of one credential: takes permits in small blocks, and hands them to its callers in turn. */
export class Pacer {
  readonly #queue = new Queue<Permit>();
  readonly #tally = new Tally();
  #stock = { period: 0, version: 0, count: NONE, untilMs: 0 };
  #dryUntilMs: Count = NONE;
  #isAtWork = false;
  #working: Promise<void> = Promise.resolve();
  #isClosed = false;
  #mustTell = false;
  #wake: () => void = () => undefined;
  #cancelFlush: () => void = () => undefined;

  constructor(private readonly options: PacerOptions) {}

  /** Waits for a permit. Throws `remote-rate-limited` where it would take too long, and what stopped the run where the signal aborts. */
  async take({ signal, withinMs, ...asked }: Asked): Promise<Permit> {
    if (signal.aborted) throw cancelled(signal);
    if (this.#isClosed) throw ending();
    const { nowMs } = this.options.timing;
    const sinceMs = nowMs();
    let granted = false;
    const stopped = new AbortController();
    try {
      const permit = await new Promise<Permit>((go, refuse) => {
        const caller: Caller<Permit> = { ...asked, deadlineMs: sinceMs + withinMs, go, refuse };
        const stop = (): void => {
          this.#queue.remove(caller);
          refuse(cancelled(signal));
        };
        signal.addEventListener('abort', stop, { signal: stopped.signal });
        this.#queue.add(caller);
        this.#work();
      });
      granted = true;
      return permit;
    } finally {
      stopped.abort();
      this.options.onWait({ urgency: asked.urgency, waitedMs: nowMs() - sinceMs, granted });
    }
  }

  /** One loop at a time serves all callers; whatever happens wakes it. */
  #work(): void {
    this.#wake();
    if (this.#isAtWork) return;
    this.#isAtWork = true;
    this.#working = this.#serve();
  }

  async #serve(): Promise<void> {
    try {
      for (;;) {
        this.#handOut();
        const waitMs = this.#mustTell ? 0 : this.#waitMs();
        if (waitMs === null) return;
        if (waitMs > 0) await this.#rest(waitMs);
        else await this.#trade();
      }
    } catch (error) {
      const failure = error instanceof GatewayError ? error : new GatewayError('internal', { retry: { when: 'later' } });
      for (const caller of this.#queue.callers) this.#refuse(caller, failure);
    } finally {
      this.#isAtWork = false;
      this.#flushLater();
    }
  }

  #handOut(): void {
    this.#dropExpired();
    for (const urgency of ['notice', 'poll'] as const) {
      while (this.#stock.count[urgency] > 0) {
        const caller = this.#queue.next(urgency);
        if (caller === null) break;
        this.#stock = { ...this.#stock, count: { ...this.#stock.count, [urgency]: this.#stock.count[urgency] - 1 } };
        caller.go(this.#permit(urgency));
      }
    }
    const nowMs = this.options.timing.nowMs();
    for (const caller of this.#queue.callers) {
      const afterMs = this.#dryUntilMs[caller.urgency] - nowMs;
      if (nowMs + Math.max(0, afterMs) < caller.deadlineMs) continue;
      const retry = { when: 'later', afterMs: Math.max(0, Math.ceil(afterMs)) } as const;
      this.#refuse(caller, new GatewayError('remote-rate-limited', { retry, context: { reason: 'quota' } }));
    }
  }

  #refuse(caller: Caller<Permit>, error: GatewayError): void {
    this.#queue.remove(caller);
    caller.refuse(error);
  }

  #permit(urgency: Urgency): Permit {
    const { period, version } = this.#stock;
    return (call) => {
      const nowMs = this.options.timing.nowMs();
      this.#tally.note({ period, version }, urgency, call, nowMs);
      const isRefused = call.end === 'answered' && call.exceeded !== null;
      // What was taken ahead is as much too much.
      if (isRefused) this.#dropStock();
      const isAwaited = this.#queue.callers.some((caller) => this.#isDrySoonOver(caller.urgency, nowMs));
      if (isRefused || isAwaited) this.#tell();
      else this.#flushLater();
    };
  }

  /** What is waited for by looking again and again may have come with the end of this very call. */
  #isDrySoonOver(urgency: Urgency, nowMs: number): boolean {
    return this.#dryUntilMs[urgency] <= nowMs + LOOK_AGAIN_MS;
  }

  /** Exchanges at once. */
  #tell(): void {
    this.#mustTell = true;
    this.#work();
  }

  /** How long nothing can be had for anybody who waits; null where nobody waits. */
  #waitMs(): number | null {
    if (this.#queue.callers.length === 0) return null;
    const nowMs = this.options.timing.nowMs();
    return Math.max(0, Math.min(...this.#queue.callers.map(({ urgency }) => this.#dryUntilMs[urgency] - nowMs)));
  }

  #rest(ms: number): Promise<void> {
    return new Promise((resolve) => {
      const cancel = this.options.timing.after(ms, resolve);
      this.#wake = () => {
        cancel();
        resolve();
      };
    });
  }

  async #trade(): Promise<void> {
    const sentAtMs = this.options.timing.nowMs();
    this.#mustTell = false;
    const wants = this.#queue.count();
    const reply = await this.options.exchange({ ...this.#tally.take(sentAtMs), wants });
    if (reply.period !== this.#stock.period) {
      this.#dropStock();
      this.#queue.newPeriod();
    }
    const count = plus(this.#stock.count, reply.granted);
    // From when the question left: the period may end earlier for us than for the database, never later.
    this.#stock = { period: reply.period, version: reply.version, count, untilMs: sentAtMs + reply.validMs };
    const nowMs = this.options.timing.nowMs();
    const unmet = minus(wants, reply.granted);
    const dry = (urgency: Urgency) => (unmet[urgency] > 0 ? nowMs + reply.retryInMs[urgency] : 0);
    this.#dryUntilMs = { notice: dry('notice'), poll: dry('poll') };
  }

  #dropExpired(): void {
    if (this.options.timing.nowMs() >= this.#stock.untilMs) this.#dropStock();
  }

  #dropStock(): void {
    if (total(this.#stock.count) > 0) this.#tally.giveBack(this.#stock.period, this.#stock.count);
    this.#stock = { ...this.#stock, count: NONE };
  }

  /** Gives back what is not used, and tells how calls ended. Where the database is away, the next period starts anew anyway. */
  #flushLater(): void {
    this.#cancelFlush();
    if (this.#isClosed || (this.#tally.isEmpty && total(this.#stock.count) === 0)) return;
    this.#cancelFlush = this.options.timing.after(IDLE_MS, () => {
      this.#dropStock();
      this.#tell();
    });
  }

  /** The process ends: whoever waits is refused, to be served by another one, and all that is left goes back now. */
  async close(): Promise<void> {
    this.#isClosed = true;
    this.#cancelFlush();
    for (const caller of this.#queue.callers) this.#refuse(caller, ending());
    this.#dropStock();
    this.#tell();
    await this.#working;
  }
}
