import type { Api } from './api.js';
import type { Account } from './native-tenant.js';
import { ok, Tenant, until } from './tenant.js';

// oxlint-disable-next-line typescript/no-explicit-any -- whatever the API answers is compared, field by field
type Json = any;

const baseOf = (tenant: Tenant): string => `/platform/v1/tenants/${tenant.id}`;

/** A native integration beside the tenant's active one, to the same account. Returns its id. */
export async function nativeBeside(api: Api, tenant: Tenant, ats: string, { settings, credentials }: Account): Promise<string> {
  return ok(await api.post(`${baseOf(tenant)}/integrations`, { type: 'native', ats, settings, credentials })).body.id;
}

/** Asks for a switch and waits until it is compared, or has failed. */
export async function compared(api: Api, tenant: Tenant, toIntegrationId: string, timeoutMs?: number): Promise<Json> {
  const { body } = ok(await api.post(`${baseOf(tenant)}/switches`, { toIntegrationId, reason: 'a test' }));
  return comparedAgain(api, tenant, body.id, timeoutMs);
}

/** Waits until a switch is compared, or has failed. */
export function comparedAgain(api: Api, tenant: Tenant, id: string, timeoutMs = 120_000): Promise<Json> {
  return until(async () => {
    const { body } = ok(await api.get(`${baseOf(tenant)}/switches/${id}`));
    return body.state === 'shadowing' ? null : body;
  }, timeoutMs);
}

/** Cuts over, whatever the verdict says, and waits for the target's first complete run. */
export async function cutOver(api: Api, tenant: Tenant, { id, reasons }: { id: string; reasons: readonly string[] }): Promise<Json> {
  const { body } = ok(await api.post(`${baseOf(tenant)}/switches/${id}/cutover`, { accept: reasons }));
  return body;
}

/** Goes back. */
export const rollBack = async (api: Api, tenant: Tenant, id: string): Promise<Json> =>
  ok(await api.post(`${baseOf(tenant)}/switches/${id}/rollback`)).body;

/** Our ids, by list. */
export async function idsByList(tenant: Tenant): Promise<ReadonlyMap<string, ReadonlySet<string>>> {
  const lists = new Map<string, ReadonlySet<string>>();
  for (const list of ['users', 'jobs', 'candidates', 'applications']) {
    lists.set(list, new Set((await tenant.records(list)).map(({ id }: Json) => id)));
  }
  return lists;
}

/** The ids that are in both, by list. */
export const inBoth = (one: ReadonlyMap<string, ReadonlySet<string>>, other: ReadonlyMap<string, ReadonlySet<string>>) =>
  new Map([...one].map(([list, ids]) => [list, new Set([...ids].filter((id) => other.get(list)?.has(id) === true))]));

/** Our ids by what the ATS calls the records of a list. */
export async function idsOf(tenant: Tenant, list: string): Promise<Map<string, string>> {
  return new Map((await tenant.records(list)).map(({ remoteId, id }) => [remoteId, id]));
}
