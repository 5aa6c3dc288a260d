import type { Clock } from '#libs/model';
import { settleSubscription, type Failing, type FeedPosition, type FeedRow, type HeldSubscription, type Store } from '#libs/store';
import { eventOf } from './event.js';
import { failingAfter } from './failing.js';
import type { FeedTail } from './feed-tail.js';
import { messageOf } from './message.js';
import { deliverPage, type PageOutcome } from './page-delivery.js';
import type { Posting, PostOutcome } from './posting.js';
import type { Selection } from './selection.js';
import type { Sign } from './signatures.js';

/** How often it is written down that events were passed over which the subscription is not told of. */
const PASSED_OVER_MS = 2000;

export interface RunTools {
  readonly store: Store;
  readonly tail: FeedTail;
  readonly selection: Selection;
  readonly posting: Posting;
  readonly clock: Clock;
  readonly sign: Sign;
  /** Told of each attempt. */
  readonly attempted: (outcome: PostOutcome) => void;
}

/**
 * One worker's delivering for one subscription, page by page, until it fails, is lost to another, or the process ends. A page is begun when all before it
 * were delivered, and written down when it ends: a crash repeats no more than one page.
 */
export class SubscriptionRun {
  private readonly lost = new AbortController();
  private readonly finishing = new AbortController();
  private position: FeedPosition;
  private ahead: ReadonlySet<string>;
  private failures: number;
  private failingSince: Date | null;
  private writtenMs = performance.now();
  private isWritten = true;

  constructor(
    readonly held: HeldSubscription,
    private readonly tools: RunTools,
  ) {
    this.position = held.position;
    this.ahead = new Set(held.ahead);
    this.failures = held.failures;
    this.failingSince = held.failingSince === null ? null : new Date(held.failingSince);
  }

  /** Breaks off what is under way: the subscription is not this worker's any more. */
  lose(): void {
    this.lost.abort();
    this.finish();
  }

  /** Begins nothing more; what is under way ends. */
  finish(): void {
    this.finishing.abort();
  }

  /** Delivers until there is a failure, which is returned; null where it was lost or is to end. Throws where the database is away. */
  async work(): Promise<Failing | null> {
    try {
      await this.tools.tail.fresh();
      let failing: Failing | null = null;
      while (failing === null && !this.finishing.signal.aborted) failing = await this.step();
      if (failing === null && !this.isWritten) await this.write(null, []);
      return failing;
    } catch (error) {
      if (this.lost.signal.aborted) return null;
      throw error;
    }
  }

  private async step(): Promise<Failing | null> {
    const { tail, selection } = this.tools;
    const { after } = this.position;
    const page = await tail.read(this.position);
    if (page.rows.length === 0) {
      this.position = page.position;
      await tail.beyond(page.position.after, this.finishing.signal);
      return null;
    }
    const told = await selection.of(this.held, page.rows);
    const outcome = await this.deliver(told.filter(({ seq }) => !this.ahead.has(seq)));
    const done = new Set([...this.ahead, ...outcome.delivered]);
    const missing = told.findIndex(({ seq }) => !done.has(seq));
    if (missing === -1) {
      this.position = page.position;
      this.ahead = new Set();
    } else {
      this.position = { after, until: page.until, seq: this.lastBefore(told[missing], page.rows) };
      this.ahead = new Set(told.slice(missing).flatMap(({ seq }) => (done.has(seq) ? [seq] : [])));
    }
    return this.settle(outcome);
  }

  private lastBefore(missing: FeedRow | undefined, rows: readonly FeedRow[]): string {
    const at = rows.findIndex((row) => row === missing);
    return rows[at - 1]?.seq ?? this.position.seq;
  }

  private deliver(rows: readonly FeedRow[]): Promise<PageOutcome> {
    const isStopping = () => this.finishing.signal.aborted;
    return deliverPage({ rows, failures: this.failures, isStopping, send: (row, attempt) => this.send(row, attempt) });
  }

  private async send(row: FeedRow, number: number) {
    const { posting, sign, clock, attempted } = this.tools;
    const event = eventOf(row);
    const at = clock.now();
    const outcome = await posting.post(messageOf(this.held.url, event, sign, at), this.lost.signal);
    attempted(outcome);
    const { error, status, durationMs } = outcome;
    const state: 'delivered' | 'failed' = error === null ? 'delivered' : 'failed';
    return { outcome, attempt: { eventId: event.id, type: event.type, attempt: number, state, status, error, durationMs, at } };
  }

  private async settle({ attempts, failure }: PageOutcome): Promise<Failing | null> {
    const before = { failures: this.failures, since: this.failingSince };
    const failing = failure === null ? null : failingAfter(failure, before, this.tools.clock.now());
    this.isWritten = false;
    const isDue = performance.now() - this.writtenMs > PASSED_OVER_MS;
    if (attempts.length > 0 || failing !== null || isDue) await this.write(failing, attempts);
    return failing;
  }

  private async write(failing: Failing | null, attempts: PageOutcome['attempts']): Promise<void> {
    const { store } = this.tools;
    const progress = { position: this.position, ahead: [...this.ahead], attempts, failing };
    const isOurs = await store.inPlatform((tx) => settleSubscription(tx, this.held, progress));
    if (!isOurs) return this.lose();
    if (attempts.length > 0) [this.failures, this.failingSince] = [0, null];
    [this.isWritten, this.writtenMs] = [true, performance.now()];
  }
}
