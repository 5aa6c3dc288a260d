import { Inject, Injectable, type BeforeApplicationShutdown } from '@nestjs/common';
import { GatewayError, type Clock } from '#libs/model';
import { dueNotices, lockTenant, putOffNotice, settleNotice, Store, takeNotice, wasRequested, type Transaction } from '#libs/store';
import { Looking } from '../background/looking.js';
import { CLOCK } from '../config/clock.js';
import { Grants } from '../consents/grants.js';
import { Log, whereOf } from '../log/log.js';
import { SyncRequests } from '../sync/requests.js';

/** How soon a notice is found that no process was told of, or that had to wait: one look at an index. */
const LOOK_MS = 1000;

/** A notice that came while a run was at work waits for its end. */
const BUSY_MS = 2000;

const BATCH = 100;

type Due = { readonly tenantId: string; readonly integrationId: string };

/** Turns what webhooks have announced into sync runs: one per integration, however many came. */
@Injectable()
export class NoticeDispatcher implements BeforeApplicationShutdown {
  private readonly looking = new Looking(() => this.work());

  constructor(
    private readonly store: Store,
    private readonly grants: Grants,
    private readonly requests: SyncRequests,
    private readonly log: Log,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  /** Looks regularly. Any number of processes may: each notice is taken up by one (`skip locked`). */
  start(): void {
    this.looking.start(LOOK_MS);
  }

  beforeApplicationShutdown(): Promise<void> {
    return this.looking.stop();
  }

  look(): void {
    this.looking.look();
  }

  private async work(): Promise<boolean> {
    try {
      return await this.dispatchDue();
    } catch (error) {
      const kind = error instanceof GatewayError ? error.kind : 'internal';
      this.log.write('error', { event: 'dispatch-failed', kind, ...whereOf(error) });
      return false;
    }
  }

  private async dispatchDue(): Promise<boolean> {
    const due = await this.store.inPlatform((tx) => dueNotices(tx, { now: this.clock.now(), limit: BATCH }));
    for (const link of due) await this.store.inTenant(link.tenantId, (tx) => this.dispatch(tx, link));
    return due.length === BATCH;
  }

  private async dispatch(tx: Transaction, link: Due): Promise<void> {
    const now = this.clock.now();
    // Whatever changes the tenant's integration takes this lock first: without it the two could wait for each other's rows.
    await lockTenant(tx, link.tenantId);
    const notice = await takeNotice(tx, link, now);
    if (notice === null) return;
    const outcome = await this.grants.ask(tx, link.tenantId, 'sync');
    if (!outcome.granted || outcome.grant.integrationId !== link.integrationId) return settleNotice(tx, link, null);
    const { grant } = outcome;
    const resources = notice.resources.filter((resource) => grant.fields.has(resource));
    if (resources.length === 0 || (await wasRequested(tx, { ...link, resources, since: notice.lastAt })))
      return settleNotice(tx, link, null);
    const { created } = await this.requests.request(tx, { grant, mode: 'delta', cause: 'webhook', resources });
    if (created) await settleNotice(tx, link, now);
    else await putOffNotice(tx, link, new Date(now.getTime() + BUSY_MS));
  }
}
