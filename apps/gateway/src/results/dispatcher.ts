import { setTimeout as pause } from 'node:timers/promises';
import { Inject, Injectable, type BeforeApplicationShutdown } from '@nestjs/common';
import { GatewayError, type Clock } from '#libs/model';
import { claimDelivery, keepLease, Store, type ClaimedDelivery } from '#libs/store';
import { Looking } from '../background/looking.js';
import { CLOCK } from '../config/clock.js';
import { Environment } from '../config/environment.js';
import { Log, whereOf } from '../log/log.js';
import { Metrics } from '../telemetry/metrics.js';
import { Delivery } from './delivery.js';

/** How soon a delivery is found that no process was told of, or that had to wait: one look at an index. */
const LOOK_MS = 1000;

/** A worker that dies leaves its deliveries for so long; one that lives says so three times as often. */
const LEASE_MS = 60_000;
const BEAT_MS = 20_000;

/** Of the 9.5 s that a process has to end. */
const GRACE_MS = 6_000;

/** One tenant's slow ATS does not take all the places. */
const MOST_OF_A_TENANT = 2;

/** Takes up deliveries that are due, as many at once as the process may. Any number of processes may: each is taken up by one (`skip locked`). */
@Injectable()
export class ResultDispatcher implements BeforeApplicationShutdown {
  private readonly looking = new Looking(() => this.takeUp());
  private readonly stop = new AbortController();
  private readonly working = new Map<Promise<void>, string>();

  constructor(
    private readonly store: Store,
    private readonly delivery: Delivery,
    private readonly environment: Environment,
    private readonly log: Log,
    private readonly metrics: Metrics,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  start(): void {
    this.looking.start(LOOK_MS);
  }

  /** What is at work may end: a call that is broken off may have arrived. */
  async beforeApplicationShutdown(): Promise<void> {
    await this.looking.stop();
    const ended = Promise.all(this.working.keys());
    await Promise.race([ended, pause(GRACE_MS, undefined, { ref: false })]);
    this.stop.abort();
    await ended;
  }

  /** Looks now, in a process that delivers. */
  look(): void {
    if (this.looking.isStarted) this.looking.look();
  }

  private async takeUp(): Promise<boolean> {
    if (this.working.size >= this.environment.RESULT_CONCURRENCY) return false;
    try {
      return await this.takeOne();
    } catch (error) {
      this.failed('claim', error);
      return false;
    }
  }

  private async takeOne(): Promise<boolean> {
    const now = this.clock.now();
    const leaseUntil = new Date(now.getTime() + LEASE_MS);
    const claimed = await this.store.inPlatform((tx) => claimDelivery(tx, { now, leaseUntil, except: this.busyTenants() }));
    if (claimed === null) return false;
    const work = this.work(claimed).finally(() => {
      this.working.delete(work);
      this.look();
    });
    this.working.set(work, claimed.tenantId);
    return true;
  }

  private busyTenants(): readonly string[] {
    const tenants = [...this.working.values()];
    return [...new Set(tenants)].filter((tenant) => tenants.filter((each) => each === tenant).length >= MOST_OF_A_TENANT);
  }

  private async work(delivery: ClaimedDelivery): Promise<void> {
    const { tenantId, applicationId, attempt } = delivery;
    const lost = new AbortController();
    const beat = setInterval(() => void this.beat(delivery, lost), BEAT_MS);
    const startedMs = performance.now();
    try {
      const settlement = await this.delivery.deliver(delivery, AbortSignal.any([this.stop.signal, lost.signal]));
      if (settlement === null) return;
      const kind = settlement.state === 'delivered' ? null : settlement.error;
      this.metrics.resultAttempted(settlement.state, kind, (performance.now() - startedMs) / 1000);
      const level = settlement.state === 'parked' || settlement.state === 'rejected' ? 'warn' : 'info';
      this.log.write(level, { event: 'result-attempted', tenantId, applicationId, attempt, state: settlement.state, kind });
    } catch (error) {
      this.failed('deliver', error, { tenantId, applicationId });
    } finally {
      clearInterval(beat);
    }
  }

  private async beat(delivery: ClaimedDelivery, lost: AbortController): Promise<void> {
    const leaseUntil = new Date(this.clock.now().getTime() + LEASE_MS);
    const kept = await this.store.inTenant(delivery.tenantId, (tx) => keepLease(tx, delivery, leaseUntil)).catch(() => true);
    if (!kept) lost.abort();
  }

  private failed(
    step: 'claim' | 'deliver',
    error: unknown,
    of: { readonly tenantId?: string; readonly applicationId?: string } = {},
  ): void {
    const kind = error instanceof GatewayError ? error.kind : 'internal';
    this.log.write('error', { event: 'result-failed', step, kind, ...whereOf(error), ...of });
  }
}
