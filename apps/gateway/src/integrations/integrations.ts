import { Inject, Injectable } from '@nestjs/common';
import { v7 as uuidv7 } from 'uuid';
import type { Manifest } from '#libs/connectors';
import { GatewayError, type Clock, type IntegrationType, type Resource } from '#libs/model';
import {
  advanceEpoch,
  cancelRuns,
  countKept,
  forgetWatermarks,
  Integration,
  lockName,
  lockTenant,
  noteEvent,
  Sealer,
  Store,
  type IntegrationRow,
  type Kept,
  type Transaction,
} from '#libs/store';
import { CLOCK } from '../config/clock.js';
import { Grants } from '../consents/grants.js';
import { SyncRequests } from '../sync/requests.js';
import { credentialsPlace } from './calls.js';
import { checkForm } from './form.js';
import { accountsOf } from './accounts.js';
import { route } from './routing.js';

interface Filled {
  readonly settings?: Readonly<Record<string, unknown>>;
  readonly credentials?: Readonly<Record<string, unknown>>;
}

/** A tenant's links to ATSs: made, changed, activated. At most one is active. */
@Injectable()
export class Integrations {
  constructor(
    private readonly store: Store,
    private readonly grants: Grants,
    private readonly sealer: Sealer,
    private readonly syncs: SyncRequests,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  async create(tenantId: string, link: Filled & { readonly type: IntegrationType; readonly ats: string }): Promise<IntegrationRow> {
    const { manifest } = route(link.type, link.ats);
    const settings = checkForm('settings', manifest.settings, link.settings ?? {});
    const credentials = checkForm('credentials', manifest.credentials, link.credentials ?? {});
    return this.store.inTenant(tenantId, async (tx) => {
      if (!(await lockTenant(tx, tenantId))) throw new GatewayError('not-found', { detail: 'no such tenant; PUT it first' });
      const accounts = accountsOf(manifest, settings);
      await this.requireUnbound(tx, tenantId, manifest.slug, accounts);
      const id = uuidv7();
      const now = this.clock.now();
      const row = tx.em.create(Integration, {
        tenantId,
        id,
        type: link.type,
        ats: link.ats,
        connector: manifest.slug,
        settings,
        sealedCredentials: await this.seal(tx, tenantId, id, credentials),
        active: false,
        accounts,
        ...unchecked(manifest, accounts),
        createdAt: now,
        updatedAt: now,
      });
      await tx.em.flush();
      return row;
    });
  }

  list(tenantId: string): Promise<IntegrationRow[]> {
    return this.store.inTenant(tenantId, (tx) => tx.em.find(Integration, { tenantId, deletedAt: null }, { orderBy: { id: 'asc' } }));
  }

  /** Throws `not-found`. */
  get(tenantId: string, id: string): Promise<IntegrationRow> {
    return this.store.inTenant(tenantId, (tx) => this.find(tx, tenantId, id));
  }

  /** The same within a transaction. */
  async find(tx: Transaction, tenantId: string, id: string): Promise<IntegrationRow> {
    const row = await tx.em.findOne(Integration, { tenantId, id, deletedAt: null });
    if (row === null) throw new GatewayError('not-found', { detail: 'no such integration of this tenant' });
    return row;
  }

  /** Changes settings or credentials; what runs on the old ones ends. */
  async change(tenantId: string, id: string, patch: Filled): Promise<IntegrationRow> {
    const before = await this.get(tenantId, id);
    const { manifest } = route(before.type, before.ats);
    const settings =
      patch.settings === undefined ? before.settings : checkForm('settings', manifest.settings, { ...before.settings, ...patch.settings });
    const credentials = patch.credentials === undefined ? undefined : checkForm('credentials', manifest.credentials, patch.credentials);
    return this.store.inTenant(tenantId, async (tx) => {
      await lockTenant(tx, tenantId);
      const row = await this.find(tx, tenantId, id);
      if (patch.settings !== undefined) await this.rename(tx, row, manifest, settings);
      if (credentials !== undefined) {
        row.sealedCredentials = await this.seal(tx, tenantId, id, credentials);
        await tx.run('delete from oauth_token where tenant_id = $1 and integration_id = $2', [tenantId, id]);
      }
      row.updatedAt = this.clock.now();
      await tx.em.flush();
      if (row.active) await this.startAnew(tx, tenantId);
      return row;
    });
  }

  /** Ends the link. What it brought stays stored, and out of sight until another integration is activated. */
  async remove(tenantId: string, id: string): Promise<void> {
    await this.store.inTenant(tenantId, async (tx) => {
      await lockTenant(tx, tenantId);
      const row = await this.find(tx, tenantId, id);
      const now = this.clock.now();
      if (row.active) {
        await advanceEpoch(tx, tenantId);
        await cancelRuns(tx, tenantId, 'integration-disabled', now);
      }
      Object.assign(row, {
        active: false,
        sealedCredentials: null,
        settings: {},
        accounts: [],
        findings: [],
        deletedAt: now,
        updatedAt: now,
      });
      await tx.em.flush();
      await tx.run('delete from sync_schedule where tenant_id = $1 and integration_id = $2', [tenantId, id]);
      await tx.run('delete from sync_notice where tenant_id = $1 and integration_id = $2', [tenantId, id]);
      await tx.run('delete from oauth_token where tenant_id = $1 and integration_id = $2', [tenantId, id]);
    });
  }

  /** The toggle, at once, and how many records keep their ids. Throws a consent kind with reasons where the ledger does not cover the target. */
  async activate(tenantId: string, id: string): Promise<{ readonly row: IntegrationRow; readonly ids: Readonly<Record<Resource, Kept>> }> {
    return this.store.inTenant(tenantId, async (tx) => {
      await lockTenant(tx, tenantId);
      const row = await this.find(tx, tenantId, id);
      await this.grants.require(tx, tenantId, 'sync', row);
      const ids = await countKept(tx, { tenantId, integrationId: id });
      if (!row.active) await this.makeActive(tx, row);
      return { row, ids };
    });
  }

  /** Within the caller's transaction, which holds the tenant: this integration and no other is active, and is read anew from here on. */
  async makeActive(tx: Transaction, row: IntegrationRow, by: { readonly switchId?: string } = {}): Promise<void> {
    const { tenantId, id } = row;
    const former = await tx.em.findOne(Integration, { tenantId, active: true });
    await tx.run('update integration set active = false where tenant_id = $1 and active', [tenantId]);
    const now = this.clock.now();
    Object.assign(row, { active: true, updatedAt: now });
    await tx.em.flush();
    if (former !== null) await forgetWatermarks(tx, tenantId, id);
    const details = { formerIntegrationId: former?.id ?? null, ...by };
    await noteEvent(tx, { tenantId, type: 'integration.switched', recordId: id, details, now });
    await this.startAnew(tx, tenantId);
  }

  private async startAnew(tx: Transaction, tenantId: string): Promise<void> {
    await advanceEpoch(tx, tenantId);
    await cancelRuns(tx, tenantId, null, this.clock.now());
    await this.syncs.startNow(tx, tenantId, 'full');
  }

  private async seal(tx: Transaction, tenantId: string, id: string, credentials: Record<string, string>): Promise<Buffer | null> {
    if (Object.keys(credentials).length === 0) return null;
    return this.sealer.seal(tx, tenantId, credentialsPlace(id), JSON.stringify(credentials));
  }

  /** The account that a customer has connected becomes the integration's. Throws `conflict` where another tenant's has it. */
  async bind(tx: Transaction, row: IntegrationRow, account: string): Promise<void> {
    if (row.accounts.includes(account)) return;
    const { manifest } = route(row.type, row.ats);
    const setting = manifest.settings.find(({ isAccount }) => isAccount === true);
    if (setting === undefined) throw new GatewayError('unsupported', { detail: 'this connector is not connected by a link' });
    await this.rename(tx, row, manifest, checkForm('settings', manifest.settings, { ...row.settings, [setting.name]: account }));
    row.updatedAt = this.clock.now();
    await tx.em.flush();
    if (row.active) await this.startAnew(tx, row.tenantId);
  }

  private async rename(tx: Transaction, row: IntegrationRow, manifest: Manifest, settings: Record<string, string>): Promise<void> {
    const accounts = accountsOf(manifest, settings);
    await this.requireUnbound(tx, row.tenantId, manifest.slug, accounts);
    const isOther = accounts.join() !== row.accounts.join();
    Object.assign(row, { settings, accounts }, isOther ? { ...unchecked(manifest, accounts), remoteStateAt: null, findings: [] } : {});
  }

  /** One source account belongs to one tenant: two tenants on the same one would read each other's candidates. */
  private async requireUnbound(tx: Transaction, tenantId: string, connector: string, accounts: readonly string[]): Promise<void> {
    for (const account of [...accounts].sort()) await lockName(tx, `${connector} ${account}`);
    const bound = await this.store.inPlatform((platform) =>
      platform.rows(
        `select 1 from integration where connector = $1 and accounts && $2::text[] and tenant_id <> $3 and deleted_at is null limit 1`,
        [connector, accounts, tenantId],
      ),
    );
    if (bound.length > 0)
      throw new GatewayError('conflict', { detail: 'another tenant is connected with these settings; each connection serves one tenant' });
  }
}

/** How a link stands that nobody has looked at yet. */
function unchecked({ settings }: Manifest, accounts: readonly string[]): Pick<IntegrationRow, 'state'> & { stateCode: null } {
  const isBound = accounts.length > 0 || settings.every(({ isAccount }) => isAccount !== true);
  return { state: isBound ? 'connected' : 'not-connected', stateCode: null };
}
