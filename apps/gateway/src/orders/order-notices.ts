import { Inject, Injectable } from '@nestjs/common';
import type { Connector } from '#libs/connectors';
import type { Clock } from '#libs/model';
import { findAccounts, pollNow, Store, type KnownAccount } from '#libs/store';
import { CLOCK } from '../config/clock.js';
import { Environment } from '../config/environment.js';
import { Grants } from '../consents/grants.js';
import { Catalogue } from './catalogue.js';
import { OrderPolls } from './order-polls.js';

const NOT_ENABLED = 'Alva is not enabled for your company. Ask whoever looks after it to enable the integration.';
const NOT_OFFERED = 'This assessment is not offered any more. Choose another one.';
const NOT_INLINE = 'This assessment cannot be taken within the application form.';

/** ATSs wait for 15 to 30 s (Kombo documentation, assessments, 2026). */
const INLINE_TIMEOUT_MS = 10_000;

interface Judged {
  readonly refusal: string | null;
  readonly owner: KnownAccount | null;
}

interface Inline {
  readonly packageId: string;
  readonly externalId: string;
}

/** Where the candidate goes on, or why they cannot. */
export type Begun = { readonly url: string } | { readonly message: string };

/** Answers a source that tells of an order. What is told is looked up: a forged order is none. */
@Injectable()
export class OrderNotices {
  constructor(
    private readonly store: Store,
    private readonly grants: Grants,
    private readonly catalogue: Catalogue,
    private readonly polls: OrderPolls,
    private readonly environment: Environment,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  /** Why the order cannot be taken, for the recruiter; null where it can, or is none of ours. */
  async take(connector: Connector, account: string | null, packageId: string): Promise<string | null> {
    const { refusal } = await this.judge(connector, account, packageId);
    if (refusal === null) this.polls.look();
    return refusal;
  }

  /** Takes an order in for which a candidate waits: where they go on, or why they cannot. Throws where the source does not tell of it in time. */
  async begin(connector: Connector, account: string | null, { packageId, externalId }: Inline): Promise<Begun> {
    const { refusal, owner } = await this.judge(connector, account, packageId);
    const { ASSESSMENT_START_URL: url } = this.environment;
    if (refusal !== null || owner === null || url === undefined) return { message: refusal ?? NOT_INLINE };
    const id = await this.polls.receiveOne(owner, externalId, INLINE_TIMEOUT_MS);
    return id === null ? { message: NOT_INLINE } : { url: url.replace('{orderId}', id) };
  }

  private judge({ manifest }: Connector, account: string | null, packageId: string): Promise<Judged> {
    return this.store.inPlatform(async (tx) => {
      const [owner] = account === null ? [] : await findAccounts(tx, manifest.slug, [account]);
      if (owner === undefined) return { refusal: null, owner: null };
      const outcome = owner.active ? (await this.grants.askAll(tx, [owner.tenantId], 'sync')).get(owner.tenantId) : undefined;
      if (outcome?.granted !== true) return { refusal: NOT_ENABLED, owner };
      if (!this.catalogue.has(packageId)) return { refusal: NOT_OFFERED, owner };
      await pollNow(tx, owner, this.clock.now());
      return { refusal: null, owner };
    });
  }
}
