import { Inject, Injectable } from '@nestjs/common';
import type { FixedWindow, Manifest, RateLimit, RateState } from '#libs/connectors';
import type { Clock } from '#libs/model';
import { countActive, readRate, Store } from '#libs/store';
import { CLOCK } from '../config/clock.js';
import type { Quota } from './spacing.js';

/** Tenants come and go by the hour; a count of ten thousand takes milliseconds. */
const KEPT_MS = 60_000;

interface Kept {
  readonly quota: Quota | null;
  readonly untilMs: number;
}

/** What the tenants of a connector share, as it stands. */
@Injectable()
export class Quotas {
  private readonly kept = new Map<string, Kept>();

  constructor(
    private readonly store: Store,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  /** Null where no key of ours is shared. The source's own word on its limit goes before the manifest's. */
  async of(manifest: Manifest): Promise<Quota | null> {
    const nowMs = this.clock.now().getTime();
    const known = this.kept.get(manifest.slug);
    if (known !== undefined && nowMs < known.untilMs) return known.quota;
    const limit = manifest.rates.find(isSharedWindow);
    const quota = limit === undefined ? null : await this.read(manifest.slug, limit);
    this.kept.set(manifest.slug, { quota, untilMs: nowMs + KEPT_MS });
    return quota;
  }

  private read(connector: string, { name: limitName, most, windowMs }: FixedWindow): Promise<Quota> {
    return this.store.inPlatform(async (tx) => {
      const standing = await readRate<RateState>(tx, { credential: connector, limitName });
      return { tenants: await countActive(tx, connector), limitPerWindow: standing?.most ?? most, windowMs };
    });
  }
}

const isSharedWindow = (limit: RateLimit): limit is FixedWindow => limit.kind === 'fixed-window' && limit.scope === 'platform-key';
