import { createHash } from 'node:crypto';
import { Inject, Injectable } from '@nestjs/common';
import { allowResult } from '#libs/allowlist';
import type { ResultChannel, ResultReceipt } from '#libs/connectors';
import { GatewayError, type Clock } from '#libs/model';
import {
  beginAttempt,
  holdDelivery,
  lockGate,
  moveOrder,
  readForDelivery,
  settleDelivery,
  Store,
  type ClaimedDelivery,
  type Settlement,
  type Transaction,
} from '#libs/store';
import { CLOCK } from '../config/clock.js';
import { Environment } from '../config/environment.js';
import { Grants } from '../consents/grants.js';
import { Calls } from '../integrations/calls.js';
import { Integrations } from '../integrations/integrations.js';
import { route } from '../integrations/routing.js';
import { Leave } from '../pipeline/leave.js';
import { LostRun, StaleGrant } from '../pipeline/stops.js';
import { Attempt, type Prepared } from './attempt.js';
import { settlementOf } from './settlement.js';
import { ResultTargets } from './targets.js';

/**
 * Delivers one result, once. Nothing is sent before the outbox says that it may have been; an attempt whose end is unknown is looked up, and
 * where nobody can tell it waits for a person.
 */
@Injectable()
export class Delivery {
  constructor(
    private readonly store: Store,
    private readonly grants: Grants,
    private readonly integrations: Integrations,
    private readonly calls: Calls,
    private readonly targets: ResultTargets,
    private readonly environment: Environment,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  /** How the attempt ended; null where the delivery is another worker's by now. Throws where the database is away: the lease then ends. */
  async deliver(delivery: ClaimedDelivery, signal: AbortSignal): Promise<Settlement | null> {
    const attempt = new Attempt(delivery);
    let settlement: Settlement;
    try {
      settlement = await this.attempt(delivery, attempt, signal);
    } catch (error) {
      if (signal.aborted) return null;
      // Another worker has it, and the settlement finds no row; or another integration became the active one, and it goes out by that.
      const failure = error instanceof LostRun ? new GatewayError('integration-disabled') : error;
      if (!(failure instanceof GatewayError)) throw error;
      settlement = settlementOf(failure, attempt, this.clock.now());
    }
    const settled = await this.store.inTenant(delivery.tenantId, async (tx) => {
      const now = this.clock.now();
      if (!(await settleDelivery(tx, delivery, settlement, now))) return false;
      const isAnswered = settlement.state === 'delivered' && attempt.orderId !== null;
      if (isAnswered) await moveOrder(tx, delivery.tenantId, attempt.orderId, 'completed', now);
      return true;
    });
    return settled ? settlement : null;
  }

  private async attempt(delivery: ClaimedDelivery, attempt: Attempt, signal: AbortSignal): Promise<Settlement> {
    const prepared = await this.store.inTenant(delivery.tenantId, (tx) => this.prepare(tx, delivery, attempt, signal));
    const { integrationId, channels, target, call } = prepared;
    const found = await attempt.resolve(channels, call, target, markerOf(delivery));
    const receipt = found ?? (await this.writeByFirst(delivery, attempt, prepared));
    return { state: 'delivered', integrationId, ...receipt };
  }

  /** By the first channel that the ATS offers. */
  private async writeByFirst(delivery: ClaimedDelivery, attempt: Attempt, prepared: Prepared): Promise<ResultReceipt> {
    const [first, ...others] = prepared.channels;
    try {
      return await this.write(delivery, attempt, prepared, first);
    } catch (error) {
      const [next, ...rest] = others;
      const isNotOffered = error instanceof GatewayError && error.kind === 'unsupported' && attempt.isSurelyNotApplied(error);
      if (!isNotOffered || next === undefined) throw error;
      return this.writeByFirst(delivery, attempt, { ...prepared, channels: [next, ...rest] });
    }
  }

  private async write(
    delivery: ClaimedDelivery,
    attempt: Attempt,
    { leave, content, receipt, integrationId, call, target }: Prepared,
    channel: ResultChannel,
  ): Promise<ResultReceipt> {
    const grant = await leave.grant();
    attempt.begin(channel);
    const isItsOwn = receipt !== null && receipt.integrationId === integrationId && receipt.channel === channel.name;
    const result = { content: allowResult(grant, content, this.environment.RESULT_URL_HOSTS), marker: markerOf(delivery) };
    return channel.write(call, grant, target, { ...result, former: isItsOwn ? receipt : null });
  }

  private async prepare(tx: Transaction, delivery: ClaimedDelivery, attempt: Attempt, signal: AbortSignal): Promise<Prepared> {
    const { tenantId } = delivery;
    const { integrationId } = await this.grants.require(tx, tenantId, 'write-back');
    const row = await this.integrations.find(tx, tenantId, integrationId);
    const { results } = route(row.type, row.ats).ports;
    if (results === undefined) throw new GatewayError('unsupported', { detail: 'this connector takes no results' });
    const stored = await readForDelivery(tx, delivery);
    if (stored?.content === undefined || stored.content === null)
      throw new GatewayError('internal', { context: { reason: 'content-gone' } });
    const { target, orderId } = await this.targets.find(tx, delivery, integrationId);
    attempt.answers(orderId);
    const { store, grants, clock } = this;
    const leave = new Leave({ store, grants, clock, tenantId, integrationId, purpose: 'write-back' });
    const call = await this.calls.prepare(tx, row, this.admitting(delivery, attempt, leave), signal);
    const channels = results.channelsFor(row.settings, target);
    return { leave, content: stored.content, receipt: stored.receipt, integrationId, channels, call, target };
  }

  /**
   * A call starts while consent and the delivery are both held: none after a revocation, and none of a worker that was thought dead. That it may have
   * been sent is committed just before, when nothing has to be waited for any more.
   */
  private admitting(delivery: ClaimedDelivery, attempt: Attempt, leave: Leave) {
    const under = (work: (tx: Transaction) => Promise<boolean>): Promise<void> =>
      leave.under(async (tx, grant) => {
        if (!(await lockGate(tx, grant, this.clock.now()))) throw new StaleGrant();
        if (!(await work(tx))) throw new LostRun();
      });
    return async (start: () => void): Promise<void> => {
      const { unmarked } = attempt;
      if (unmarked !== null) await under((tx) => beginAttempt(tx, delivery, unmarked.name));
      attempt.marked();
      await under(async (tx) => {
        if (!(await holdDelivery(tx, delivery))) return false;
        attempt.sending();
        start();
        return true;
      });
    };
  }
}

/** Names a result and its revision where people see it. It says nothing of the person. */
function markerOf({ tenantId, applicationId, resultKey, revision }: ClaimedDelivery): string {
  const name = createHash('sha256')
    .update(JSON.stringify([tenantId, applicationId, resultKey]))
    .digest('hex')
    .slice(0, 10);
  return `${name}.${revision}`;
}
