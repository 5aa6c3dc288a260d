import { Inject, Injectable, type BeforeApplicationShutdown } from '@nestjs/common';
import { isSource } from '#libs/connectors';
import { GatewayError, type Clock, type ErrorKind } from '#libs/model';
import {
  capabilitiesUsed,
  claimSwitch,
  dropShadow,
  Integration,
  IntegrationSwitch,
  keepSwitch,
  lockTenant,
  settleShadow,
  Store,
  type ClaimedSwitch,
  type ShadowProgress,
} from '#libs/store';
import { Looking } from '../../background/looking.js';
import { CLOCK } from '../../config/clock.js';
import { Grants } from '../../consents/grants.js';
import { Log, whereOf } from '../../log/log.js';
import { Leave } from '../../pipeline/leave.js';
import { LostRun } from '../../pipeline/stops.js';
import { Calls } from '../calls.js';
import { Integrations } from '../integrations.js';
import { route } from '../routing.js';
import { compare } from './comparison.js';
import type { Fingerprints } from './fingerprints.js';
import { readShadow } from './shadow-read.js';
import { ShadowKeys } from './shadow-keys.js';
import { Switches } from './switches.js';
import { verdictOf } from './verdict.js';

const LOOK_MS = 1000;

/** A worker that dies leaves its switch for so long; one that lives says so three times as often. */
const LEASE_MS = 60_000;
const BEAT_MS = 20_000;

/** A source that was away may be back by the next attempt, a lease later; one that stays away is told after so many. */
const MOST_ATTEMPTS = 10;
const LATER: ReadonlySet<ErrorKind> = new Set(['internal', 'remote-unavailable', 'remote-rate-limited']);

/** Reads the targets of switches and compares them, one at a time in each process that works; any number of processes may. */
@Injectable()
export class ShadowWorker implements BeforeApplicationShutdown {
  private readonly looking = new Looking(() => this.takeOne());
  private readonly stop = new AbortController();

  constructor(
    private readonly store: Store,
    private readonly grants: Grants,
    private readonly integrations: Integrations,
    private readonly calls: Calls,
    private readonly keys: ShadowKeys,
    private readonly switches: Switches,
    private readonly log: Log,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  start(): void {
    this.looking.start(LOOK_MS);
  }

  /** What is at work stops at its next step, and goes on elsewhere from the stored cursor. */
  async beforeApplicationShutdown(): Promise<void> {
    this.stop.abort();
    await this.looking.stop();
  }

  private leaseUntil(): Date {
    return new Date(this.clock.now().getTime() + LEASE_MS);
  }

  private async takeOne(): Promise<boolean> {
    try {
      const claimed = await this.store.inPlatform((tx) => claimSwitch(tx, { now: this.clock.now(), leaseUntil: this.leaseUntil() }));
      if (claimed === null) {
        await this.switches.giveUpIdle();
        return false;
      }
      await this.work(claimed);
      return true;
    } catch (error) {
      const kind = error instanceof GatewayError ? error.kind : 'internal';
      this.log.write('error', { event: 'switch-failed', kind, ...whereOf(error) });
      return false;
    }
  }

  private async work(claimed: ClaimedSwitch): Promise<void> {
    const lost = new AbortController();
    const beat = setInterval(() => void this.beat(claimed, lost), BEAT_MS);
    const signal = AbortSignal.any([this.stop.signal, lost.signal]);
    const { tenantId, id: switchId } = claimed;
    try {
      const fingerprints = await this.store.inTenant(tenantId, (tx) => this.keys.open(tx, claimed));
      const progress = await this.read(claimed, fingerprints, signal);
      await this.settle(claimed, fingerprints, progress, signal);
      this.log.write('info', { event: 'switch-compared', tenantId, switchId });
    } catch (error) {
      if (error instanceof LostRun || signal.aborted) return;
      await this.fail(claimed, error);
    } finally {
      clearInterval(beat);
      if (this.stop.signal.aborted) await this.giveBack(claimed);
    }
  }

  private async read(claimed: ClaimedSwitch, fingerprints: Fingerprints, signal: AbortSignal): Promise<ShadowProgress> {
    const { tenantId, toIntegrationId: id } = claimed;
    const { store, grants, clock } = this;
    const row = await store.inTenant(tenantId, (tx) => this.integrations.find(tx, tenantId, id));
    const connector = route(row.type, row.ats);
    if (!isSource(connector)) return claimed.progress;
    const leave = new Leave({ store, grants, clock, tenantId, integrationId: id, purpose: 'sync', link: row });
    const call = await store.inTenant(tenantId, (tx) => this.calls.prepare(tx, row, (start) => leave.admit(start), signal, 'poll'));
    return readShadow({ claimed, connector, call, leave, fingerprints, now: () => clock.now() });
  }

  private async settle(claimed: ClaimedSwitch, fingerprints: Fingerprints, progress: ShadowProgress, signal: AbortSignal): Promise<void> {
    const { tenantId, id } = claimed;
    const { row, isSameAts, used } = await this.store.inTenant(tenantId, async (tx) => {
      const found = await tx.em.findOneOrFail(IntegrationSwitch, { tenantId, id });
      const ids = [found.toIntegrationId, found.fromIntegrationId ?? found.toIntegrationId];
      const both = await tx.em.find(Integration, { tenantId, id: { $in: ids } });
      return {
        row: found,
        isSameAts: new Set(both.map(({ ats }) => ats)).size === 1,
        used: await capabilitiesUsed(tx, { tenantId, integrationId: found.fromIntegrationId ?? null }),
      };
    });
    const diff = await compare({ store: this.store, shadow: { tenantId, switchId: id }, fingerprints, isSameAts, signal });
    const verdict = verdictOf({ diff, preview: row.preview, unavailable: progress.unavailable, used });
    const settled = await this.store.inTenant(tenantId, (tx) => settleShadow(tx, claimed, { diff, verdict }, this.clock.now()));
    if (!settled) throw new LostRun();
  }

  private async fail(claimed: ClaimedSwitch, thrown: unknown): Promise<void> {
    const { tenantId, id: switchId } = claimed;
    const kind = thrown instanceof GatewayError ? thrown.kind : 'internal';
    this.log.write('warn', { event: 'switch-failed', tenantId, switchId, kind, ...whereOf(thrown) });
    if (LATER.has(kind) && claimed.attempt < MOST_ATTEMPTS) return;
    await this.store.inTenant(tenantId, async (tx) => {
      await lockTenant(tx, tenantId);
      if (await settleShadow(tx, claimed, { error: kind }, this.clock.now())) await dropShadow(tx, { tenantId, switchId });
    });
  }

  private async giveBack(claimed: ClaimedSwitch): Promise<void> {
    await this.store.inTenant(claimed.tenantId, (tx) => keepSwitch(tx, claimed, this.clock.now())).catch(() => false);
  }

  private async beat(claimed: ClaimedSwitch, lost: AbortController): Promise<void> {
    const kept = await this.store.inTenant(claimed.tenantId, (tx) => keepSwitch(tx, claimed, this.leaseUntil())).catch(() => true);
    if (!kept) lost.abort();
  }
}
