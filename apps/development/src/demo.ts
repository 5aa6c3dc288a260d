import { dataOf, numberOf, objectOf, type Client } from './client.js';
import { complaintOf } from './complaint.js';
import { DEMO_TENANTS, DPA, ENABLED, type DemoTenant } from './demo-tenants.js';

export interface Clients {
  readonly sandbox: Client;
  readonly reader: Client;
  readonly platform: Client;
  readonly consent: Client;
}

/** How a demo tenant stands after it was made, or found. */
export type Standing =
  | { readonly state: 'syncing'; readonly runId: string; readonly total: number }
  | { readonly state: 'read'; readonly records: number; readonly freshAsOf: string }
  | { readonly state: 'not-enabled' }
  | { readonly state: 'refused'; readonly reason: string };

export interface SeededTenant {
  readonly tenant: DemoTenant;
  readonly standing: Standing;
}

/** Makes the demo tenants over the gateway's own API, as the platform team would; what somebody has changed since is left as it is. */
export function seedDemo(clients: Clients): Promise<readonly SeededTenant[]> {
  return Promise.all(DEMO_TENANTS.map(async (tenant) => ({ tenant, standing: await seed(clients, tenant) })));
}

async function seed(clients: Clients, tenant: DemoTenant): Promise<Standing> {
  const { id, name, komboIntegrationId, candidates, seed: number, enabled } = tenant;
  try {
    const account = { id: komboIntegrationId, candidates, seed: number, originId: id, organizationName: name };
    const { sizes } = await clients.sandbox.post('/integrations', account);
    await clients.platform.put(`/platform/v1/tenants/${id}`, { name });
    await consent(clients.consent, tenant);
    await link(clients.platform, tenant);
    if (!enabled) return { state: 'not-enabled' };
    const total = Object.values(objectOf(sizes)).reduce((sum: number, size) => sum + numberOf(size), 0);
    return await standingOf(clients, id, total);
  } catch (error) {
    return { state: 'refused', reason: complaintOf(error) };
  }
}

/** An entry of a kind that was recorded once is not repeated: somebody may have revoked it since. */
async function consent(client: Client, { id, enabled }: DemoTenant): Promise<void> {
  const path = `/platform/v1/tenants/${id}/consents`;
  const recorded = new Set(dataOf(await client.get(path)).map((entry) => entry['kind']));
  for (const entry of enabled ? [DPA, ENABLED] : [DPA]) if (!recorded.has(entry.kind)) await client.post(path, entry);
}

async function link(platform: Client, { id, komboIntegrationId, enabled }: DemoTenant): Promise<void> {
  const path = `/platform/v1/tenants/${id}/integrations`;
  const links = dataOf(await platform.get(path));
  if (links.some(({ active }) => active === true)) return;
  const ours = links.find(({ settings }) => objectOf(settings)['komboIntegrationId'] === komboIntegrationId);
  const made = ours ?? (await platform.post(path, { type: 'kombo', ats: 'sandbox', settings: { komboIntegrationId } }));
  if (enabled) await platform.post(`${path}/${String(made['id'])}/activate`);
}

/** Read completely at an earlier start, or by a run that goes on now; where a killed start left neither, one is started. */
async function standingOf({ reader, platform }: Clients, id: string, total: number): Promise<Standing> {
  const syncs = `/platform/v1/tenants/${id}/syncs`;
  const unfinished = dataOf(await platform.get(syncs)).find(({ finishedAt }) => finishedAt === null);
  const { resources } = await reader.get(`/v1/tenants/${id}/status`);
  const standings = Object.values(objectOf(resources)).map(objectOf);
  const freshAsOf = standings.map((one) => one['freshAsOf']).find((time) => typeof time === 'string');
  const isRead = standings.length > 0 && standings.every(({ fullReadAt }) => fullReadAt !== null);
  if (isRead && freshAsOf !== undefined) {
    return { state: 'read', records: standings.reduce((sum, { count }) => sum + numberOf(count), 0), freshAsOf };
  }
  const run = unfinished ?? (await platform.post(syncs, { mode: 'full' }));
  return { state: 'syncing', runId: String(run['id']), total };
}
