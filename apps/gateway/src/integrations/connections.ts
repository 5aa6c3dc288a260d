import { Injectable } from '@nestjs/common';
import type { CustomerLink, LinkPort } from '#libs/connectors';
import { GatewayError } from '#libs/model';
import { Integration, lockTenant, Store, Tenant, type IntegrationRow, type Transaction } from '#libs/store';
import { Grants } from '../consents/grants.js';
import { Calls, WITHOUT_PERSONAL_DATA } from './calls.js';
import { Integrations } from './integrations.js';
import { route } from './routing.js';

/** A person waits for the answer. */
const LINK_TIMEOUT_MS = 20_000;

interface Wishes {
  readonly email?: string | undefined;
  readonly language?: string | undefined;
  readonly lifetime?: 'long' | 'short' | undefined;
}

/** Connecting by a link: the customer follows it, and what they have connected becomes the integration's account. */
@Injectable()
export class Connections {
  constructor(
    private readonly store: Store,
    private readonly grants: Grants,
    private readonly integrations: Integrations,
    private readonly calls: Calls,
  ) {}

  /** Throws `unsupported` where the connector is not connected by links, a consent kind where a person's address may not go to the source. */
  async link(tenantId: string, id: string, { email, language, lifetime = 'long' }: Wishes): Promise<CustomerLink> {
    const { links, call, row, organizationName } = await this.store.inTenant(tenantId, async (tx) => {
      const found = await this.prepare(tx, tenantId, id);
      if (email !== undefined) await this.grants.require(tx, tenantId, 'sync', found.row);
      return { ...found, organizationName: (await tx.em.findOneOrFail(Tenant, { id: tenantId })).name };
    });
    return links.create(call, {
      tenantId,
      organizationName,
      ats: row.ats,
      email: email ?? `tenant-${tenantId}@connect.example`,
      language: languageOf(links, language),
      lifetime,
    });
  }

  /** Binds the integration to the account that a customer's page has handed over. Throws `not-found`, and `conflict` where it is another tenant's. */
  async bindByToken(tenantId: string, id: string, token: string): Promise<void> {
    const { links, call } = await this.store.inTenant(tenantId, (tx) => this.prepare(tx, tenantId, id));
    const connected = await links.exchange(call, token);
    if (connected.tenantId !== tenantId) throw new GatewayError('conflict', { detail: 'the account was connected for another tenant' });
    await this.store.inTenant(tenantId, async (tx) => {
      await lockTenant(tx, tenantId);
      await this.integrations.bind(tx, await this.integrations.find(tx, tenantId, id), connected.account);
    });
  }

  /**
   * Binds the tenant's newest integration of the connector that has no account yet. The source tells of it before or after the token is
   * exchanged: a second time changes nothing. False: none waits for one. Throws `conflict` where another tenant's has it.
   */
  async bindByNotice(connector: string, tenantId: string, account: string): Promise<boolean> {
    return this.store.inTenant(tenantId, async (tx) => {
      if (!(await lockTenant(tx, tenantId))) return false;
      const rows = await tx.em.find(Integration, { tenantId, connector, deletedAt: null }, { orderBy: { id: 'desc' } });
      if (rows.some(({ accounts }) => accounts.includes(account))) return true;
      const waiting = rows.find(({ accounts }) => accounts.length === 0);
      if (waiting === undefined) return false;
      await this.integrations.bind(tx, waiting, account);
      return true;
    });
  }

  private async prepare(tx: Transaction, tenantId: string, id: string) {
    const row: IntegrationRow = await this.integrations.find(tx, tenantId, id);
    const { links } = route(row.type, row.ats).ports;
    if (links === undefined) throw new GatewayError('unsupported', { detail: 'this connector is connected by settings and credentials' });
    const call = await this.calls.prepare(tx, row, WITHOUT_PERSONAL_DATA, AbortSignal.timeout(LINK_TIMEOUT_MS));
    return { row, links, call };
  }
}

function languageOf({ languages }: LinkPort, wanted: string = languages[0]): string {
  if (languages.includes(wanted)) return wanted;
  throw new GatewayError('invalid-request', { detail: `language must be one of ${languages.join(', ')}` });
}
