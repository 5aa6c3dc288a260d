import { setTimeout as pause } from 'node:timers/promises';
import { Inject, Injectable, type OnModuleInit } from '@nestjs/common';
import { Gauge } from 'prom-client';
import type { Clock } from '#libs/model';
import { readStanding, Store, type ServiceStanding } from '#libs/store';
import { CLOCK } from '../config/clock.js';
import { Metrics } from './metrics.js';

/** Several scrapers, or an eager one, ask the database no more often than this. */
const FRESH_MS = 5000;

/** Prometheus waits 10 s by default: a busy database must not cost the other figures. */
const BUDGET_MS = 2500;

/** What the database says about the service as a whole, read when it is scraped. A database that is away leaves these figures out, and no more. */
@Injectable()
export class StandingMetrics implements OnModuleInit {
  private known: { readonly standing: Promise<ServiceStanding | null>; readonly untilMs: number } | null = null;

  constructor(
    private readonly metrics: Metrics,
    private readonly store: Store,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  onModuleInit(): void {
    this.connections();
    this.gauge(
      'gateway_integrations',
      'Integrations, by type, state and whether they are active',
      ['type', 'state', 'active'],
      (gauge, { integrations }) => {
        for (const { type, state, active, count } of integrations) gauge.set({ type, state, active: String(active) }, count);
      },
    );
    this.gauge('gateway_sync_runs_unfinished', 'Sync runs that are not finished, by state', ['state'], (gauge, { unfinishedRuns }) => {
      for (const { state, count } of unfinishedRuns) gauge.set({ state }, count);
    });
    this.gauge('gateway_syncs_overdue', 'Syncs that are due and were not asked for', [], (gauge, { overdueSyncs }) =>
      gauge.set(overdueSyncs),
    );
    this.gauge(
      'gateway_notices_pending',
      'Integrations of which webhooks announced something that no run was asked for',
      [],
      (gauge, { pendingNotices }) => gauge.set(pendingNotices),
    );
    this.gauge('gateway_tasks_waiting', 'Tasks that no worker has taken', [], (gauge, { waitingTasks }) => gauge.set(waitingTasks));
    this.gauge('gateway_task_oldest_seconds', 'How long the oldest of them has waited', [], (gauge, { oldestWaitingTaskSeconds }) =>
      gauge.set(oldestWaitingTaskSeconds),
    );
  }

  /** Of this process alone. */
  private connections(): void {
    const read = () => this.store.connections();
    const gauge = new Gauge({
      name: 'gateway_database_connections',
      help: 'Connections to the database, busy and idle, and transactions that wait for one',
      labelNames: ['state'],
      registers: [],
      async collect() {
        const { open, idle, waiting } = await read();
        for (const [state, count] of Object.entries({ busy: open - idle, idle, waiting })) this.set({ state }, count);
      },
    });
    this.metrics.registry.registerMetric(gauge);
  }

  private gauge(name: string, help: string, labelNames: string[], set: (gauge: Gauge, standing: ServiceStanding) => void): void {
    const read = () => this.standing();
    const gauge = new Gauge({
      name,
      help,
      labelNames,
      registers: [],
      async collect() {
        const standing = await read();
        this.reset();
        if (standing === null) this.remove();
        else set(this, standing);
      },
    });
    this.metrics.registry.registerMetric(gauge);
  }

  private standing(): Promise<ServiceStanding | null> {
    const nowMs = this.clock.now().getTime();
    if (this.known !== null && this.known.untilMs > nowMs) return this.known.standing;
    const look = this.store.inPlatform((tx) => readStanding(tx, this.clock.now())).catch(() => null);
    const standing = Promise.race([look, pause(BUDGET_MS, null, { ref: false })]);
    this.known = { standing, untilMs: nowMs + FRESH_MS };
    return standing;
  }
}
