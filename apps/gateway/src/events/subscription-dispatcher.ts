import { setTimeout as pause } from 'node:timers/promises';
import { Inject, Injectable, type BeforeApplicationShutdown } from '@nestjs/common';
import { GatewayError, type Clock } from '#libs/model';
import {
  claimSubscriptions,
  keepSubscriptions,
  leaveSubscriptions,
  stillHeld,
  Store,
  type Failing,
  type HeldSubscription,
} from '#libs/store';
import { Looking } from '../background/looking.js';
import { CLOCK } from '../config/clock.js';
import { Log, whereOf } from '../log/log.js';
import { Metrics } from '../telemetry/metrics.js';
import { FeedTail } from './feed-tail.js';
import { Posting, type PostOutcome } from './posting.js';
import { Selection } from './selection.js';
import { Signatures } from './signatures.js';
import { SubscriptionRun } from './subscription-run.js';

/** How soon a subscription is taken up that was made, is due again or was left, and how soon a change or a deletion stops what is under way. */
const LOOK_MS = 500;

/** A worker that dies leaves its subscriptions for so long; one that lives says so three times as often. */
const LEASE_MS = 15_000;
const BEAT_MS = 5_000;

/** Of the 9.5 s that a process has to end. What is broken off is delivered again. */
const GRACE_MS = 4_000;

/** One that has nothing to deliver costs next to nothing, so that a worker keeps it. */
const MOST_HELD = 500;
const MOST_AT_ONCE = 50;

/** Takes up subscriptions that nobody delivers for. Any number of processes may: each is taken up by one (`skip locked`). */
@Injectable()
export class SubscriptionDispatcher implements BeforeApplicationShutdown {
  private readonly looking = new Looking(() => this.takeUp());
  private readonly running = new Map<SubscriptionRun, Promise<void>>();
  private beating: NodeJS.Timeout | undefined;
  private leaving: Promise<void> | null = null;

  constructor(
    private readonly store: Store,
    private readonly tail: FeedTail,
    private readonly selection: Selection,
    private readonly posting: Posting,
    private readonly signatures: Signatures,
    private readonly log: Log,
    private readonly metrics: Metrics,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  start(): void {
    this.looking.start(LOOK_MS);
    this.beating = setInterval(() => void this.beat(), BEAT_MS);
  }

  /** What is under way may end; then others may have the subscriptions at once. */
  leave(): Promise<void> {
    this.leaving ??= this.end();
    return this.leaving;
  }

  beforeApplicationShutdown(): Promise<void> {
    return this.leave();
  }

  private async end(): Promise<void> {
    await this.looking.stop();
    const runs = [...this.running.keys()];
    for (const run of runs) run.finish();
    await Promise.race([this.ended(), pause(GRACE_MS, undefined, { ref: false })]);
    for (const run of runs) run.lose();
    await this.ended();
    clearInterval(this.beating);
    const holdings = runs.map(({ held }) => held);
    if (runs.length > 0)
      await this.store.inPlatform((tx) => leaveSubscriptions(tx, holdings)).catch((error) => this.failed('leave', error));
  }

  /** Looks now, in a process that delivers. */
  look(): void {
    if (this.looking.isStarted) this.looking.look();
  }

  private async ended(): Promise<void> {
    await Promise.all(this.running.values());
  }

  private async takeUp(): Promise<boolean> {
    try {
      const holdings = [...this.running.keys()].map(({ held }) => held);
      const [own, claimed] = await this.store.inPlatform(async (tx) => [await stillHeld(tx, holdings), await this.claim(tx, holdings)]);
      for (const run of this.running.keys()) if (holdings.includes(run.held) && !own.has(run.held.id)) run.lose();
      for (const held of claimed) this.begin(held);
      return claimed.length === MOST_AT_ONCE;
    } catch (error) {
      this.failed('claim', error);
      return false;
    }
  }

  private async claim(tx: Parameters<typeof claimSubscriptions>[0], holdings: readonly HeldSubscription[]): Promise<HeldSubscription[]> {
    const limit = Math.min(MOST_AT_ONCE, MOST_HELD - holdings.length);
    if (limit <= 0) return [];
    const now = this.clock.now();
    return claimSubscriptions(tx, { now, leaseUntil: this.leaseFrom(now), except: holdings.map(({ id }) => id), limit });
  }

  private begin(held: HeldSubscription): void {
    const run = this.runFor(held);
    if (run === null) return;
    const work = this.work(run).finally(() => {
      this.running.delete(run);
      this.look();
    });
    this.running.set(run, work);
  }

  /** Null where its secrets do not open: the others that were taken up with it go on. */
  private runFor(held: HeldSubscription): SubscriptionRun | null {
    const { store, tail, selection, posting, clock, metrics } = this;
    try {
      const sign = this.signatures.signerOf(held.id, held.secrets);
      const attempted = ({ error, durationMs }: PostOutcome) => metrics.eventPosted(error, durationMs / 1000);
      return new SubscriptionRun(held, { store, tail, selection, posting, clock, sign, attempted });
    } catch (error) {
      this.failed('deliver', error, held.id);
      return null;
    }
  }

  private async work(run: SubscriptionRun): Promise<void> {
    const { id } = run.held;
    try {
      const failing = await run.work();
      if (failing !== null) this.tell(id, failing);
    } catch (error) {
      this.failed('deliver', error, id);
    }
  }

  private tell(subscriptionId: string, { failures, error, status, disabled }: Failing): void {
    if (disabled === null) this.log.write('info', { event: 'subscription-failing', subscriptionId, failures, error, status });
    else this.log.write('warn', { event: 'subscription-disabled', subscriptionId, reason: disabled, failures, error, status });
    if (disabled !== null) this.metrics.subscriptionDisabled(disabled);
  }

  private async beat(): Promise<void> {
    const holdings = [...this.running.keys()].map(({ held }) => held);
    if (holdings.length === 0) return;
    const until = this.leaseFrom(this.clock.now());
    await this.store.inPlatform((tx) => keepSubscriptions(tx, holdings, until)).catch((error) => this.failed('beat', error));
  }

  private leaseFrom = (now: Date): Date => new Date(now.getTime() + LEASE_MS);

  private failed(step: 'claim' | 'deliver' | 'beat' | 'leave', error: unknown, subscriptionId?: string): void {
    const kind = error instanceof GatewayError ? error.kind : 'internal';
    const of = subscriptionId === undefined ? {} : { subscriptionId };
    this.log.write('error', { event: 'subscription-failed', step, kind, ...whereOf(error), ...of });
  }
}
