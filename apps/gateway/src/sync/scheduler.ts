import { Inject, Injectable, type BeforeApplicationShutdown } from '@nestjs/common';
import { SchedulerRegistry } from '@nestjs/schedule';
import { GatewayError, type Clock } from '#libs/model';
import { countMissed, pruneRuns, Store, takeDue, takeStalled, Tasks, wasRequested, type DueSync } from '#libs/store';
import { CLOCK } from '../config/clock.js';
import { Environment } from '../config/environment.js';
import { Grants } from '../consents/grants.js';
import { Log, whereOf } from '../log/log.js';
import { Heartbeats } from '../telemetry/heartbeats.js';
import { Metrics } from '../telemetry/metrics.js';
import { SyncRequests } from './requests.js';

const TICK = 'sync-tick';

/** A tick over 10,000 due tenants takes some seconds. */
const TICK_SPARE_MS = 15_000;

/** Per statement: small enough that two ticking processes share the work, large enough that 10,000 due tenants take few rounds. */
const BATCH = 200;

/** A delta every five minutes leaves 288 runs a day and tenant; two weeks are enough to see what went wrong. */
const RUN_KEPT_MS = 14 * 24 * 3600_000;

/** A source that polls its ATS tells of a change within seconds of showing it; a minute is patient. */
const WEBHOOK_LATE_MS = 60_000;

/** Longer than a page can take with all its waits (4 × 60 s, 4 × 120 s and 3 × 150 s); a task that beats is found by the queue itself, much sooner. */
const STALLED_MS = 20 * 60_000;

/** Looks for due syncs every tick. Any number of processes may tick: each due sync is taken by one (`skip locked`). */
@Injectable()
export class SyncScheduler implements BeforeApplicationShutdown {
  private ticking: Promise<void> | null = null;

  constructor(
    private readonly registry: SchedulerRegistry,
    private readonly store: Store,
    private readonly tasks: Tasks,
    private readonly requests: SyncRequests,
    private readonly grants: Grants,
    private readonly environment: Environment,
    private readonly log: Log,
    private readonly metrics: Metrics,
    private readonly heartbeats: Heartbeats,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  start(): void {
    this.heartbeats.expect(TICK, 3 * this.environment.SYNC_TICK_SECONDS * 1000 + TICK_SPARE_MS);
    const beat = () => {
      this.ticking ??= this.tick().finally(() => (this.ticking = null));
    };
    this.registry.addInterval(TICK, setInterval(beat, this.environment.SYNC_TICK_SECONDS * 1000));
    beat();
  }

  async beforeApplicationShutdown(): Promise<void> {
    if (this.registry.doesExist('interval', TICK)) this.registry.deleteInterval(TICK);
    await this.ticking;
  }

  /** One look. A failure is logged and the next tick tries again. */
  async tick(): Promise<void> {
    try {
      const due = await this.requestDue();
      const stalled = await this.reviveStalled();
      await this.prune();
      await this.countMissed();
      this.heartbeats.beat(TICK);
      if (due + stalled > 0) this.log.write('debug', { event: 'tick', due, stalled });
    } catch (error) {
      const kind = error instanceof GatewayError ? error.kind : 'internal';
      this.log.write('error', { event: 'tick-failed', kind, ...whereOf(error) });
    }
  }

  private async requestDue(): Promise<number> {
    for (let total = 0; ;) {
      const now = this.clock.now();
      const againAt = new Date(now.getTime() + this.environment.SYNC_DELTA_SECONDS * 1000);
      const due = await this.store.inPlatform((tx) => takeDue(tx, { now, againAt, limit: BATCH }));
      for (const sync of due) await this.request(sync);
      total += due.length;
      if (due.length < BATCH) return total;
    }
  }

  /**
   * A tenant without consent is not asked for; recording consent makes it due again. Nor one whose run was asked for since it was due: it may
   * have ended between this tick's look and now.
   */
  private async request({ tenantId, integrationId, mode, dueAt }: DueSync): Promise<void> {
    await this.store.inTenant(tenantId, async (tx) => {
      const outcome = await this.grants.ask(tx, tenantId, 'sync');
      if (!outcome.granted || outcome.grant.integrationId !== integrationId) return;
      const { grant } = outcome;
      const resources = [...grant.fields.keys()];
      if (await wasRequested(tx, { tenantId, integrationId, resources, since: dueAt })) return;
      await this.requests.request(tx, { grant, mode, cause: 'schedule' });
    });
  }

  private async prune(): Promise<void> {
    const before = new Date(this.clock.now().getTime() - RUN_KEPT_MS);
    await this.store.inPlatform((tx) => pruneRuns(tx, { before, limit: BATCH }));
  }

  /** A poll's find counts as missed only once the webhook has had time to come. */
  private async countMissed(): Promise<void> {
    const before = new Date(this.clock.now().getTime() - WEBHOOK_LATE_MS);
    const missed = await this.store.inPlatform((tx) => countMissed(tx, before));
    this.metrics.webhooksMissed(missed);
    if (missed > 0) this.log.write('warn', { event: 'webhooks-missed', count: missed });
  }

  private async reviveStalled(): Promise<number> {
    const now = this.clock.now();
    return this.store.inPlatform(async (tx) => {
      const stalled = await takeStalled(tx, { now, before: new Date(now.getTime() - STALLED_MS) });
      for (const { tenantId, id } of stalled) await this.tasks.enqueueSyncRun(tx, { tenantId, runId: id });
      return stalled.length;
    });
  }
}
