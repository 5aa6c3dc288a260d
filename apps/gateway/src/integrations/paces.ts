import { randomUUID } from 'node:crypto';
import { Injectable, type BeforeApplicationShutdown } from '@nestjs/common';
import {
  exchange,
  paceOf,
  Pacer,
  processTiming,
  type Manifest,
  type Pace,
  type RateLimit,
  type RateState,
  type RateWait,
  type Urgency,
} from '#libs/connectors';
import { changeRate, Store } from '#libs/store';

/** Told of every call's wait, also of those that did not have to. */
export type WaitObserver = (connector: string, wait: RateWait) => void;

interface Caller {
  readonly tenantId: string;
  readonly integrationId: string;
  readonly urgency: Urgency;
  /** How many requests the source admits this customer at once or per window, where it is another number than the manifest's. */
  readonly requestLimit: number | null;
}

/** Which row counts the calls: Alva's own key is named by its connector, as there is one; so a new key goes on where the old one was. */
export const credentialOf = ({ slug }: Pick<Manifest, 'slug'>, { scope }: RateLimit, integrationId: string): string =>
  scope === 'platform-key' ? slug : `${slug}:${integrationId}`;

/** A customer's own number in the place of the documented one. What a bucket admits in the long run grows alike; how many may be under way does not. */
function limitOf(limit: RateLimit, most: number): RateLimit {
  if (limit.scope !== 'integration' || limit.counts !== 'requests' || limit.kind === 'concurrency') return limit;
  return limit.kind === 'fixed-window' ? { ...limit, most } : { ...limit, most, perSecond: (limit.perSecond * most) / limit.most };
}

/** Keeps the connectors' limits together with all other processes, over one row per limit and credential. */
@Injectable()
export class Paces implements BeforeApplicationShutdown {
  private readonly process = randomUUID();
  private readonly pacers = new Map<string, Pacer>();
  private readonly observers = new Set<WaitObserver>();

  constructor(private readonly store: Store) {}

  observe(observer: WaitObserver): void {
    this.observers.add(observer);
  }

  async beforeApplicationShutdown(): Promise<void> {
    await Promise.all([...this.pacers.values()].map((pacer) => pacer.close()));
  }

  /** For the calls of one run or one request of a person. */
  of(manifest: Manifest, { integrationId, requestLimit, ...caller }: Caller): Pace {
    const { slug } = manifest;
    const rates = requestLimit === null ? manifest.rates : manifest.rates.map((limit) => limitOf(limit, requestLimit));
    const limits = rates.map((limit) => ({ limit, pacer: () => this.pacer(slug, limit, credentialOf(manifest, limit, integrationId)) }));
    return paceOf(limits, caller);
  }

  private pacer(connector: string, limit: RateLimit, credential: string): Pacer {
    const limitName = limit.name;
    const key = JSON.stringify([credential, limitName, limit.most]);
    const known = this.pacers.get(key);
    if (known !== undefined) return known;
    const pacer = new Pacer({
      timing: processTiming,
      onWait: (wait) => this.observers.forEach((observer) => observer(connector, wait)),
      exchange: (message) =>
        this.store.inPlatform((tx) =>
          changeRate(tx, { credential, limitName }, (kept: RateState | null, nowMs) =>
            exchange(limit, kept, { ...message, process: this.process }, nowMs),
          ),
        ),
    });
    this.pacers.set(key, pacer);
    return pacer;
  }
}
