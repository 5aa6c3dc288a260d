import { Inject, Injectable, type BeforeApplicationShutdown } from '@nestjs/common';
import { GatewayError, type Clock } from '#libs/model';
import { Store, takeUnchecked } from '#libs/store';
import { CLOCK } from '../config/clock.js';
import { Log, whereOf } from '../log/log.js';
import { Metrics } from '../telemetry/metrics.js';
import { Checks } from './checks.js';

/** Whatever was changed at the source is known a day later. */
const EVERY_MS = 24 * 3600_000;

/** One call each, one after the other: 10,000 integrations a day are seven calls a minute, with room for a day's work in a morning. */
const LOOK_MS = 15_000;
const BATCH = 5;

/** Checks every active integration once a day: states that no webhook told, and drift between what the source collects and the allowlist. */
@Injectable()
export class DailyChecks implements BeforeApplicationShutdown {
  private timer: NodeJS.Timeout | undefined;
  private looking: Promise<void> | null = null;

  constructor(
    private readonly store: Store,
    private readonly checks: Checks,
    private readonly log: Log,
    private readonly metrics: Metrics,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  /** Any number of processes may: each integration is taken by one. */
  start(): void {
    this.timer = setInterval(() => {
      this.looking ??= this.look().finally(() => (this.looking = null));
    }, LOOK_MS);
  }

  async beforeApplicationShutdown(): Promise<void> {
    clearInterval(this.timer);
    await this.looking;
  }

  /** Checks what is due, a few at a time. What cannot be asked now is asked again in a day: runs find out sooner. */
  async look(): Promise<void> {
    try {
      const now = this.clock.now();
      const due = await this.store.inPlatform((tx) => takeUnchecked(tx, { now, before: new Date(now.getTime() - EVERY_MS), limit: BATCH }));
      for (const { tenantId, id } of due) await this.check(tenantId, id);
    } catch (error) {
      this.log.write('error', { event: 'check-failed', kind: kindOf(error), ...whereOf(error) });
    }
  }

  private async check(tenantId: string, id: string): Promise<void> {
    try {
      const { findings } = await this.checks.check(tenantId, id);
      this.metrics.findingsMade(findings.map(({ code }) => code));
      if (findings.length > 0)
        this.log.write('warn', { event: 'drift-found', tenantId, integrationId: id, codes: findings.map(({ code }) => code) });
    } catch (error) {
      this.log.write('info', { event: 'check-failed', tenantId, integrationId: id, kind: kindOf(error) });
    }
  }
}

const kindOf = (error: unknown) => (error instanceof GatewayError ? error.kind : 'internal');
