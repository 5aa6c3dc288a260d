import { Inject, Injectable } from '@nestjs/common';
import type { Connector } from '#libs/connectors';
import type { Clock } from '#libs/model';
import { findAccounts, pollNow, Store } from '#libs/store';
import { CLOCK } from '../config/clock.js';
import { Grants } from '../consents/grants.js';
import { Catalogue } from './catalogue.js';
import { OrderPolls } from './order-polls.js';

/** Answers a source that tells of an order. What is told is looked up: a forged order is none. */
@Injectable()
export class OrderNotices {
  constructor(
    private readonly store: Store,
    private readonly grants: Grants,
    private readonly catalogue: Catalogue,
    private readonly polls: OrderPolls,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  /** Why the order cannot be taken, for the recruiter; null where it can, or is none of ours. */
  async take({ manifest }: Connector, account: string | null, packageId: string): Promise<string | null> {
    const refusal = await this.store.inPlatform(async (tx) => {
      const [owner] = account === null ? [] : await findAccounts(tx, manifest.slug, [account]);
      if (owner === undefined) return null;
      const outcome = owner.active ? (await this.grants.askAll(tx, [owner.tenantId], 'sync')).get(owner.tenantId) : undefined;
      if (outcome?.granted !== true) return 'Alva is not enabled for your company. Ask whoever looks after it to enable the integration.';
      if (!this.catalogue.has(packageId)) return 'This assessment is not offered any more. Choose another one.';
      await pollNow(tx, owner, this.clock.now());
      return null;
    });
    if (refusal === null) this.polls.look();
    return refusal;
  }
}
