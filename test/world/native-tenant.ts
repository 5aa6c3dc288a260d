import { randomUUID } from 'node:crypto';
import type { Api } from './api.js';
import { DPA, ENABLED, ok, Tenant } from './tenant.js';

/** Of an account that the sandbox's stand-ins make. */
export interface AccountSize {
  readonly candidates: number;
  readonly seed?: number;
  readonly jobs?: number;
  readonly users?: number;
  readonly canary?: string;
  readonly limits?: boolean;
  readonly most?: number;
}

export interface Account {
  readonly id: string;
  readonly settings: Readonly<Record<string, string>>;
  readonly credentials: Readonly<Record<string, string>>;
}

export async function makeAccount(control: Api, size: AccountSize): Promise<Account> {
  const { body } = ok(await control.post('/accounts', { seed: 1, limits: false, ...size }));
  // Where the stand-in keeps no limit the gateway need not either.
  const unlimited = size.limits === true ? {} : { requestLimit: '1000000' };
  return { id: body.accountId, settings: { ...body.settings, ...unlimited }, credentials: body.credentials };
}

/** A tenant with a native integration to the account, without consent. */
export async function linkNative(api: Api, control: Api, ats: string, { id, settings, credentials }: Account): Promise<Tenant> {
  const tenantId = randomUUID();
  ok(await api.put(`/platform/v1/tenants/${tenantId}`, { name: 'Native' }));
  const linked = ok(await api.post(`/platform/v1/tenants/${tenantId}/integrations`, { type: 'native', ats, settings, credentials }));
  return new Tenant(tenantId, id, linked.body.id, api, control, 'accounts');
}

/** The same with consent, active, and read completely. */
export async function syncNative(api: Api, control: Api, ats: string, account: Account): Promise<Tenant> {
  const tenant = await linkNative(api, control, ats, account);
  await tenant.consent({ ...DPA, subProcessors: [] });
  await tenant.consent(ENABLED);
  await tenant.activate();
  await tenant.settled();
  return tenant;
}
