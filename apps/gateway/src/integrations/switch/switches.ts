import { Inject, Injectable } from '@nestjs/common';
import { v7 as uuidv7 } from 'uuid';
import { GatewayError, type Clock, type SwitchPreview, type SwitchState } from '#libs/model';
import {
  dropShadow,
  idleSwitches,
  Integration,
  IntegrationSwitch,
  lockTenant,
  readGate,
  Store,
  type IntegrationRow,
  type ShadowProgress,
  type SwitchRow,
  type Transaction,
} from '#libs/store';
import { readDecision } from '#libs/consent';
import { CLOCK } from '../../config/clock.js';
import { Grants } from '../../consents/grants.js';
import { Integrations } from '../integrations.js';
import { route } from '../routing.js';
import { previewOf } from './preview.js';
import { ShadowKeys } from './shadow-keys.js';

export const OPEN_STATES: readonly SwitchState[] = ['shadowing', 'ready', 'blocked'];

/** A comparison says little of an ATS that has been at work for longer; a switch that nobody goes on with is given up then, and its shadow forgotten. */
export const LONGEST_OPEN_MS = 7 * 24 * 3600_000;

const NO_SHADOW: ShadowProgress = { pages: 0, read: { user: 0, job: 0, candidate: 0, application: 0 }, setAside: 0, unavailable: [] };
const START = { step: 0, cursor: null } as const;

/** How many of a tenant's switches are listed, newest first. */
const LISTED = 50;

interface Asked {
  readonly toIntegrationId: string;
  readonly reason: string | null;
  readonly by: string;
}

/** A tenant's switches from one integration to another, up to the point of changing anything. */
@Injectable()
export class Switches {
  constructor(
    private readonly store: Store,
    private readonly grants: Grants,
    private readonly integrations: Integrations,
    private readonly keys: ShadowKeys,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  /** What the tenant would lose and gain; nothing is read. Throws `not-found`, `conflict` where the target is the active one already. */
  preview(tenantId: string, toIntegrationId: string): Promise<SwitchPreview> {
    return this.store.inTenant(tenantId, async (tx) => (await this.pair(tx, tenantId, toIntegrationId)).preview);
  }

  /**
   * Begins: from now on the target is read into the shadow. Throws a consent kind where the ledger does not cover the target, `conflict` while another switch
   * of the tenant's is under way.
   */
  ask(tenantId: string, { toIntegrationId, reason, by }: Asked): Promise<SwitchRow> {
    return this.store.inTenant(tenantId, async (tx) => {
      await lockTenant(tx, tenantId);
      const { from, to, preview } = await this.pair(tx, tenantId, toIntegrationId);
      await this.grants.require(tx, tenantId, 'sync', to);
      const open = await tx.em.findOne(IntegrationSwitch, { tenantId, state: { $in: [...OPEN_STATES] } });
      if (open !== null)
        throw new GatewayError('conflict', {
          context: { switchId: open.id },
          detail: `switch ${open.id} is under way: cut it over or delete it first`,
        });
      const id = uuidv7();
      const now = this.clock.now();
      const row = tx.em.create(IntegrationSwitch, {
        tenantId,
        id,
        fromIntegrationId: from?.id ?? null,
        toIntegrationId,
        state: 'shadowing',
        reason,
        askedBy: by,
        askedAt: now,
        documentVersion: await this.documentVersion(tx, tenantId),
        preview,
        sealedKey: await this.keys.make(tx, tenantId, id),
        attempt: 0,
        position: START,
        progress: NO_SHADOW,
        updatedAt: now,
      });
      await tx.em.flush();
      return row;
    });
  }

  list(tenantId: string): Promise<SwitchRow[]> {
    return this.store.inTenant(tenantId, (tx) => tx.em.find(IntegrationSwitch, { tenantId }, { orderBy: { id: 'desc' }, limit: LISTED }));
  }

  get(tenantId: string, id: string): Promise<SwitchRow> {
    return this.store.inTenant(tenantId, (tx) => this.find(tx, tenantId, id));
  }

  /** The same within a transaction. Throws `not-found`. */
  async find(tx: Transaction, tenantId: string, id: string): Promise<SwitchRow> {
    const row = await tx.em.findOne(IntegrationSwitch, { tenantId, id });
    if (row === null) throw new GatewayError('not-found', { detail: 'no such switch of this tenant' });
    return row;
  }

  /**
   * Compares anew: reads the target once more, or, where it sends its records itself, takes it that it has sent them all. Throws `conflict` while the target
   * is being read, and once the switch is over.
   */
  async compare(tenantId: string, id: string): Promise<SwitchRow> {
    return this.open(tenantId, id, async (tx, row) => {
      const to = await this.integrations.find(tx, tenantId, row.toIntegrationId);
      const isPushed = to.type === 'partner';
      if (row.state === 'shadowing' && !isPushed)
        throw new GatewayError('conflict', {
          context: { switchId: id },
          detail: 'the target is being read; GET the switch for its progress',
        });
      await this.grants.require(tx, tenantId, 'sync', to);
      if (!isPushed) {
        await dropShadow(tx, { tenantId, switchId: id });
        Object.assign(row, { position: START, progress: NO_SHADOW });
      } else row.position = { ...START, step: 1 };
      Object.assign(row, { state: 'shadowing', diff: null, verdict: null, comparedAt: null, attempt: row.attempt + 1, leaseUntil: null });
    });
  }

  /** Gives a switch up that has changed nothing yet, and forgets its shadow. Throws `conflict` once it is over. */
  async cancel(tenantId: string, id: string): Promise<void> {
    await this.open(tenantId, id, async (tx, row) => {
      await dropShadow(tx, { tenantId, switchId: id });
      Object.assign(row, { state: 'cancelled', sealedKey: null, attempt: row.attempt + 1, leaseUntil: null });
    });
  }

  /** Gives up what nobody has gone on with. */
  async giveUpIdle(): Promise<void> {
    const before = new Date(this.clock.now().getTime() - LONGEST_OPEN_MS);
    for (const { tenantId, id } of await this.store.inPlatform((tx) => idleSwitches(tx, before))) await this.cancel(tenantId, id);
  }

  private async open(tenantId: string, id: string, work: (tx: Transaction, row: SwitchRow) => Promise<void>): Promise<SwitchRow> {
    return this.store.inTenant(tenantId, async (tx) => {
      await lockTenant(tx, tenantId);
      const row = await this.find(tx, tenantId, id);
      if (!OPEN_STATES.includes(row.state)) throw overAlready(row);
      await work(tx, row);
      row.updatedAt = this.clock.now();
      await tx.em.flush();
      return row;
    });
  }

  private async pair(tx: Transaction, tenantId: string, toIntegrationId: string) {
    const to = await this.integrations.find(tx, tenantId, toIntegrationId);
    if (to.active) throw new GatewayError('conflict', { detail: 'this integration is the active one already' });
    const from = await tx.em.findOne(Integration, { tenantId, active: true });
    return { from, to, preview: previewOf(from === null ? null : connectorOf(from), connectorOf(to)) };
  }

  /** Of the agreement that governs now; kept with what is done under it. */
  async documentVersion(tx: Transaction, tenantId: string): Promise<string | null> {
    return readDecision((await readGate(tx, tenantId))?.decision).documentVersion;
  }
}

const connectorOf = ({ type, ats }: IntegrationRow) => route(type, ats);

export const overAlready = ({ id, state }: SwitchRow): GatewayError =>
  new GatewayError('conflict', { context: { switchId: id, state }, detail: `the switch is ${state}; ask for a new one` });
