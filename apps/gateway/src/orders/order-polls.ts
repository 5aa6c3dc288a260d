import { Inject, Injectable, type BeforeApplicationShutdown } from '@nestjs/common';
import { CONNECTORS, type Call, type OrderPort, type RemoteOrder } from '#libs/connectors';
import { GatewayError, isConsentKind, type Clock } from '#libs/model';
import {
  lockGate,
  matchOrder,
  moveOrder,
  notePublished,
  openOrdersExcept,
  planPolls,
  receiveOrder,
  Store,
  takePolls,
  type Transaction,
} from '#libs/store';
import { Looking } from '../background/looking.js';
import { CLOCK } from '../config/clock.js';
import { Grants } from '../consents/grants.js';
import { Calls } from '../integrations/calls.js';
import { Integrations } from '../integrations/integrations.js';
import { route } from '../integrations/routing.js';
import { Log, whereOf } from '../log/log.js';
import { Leave } from '../pipeline/leave.js';
import { LostRun, StaleGrant } from '../pipeline/stops.js';
import { Catalogue } from './catalogue.js';

/** One look at an index. */
const LOOK_MS = 1000;

/** A webhook tells of an order at once; this finds those that no webhook told of, and those that were cancelled. */
const POLL_MS = 60_000;

const POLL_TIMEOUT_MS = 5 * 60_000;
const BATCH = 20;

type Link = { readonly tenantId: string; readonly integrationId: string };
type Due = Link & { readonly publishedHash: string | null };

/** Looks for orders at the sources that have them, and publishes what can be ordered. Any number of processes may. */
@Injectable()
export class OrderPolls implements BeforeApplicationShutdown {
  private readonly looking = new Looking(() => this.work());
  private readonly stop = new AbortController();

  constructor(
    private readonly store: Store,
    private readonly grants: Grants,
    private readonly integrations: Integrations,
    private readonly calls: Calls,
    private readonly catalogue: Catalogue,
    private readonly log: Log,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  start(): void {
    this.looking.start(LOOK_MS);
  }

  async beforeApplicationShutdown(): Promise<void> {
    this.stop.abort();
    await this.looking.stop();
  }

  /** Looks now, in a process that polls. */
  look(): void {
    if (this.looking.isStarted) this.looking.look();
  }

  private async work(): Promise<boolean> {
    try {
      const due = await this.takeDue();
      await Promise.all(due.map((link) => this.poll(link)));
      return due.length === BATCH;
    } catch (error) {
      this.failed(error);
      return false;
    }
  }

  private async takeDue(): Promise<Due[]> {
    const now = this.clock.now();
    const settings = CONNECTORS.flatMap(({ ports }) => ports.orders?.setting ?? []);
    return this.store.inPlatform(async (tx) => {
      for (const setting of settings) await planPolls(tx, setting, now);
      return takePolls(tx, { now, againAt: new Date(now.getTime() + POLL_MS), limit: BATCH });
    });
  }

  /** A source that cannot be asked is asked again with the next poll. */
  private async poll(link: Due): Promise<void> {
    try {
      await this.pollOne(link);
    } catch (error) {
      const isOver = error instanceof LostRun || (error instanceof GatewayError && isConsentKind(error.kind)) || this.stop.signal.aborted;
      if (!isOver) this.failed(error, link);
    }
  }

  /** Takes one order in now. Our id of it; null where the source has no such order. Throws what reading it throws. */
  async receiveOne(link: Link, externalId: string, timeoutMs: number): Promise<string | null> {
    const { leave, source } = await this.prepare(link, timeoutMs);
    if (source === null) return null;
    const order = await source.orders.one(source.call, await leave.grant(), externalId);
    if (order === null || !this.catalogue.has(order.packageId)) return null;
    return leave.under(async (tx, grant) => {
      if (!(await lockGate(tx, grant, this.clock.now()))) throw new StaleGrant();
      return this.receive(tx, link, order);
    });
  }

  /** Null: the integration has no orders. */
  private async prepare({ tenantId, integrationId }: Link, timeoutMs: number) {
    const { store, grants, clock } = this;
    const leave = new Leave({ store, grants, clock, tenantId, integrationId, purpose: 'sync' });
    const signal = AbortSignal.any([this.stop.signal, AbortSignal.timeout(timeoutMs)]);
    const source = await store.inTenant(tenantId, async (tx) => {
      const row = await this.integrations.find(tx, tenantId, integrationId);
      const { orders } = route(row.type, row.ats).ports;
      const isConnected = orders !== undefined && row.settings[orders.setting] !== undefined;
      return isConnected ? { orders, call: await this.calls.prepare(tx, row, (start) => leave.admit(start), signal) } : null;
    });
    return { leave, source };
  }

  private async pollOne({ tenantId, integrationId, publishedHash }: Due): Promise<void> {
    const { leave, source: prepared } = await this.prepare({ tenantId, integrationId }, POLL_TIMEOUT_MS);
    if (prepared === null) return;
    await leave.grant();
    if (publishedHash !== this.catalogue.hash) await this.publish({ tenantId, integrationId }, prepared);
    await this.receiveAll({ tenantId, integrationId }, prepared, leave);
  }

  private async publish(link: Link, { orders, call }: { readonly orders: OrderPort; readonly call: Call }): Promise<void> {
    await orders.publish(call, this.catalogue.packages);
    await this.store.inTenant(link.tenantId, (tx) => notePublished(tx, link, this.catalogue.hash));
  }

  private async receiveAll(link: Link, { orders, call }: { readonly orders: OrderPort; readonly call: Call }, leave: Leave): Promise<void> {
    // An order that comes while the pages are read is on none of them, and open all the same.
    const before = this.clock.now();
    const named: string[] = [];
    for (let cursor: string | null = null, isFirst = true; isFirst || cursor !== null; isFirst = false) {
      const page: Awaited<ReturnType<OrderPort['open']>> = await orders.open(call, await leave.grant(), cursor);
      named.push(...page.orders.map(({ externalId }) => externalId));
      await leave.under(async (tx, grant) => {
        if (!(await lockGate(tx, grant, this.clock.now()))) throw new StaleGrant();
        for (const order of page.orders) if (this.catalogue.has(order.packageId)) await this.receive(tx, link, order);
      });
      cursor = page.next;
    }
    // What the source has as open no more was cancelled there: what we have completed is not open here either.
    await leave.under(async (tx) => {
      for (const id of await openOrdersExcept(tx, link, { named, before }))
        await moveOrder(tx, link.tenantId, id, 'cancelled', this.clock.now());
    });
  }

  private async receive(tx: Transaction, link: Link, { candidateEmail: email, ...order }: RemoteOrder): Promise<string> {
    const now = this.clock.now();
    const { id } = await receiveOrder(tx, link, order, now);
    await matchOrder(tx, link, { externalId: order.externalId, email }, now);
    return id;
  }

  private failed(error: unknown, link?: Due): void {
    const kind = error instanceof GatewayError ? error.kind : 'internal';
    const of = link === undefined ? {} : { tenantId: link.tenantId, integrationId: link.integrationId };
    this.log.write('warn', { event: 'order-poll-failed', kind, ...whereOf(error), ...of });
  }
}
