import { Inject, Injectable } from '@nestjs/common';
import type { Connector, InboundWebhook } from '#libs/connectors';
import { GatewayError, type Clock } from '#libs/model';
import { findAccounts, Integration, lockTenant, Store } from '#libs/store';
import { CLOCK } from '../config/clock.js';
import { Connections } from '../integrations/connections.js';
import { conditionOf, isReadable } from '../integrations/standing.js';
import { setState } from '../integrations/state.js';
import { SyncRequests } from '../sync/requests.js';
import type { WebhookOutcome } from './reception.js';

/** What webhooks tell about the link itself: that a customer has connected, and how the link stands. It holds no data of a person. */
@Injectable()
export class LinkChanges {
  constructor(
    private readonly store: Store,
    private readonly connections: Connections,
    private readonly syncs: SyncRequests,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  /** Changes what is told; anything that comes again, or late, changes nothing. */
  async apply(connector: Connector, { account, notice }: InboundWebhook): Promise<WebhookOutcome> {
    if (account === null) return 'malformed';
    if (notice.about === 'connected') return this.bind(connector, account, notice.tenantId);
    return notice.about === 'state' ? this.changeState(connector, account, notice) : 'nothing';
  }

  /** An account that is another tenant's stays theirs, whoever was told otherwise. */
  private async bind({ manifest }: Connector, account: string, tenantId: string): Promise<WebhookOutcome> {
    try {
      return (await this.connections.bindByNotice(manifest.slug, tenantId, account)) ? 'recorded' : 'unknown';
    } catch (error) {
      if (error instanceof GatewayError && error.kind === 'conflict') return 'unknown';
      throw error;
    }
  }

  private async changeState(
    connector: Connector,
    account: string,
    told: { readonly code: string; readonly at: string },
  ): Promise<WebhookOutcome> {
    const [owner] = await this.store.inPlatform((tx) => findAccounts(tx, connector.manifest.slug, [account]));
    const condition = conditionOf(connector, told.code);
    if (owner === undefined || condition === null) return 'unknown';
    const { tenantId, integrationId: id } = owner;
    return this.store.inTenant(tenantId, async (tx) => {
      await lockTenant(tx, tenantId);
      const row = await tx.em.findOne(Integration, { tenantId, id, deletedAt: null });
      const at = new Date(told.at);
      if (row === null) return 'unknown';
      // States come in no order and more than once: only what is newer than the last word counts.
      if (row.remoteStateAt !== null && row.remoteStateAt !== undefined && row.remoteStateAt >= at) return 'duplicate';
      const wasReadable = isReadable(row.state);
      const now = this.clock.now();
      await setState(tx, row, { state: condition.state, stateCode: told.code }, now);
      Object.assign(row, { remoteStateAt: at, updatedAt: now });
      await tx.em.flush();
      if (!wasReadable && isReadable(condition.state) && row.active) await this.syncs.startNow(tx, tenantId, 'delta');
      return 'recorded';
    });
  }
}
