import { Injectable } from '@nestjs/common';
import { collectDefaultMetrics, Counter, Histogram, Registry } from 'prom-client';
import type { ErrorKind, Resource } from '#libs/model';
import type { SyncProgress } from '#libs/store';

/** From a page of our own to a call that was waited for a minute. */
const SECONDS = [0.002, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30, 60];

/** What becomes of a record that was read. */
const OUTCOMES = ['created', 'changed', 'unchanged', 'deleted', 'setAside'] as const;

interface RequestEnd {
  readonly method: string;
  /** The route's template: an address may name a person. */
  readonly route: string;
  readonly status: number;
  readonly seconds: number;
}

interface RunEnd {
  readonly mode: string;
  readonly cause: string;
  readonly state: string;
  readonly kind: ErrorKind | null;
  readonly seconds: number;
}

interface CallEnd {
  readonly connector: string;
  /** An HTTP status, or why there was none. */
  readonly outcome: string;
  readonly seconds: number;
}

/**
 * What this process counts, for Prometheus. Every label comes from a closed list; none is a tenant, of whom there are many: a tenant's own
 * figures are at its status.
 */
@Injectable()
export class Metrics {
  readonly registry = new Registry();
  private readonly registers = [this.registry];

  private readonly requests = new Histogram({
    name: 'gateway_http_request_seconds',
    help: 'Answered requests, by route and status',
    labelNames: ['method', 'route', 'status'],
    buckets: SECONDS,
    registers: this.registers,
  });
  private readonly runs = new Histogram({
    name: 'gateway_sync_run_seconds',
    help: 'Ended sync runs, by mode, cause, state and error kind',
    labelNames: ['mode', 'cause', 'state', 'kind'],
    buckets: [0.1, 0.5, 1, 5, 15, 60, 300, 900, 3600, 14_400],
    registers: this.registers,
  });
  private readonly records = new Counter({
    name: 'gateway_records_total',
    help: 'Records of stored pages, by resource and what became of them',
    labelNames: ['resource', 'outcome'],
    registers: this.registers,
  });
  private readonly calls = new Histogram({
    name: 'gateway_source_call_seconds',
    help: 'Attempts at calls to sources, by connector and status (or why there was none)',
    labelNames: ['connector', 'outcome'],
    buckets: SECONDS,
    registers: this.registers,
  });
  private readonly results = new Histogram({
    name: 'gateway_result_attempt_seconds',
    help: 'Attempts at delivering results, by the state that they ended in and error kind',
    labelNames: ['state', 'kind'],
    buckets: SECONDS,
    registers: this.registers,
  });
  private readonly posts = new Histogram({
    name: 'gateway_event_post_seconds',
    help: 'Posts of events to subscribers, by what went wrong (or nothing)',
    labelNames: ['error'],
    buckets: SECONDS,
    registers: this.registers,
  });
  private readonly disabled = new Counter({
    name: 'gateway_subscriptions_disabled_total',
    help: 'Subscriptions that were disabled, by reason',
    labelNames: ['reason'],
    registers: this.registers,
  });
  private readonly waits = new Histogram({
    name: 'gateway_source_wait_seconds',
    help: 'How long calls waited for a source’s limits, by connector and urgency',
    labelNames: ['connector', 'urgency'],
    buckets: SECONDS,
    registers: this.registers,
  });
  private readonly webhooks = new Counter({
    name: 'gateway_webhooks_total',
    help: 'Webhooks received, by type and what became of them',
    labelNames: ['connector', 'type', 'outcome'],
    registers: this.registers,
  });
  private readonly missed = new Counter({
    name: 'gateway_webhooks_missed_total',
    help: 'Polls that found changes which no webhook had announced',
    registers: this.registers,
  });
  private readonly findings = new Counter({
    name: 'gateway_integration_findings_total',
    help: 'What daily checks found, by code',
    labelNames: ['code'],
    registers: this.registers,
  });

  constructor() {
    collectDefaultMetrics({ register: this.registry });
  }

  requestEnded({ method, route, status, seconds }: RequestEnd): void {
    this.requests.observe({ method, route, status }, seconds);
  }

  runEnded({ mode, cause, state, kind, seconds }: RunEnd): void {
    this.runs.observe({ mode, cause, state, kind: kind ?? 'none' }, seconds);
  }

  /** `before`, `after`: a run's progress around one page. */
  pageStored(resource: Resource, before: SyncProgress, after: SyncProgress): void {
    for (const outcome of OUTCOMES) {
      const count = after[outcome] - before[outcome];
      if (count > 0) this.records.inc({ resource, outcome }, count);
    }
  }

  callEnded({ connector, outcome, seconds }: CallEnd): void {
    this.calls.observe({ connector, outcome }, seconds);
  }

  resultAttempted(state: string, kind: string | null, seconds: number): void {
    this.results.observe({ state, kind: kind ?? 'none' }, seconds);
  }

  eventPosted(error: string | null, seconds: number): void {
    this.posts.observe({ error: error ?? 'none' }, seconds);
  }

  subscriptionDisabled(reason: string): void {
    this.disabled.inc({ reason });
  }

  callWaited(connector: string, urgency: string, seconds: number): void {
    this.waits.observe({ connector, urgency }, seconds);
  }

  webhookReceived(connector: string, type: string, outcome: string): void {
    this.webhooks.inc({ connector, type, outcome });
  }

  webhooksMissed(count: number): void {
    this.missed.inc(count);
  }

  findingsMade(codes: readonly string[]): void {
    for (const code of codes) this.findings.inc({ code });
  }
}
