import { setTimeout as pause } from 'node:timers/promises';
import { Inject, Injectable, type BeforeApplicationShutdown } from '@nestjs/common';
import type { Connector, InboundWebhook } from '#libs/connectors';
import type { GrantOutcome } from '#libs/consent';
import type { Clock, Resource } from '#libs/model';
import { findAccounts, recordWebhooks, Store, webhookKey, type KnownAccount, type Transaction, type WebhookToRecord } from '#libs/store';
import { CLOCK } from '../config/clock.js';
import { Grants } from '../consents/grants.js';
import { Metrics } from '../telemetry/metrics.js';
import { Gathering } from './gathering.js';
import { NoticeDispatcher } from './notice-dispatcher.js';

/** Kombo sends several webhooks for one sync of its own, some seconds apart: with 5 s they make two syncs of ours at most. */
const QUIET_MS = 5000;

/** A source that never falls silent is read at least this often. */
const LONGEST_MS = 30_000;

/** PostgreSQL is restarted within seconds. A sender's timeout is not documented; an answer that comes too late costs a repetition. */
const PATIENCE_MS = 25_000;

/** What became of a webhook. `recorded` and `duplicate` are kept, everything else is only counted. */
export type WebhookOutcome = 'recorded' | 'duplicate' | 'unknown' | 'inactive' | 'not-consented' | 'malformed' | 'nothing';

export interface ReceivedWebhook {
  readonly connector: Connector;
  readonly webhook: InboundWebhook;
  /** Whose it is, where the address that it came to says so; else its account does. */
  readonly owner: KnownAccount | null;
  outcome: WebhookOutcome;
}

/** Takes webhooks in: recorded and announced in one transaction, before they are answered. */
@Injectable()
export class Reception implements BeforeApplicationShutdown {
  private readonly gathering: Gathering<ReceivedWebhook>;

  constructor(
    private readonly store: Store,
    private readonly grants: Grants,
    private readonly dispatcher: NoticeDispatcher,
    private readonly metrics: Metrics,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {
    this.gathering = new Gathering({
      commit: (received) => this.record(received),
      clock,
      sleep: (ms) => pause(ms),
      most: 200,
      mostWaiting: 20_000,
      patienceMs: PATIENCE_MS,
    });
  }

  async beforeApplicationShutdown(): Promise<void> {
    await this.gathering.settled();
  }

  /** Resolves to what became of it once that is durable. */
  async receive(connector: Connector, webhook: InboundWebhook, owner: KnownAccount | null = null): Promise<WebhookOutcome> {
    if (webhook.id === null || (webhook.account === null && owner === null)) {
      const outcome = webhook.notice.about === 'nothing' ? 'nothing' : 'malformed';
      this.count({ connector, webhook, outcome });
      return outcome;
    }
    const received: ReceivedWebhook = { connector, webhook, owner, outcome: 'unknown' };
    await this.gathering.add(received);
    this.count(received);
    return received.outcome;
  }

  private count({ connector, webhook, outcome }: Pick<ReceivedWebhook, 'connector' | 'webhook' | 'outcome'>): void {
    this.metrics.webhookReceived(connector.manifest.slug, webhook.type, outcome);
  }

  private async record(received: readonly ReceivedWebhook[]): Promise<void> {
    const announced = await this.store.inPlatform(async (tx) => {
      const toRecord = await this.sort(tx, received);
      if (toRecord.length === 0) return false;
      const fresh = await recordWebhooks(tx, toRecord, { now: this.clock.now(), quietMs: QUIET_MS, longestMs: LONGEST_MS });
      for (const webhook of toRecord) webhook.of.outcome = fresh.has(webhookKey(webhook)) ? 'recorded' : 'duplicate';
      return toRecord.some(({ of, resources }) => of.outcome === 'recorded' && resources.length > 0);
    });
    if (announced) this.dispatcher.look();
  }

  /** Finds whose they are, and keeps those whose data may flow. */
  private async sort(tx: Transaction, received: readonly ReceivedWebhook[]): Promise<(WebhookToRecord & { of: ReceivedWebhook })[]> {
    const known = await this.ownersOf(tx, received);
    const ownerOf = ({ owner, connector, webhook }: ReceivedWebhook) => owner ?? known.get(`${connector.manifest.slug} ${webhook.account}`);
    const active = received.map(ownerOf).filter((owner) => owner?.active === true);
    const outcomes = await this.grants.askAll(tx, [...new Set(active.flatMap((owner) => owner?.tenantId ?? []))], 'sync');
    const kept: (WebhookToRecord & { of: ReceivedWebhook })[] = [];
    for (const of of received) {
      const { id, type, notice } = of.webhook;
      const owner = ownerOf(of);
      of.outcome = standingOf(owner, outcomes);
      if (owner === undefined || id === null || of.outcome !== 'recorded') continue;
      const resources: readonly Resource[] = notice.about === 'data' ? notice.resources : [];
      kept.push({ tenantId: owner.tenantId, integrationId: owner.integrationId, id, type, resources, of });
    }
    return kept;
  }

  private async ownersOf(tx: Transaction, received: readonly ReceivedWebhook[]): Promise<Map<string, KnownAccount>> {
    const owners = new Map<string, KnownAccount>();
    const bySlug = Map.groupBy(received, ({ connector }) => connector.manifest.slug);
    for (const [slug, some] of bySlug) {
      const accounts = [...new Set(some.flatMap(({ webhook }) => webhook.account ?? []))];
      for (const owner of await findAccounts(tx, slug, accounts)) owners.set(`${slug} ${owner.account}`, owner);
    }
    return owners;
  }
}

function standingOf(owner: KnownAccount | undefined, outcomes: ReadonlyMap<string, GrantOutcome>): WebhookOutcome {
  if (owner === undefined) return 'unknown';
  if (!owner.active) return 'inactive';
  return outcomes.get(owner.tenantId)?.granted === true ? 'recorded' : 'not-consented';
}
