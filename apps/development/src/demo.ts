import { dataOf, numberOf, objectOf, type Client } from './client.js';
import { complaintOf } from './complaint.js';
import { sendRecords, type PartnerAccess } from './demo-partner.js';
import { DEMO_TENANTS, DPA, ENABLED, type DemoAccount, type DemoTenant } from './demo-tenants.js';

export interface Clients {
  /** The control API of one of the sandbox's stand-ins: `kombo`, `greenhouse` … */
  readonly sandbox: (standIn: string) => Client;
  /** Below which address the gateway takes webhooks. */
  readonly webhooksUrl: string;
  readonly reader: Client;
  readonly platform: Client;
  readonly consent: Client;
  readonly partnerAccess: PartnerAccess;
}

/** How a demo tenant stands after it was made, or found. */
export type Standing =
  | { readonly state: 'syncing'; readonly runId: string; readonly total: number }
  | { readonly state: 'read'; readonly records: number; readonly freshAsOf: string }
  /** By the ATS itself. */
  | { readonly state: 'sent'; readonly records: number }
  | { readonly state: 'not-enabled' }
  | { readonly state: 'refused'; readonly reason: string };

export interface SeededTenant {
  readonly tenant: DemoTenant;
  readonly standing: Standing;
  /** An integration to the same ATS beside the active one, that the tenant can be switched to; null where there is none. */
  readonly besideId: string | null;
}

/** Makes the demo tenants over the gateway's own API, as the platform team would; what somebody has changed since is left as it is. */
export function seedDemo(clients: Clients): Promise<readonly SeededTenant[]> {
  return Promise.all(DEMO_TENANTS.map((tenant) => seed(clients, tenant)));
}

async function seed(clients: Clients, tenant: DemoTenant): Promise<SeededTenant> {
  try {
    const { standing, besideId } = await make(clients, tenant);
    return { tenant, standing, besideId };
  } catch (error) {
    return { tenant, standing: { state: 'refused', reason: complaintOf(error) }, besideId: null };
  }
}

async function make(clients: Clients, tenant: DemoTenant): Promise<Omit<SeededTenant, 'tenant'>> {
  const { id, name, enabled, source } = tenant;
  const beside = source.type === 'kombo' && source.of !== undefined ? await makeNative(clients, tenant, source.of) : null;
  const account = await makeAccount(clients, tenant);
  await clients.platform.put(`/platform/v1/tenants/${id}`, { name });
  await consent(clients.consent, tenant);
  const integrationId = await link(clients.platform, tenant, account);
  const besideId = beside === null ? null : await linkBeside(clients.platform, tenant, beside);
  await sendWebhooks(clients, tenant, integrationId);
  if (!enabled) return { standing: { state: 'not-enabled' }, besideId };
  if (source.type !== 'partner') return { standing: await standingOf(clients, id, account.total), besideId };
  const records = await sendRecords(clients.platform, clients.partnerAccess, tenant, integrationId);
  return { standing: { state: 'sent', records }, besideId };
}

/** What the source is reached by, and how many records it holds. */
interface Account {
  readonly ats: string;
  readonly settings: object;
  readonly credentials: object;
  readonly total: number;
}

async function makeAccount(clients: Clients, tenant: DemoTenant): Promise<Account> {
  const { id, name, source, candidates, seed: number } = tenant;
  const size = { candidates, seed: number };
  if (source.type === 'kombo') {
    const { komboIntegrationId, of } = source;
    const what = of === undefined ? size : { account: of.account };
    const asked = { id: komboIntegrationId, ...what, originId: id, organizationName: name };
    const { sizes } = await clients.sandbox('kombo').post('/integrations', asked);
    return { ats: of?.ats ?? 'sandbox', settings: { komboIntegrationId }, credentials: {}, total: totalOf(sizes) };
  }
  if (source.type === 'partner') return { ats: source.ats, settings: {}, credentials: {}, total: 0 };
  return makeNative(clients, tenant, source);
}

async function makeNative({ sandbox }: Clients, { candidates, seed: number }: DemoTenant, { ats, account }: DemoAccount): Promise<Account> {
  const { settings, credentials, sizes } = await sandbox(ats).post('/accounts', { id: account, candidates, seed: number });
  return { ats, settings: objectOf(settings), credentials: objectOf(credentials), total: totalOf(sizes) };
}

const totalOf = (sizes: unknown): number => Object.values(objectOf(sizes)).reduce((sum: number, size) => sum + numberOf(size), 0);

/** An entry of a kind that was recorded once is not repeated: somebody may have revoked it since. */
async function consent(client: Client, { id, enabled }: DemoTenant): Promise<void> {
  const path = `/platform/v1/tenants/${id}/consents`;
  const recorded = new Set(dataOf(await client.get(path)).map((entry) => entry['kind']));
  for (const entry of enabled ? [DPA, ENABLED] : [DPA]) if (!recorded.has(entry.kind)) await client.post(path, entry);
}

/** An ATS's stand-in has another address after a start with other ports. */
async function link(platform: Client, { id, source, enabled }: DemoTenant, { ats, settings, credentials }: Account): Promise<string> {
  const path = `/platform/v1/tenants/${id}/integrations`;
  const links = dataOf(await platform.get(path));
  const ours = links.find((one) => one['type'] === source.type && one['ats'] === ats);
  if (ours !== undefined && source.type === 'native') await platform.patch(`${path}/${String(ours['id'])}`, { settings });
  if (ours?.['active'] === true) return String(ours['id']);
  const made = ours ?? (await platform.post(path, { type: source.type, ats, settings, ...(source.type === 'native' && { credentials }) }));
  const isFree = !links.some(({ active }) => active === true);
  if (enabled && isFree) await platform.post(`${path}/${String(made['id'])}/activate`);
  return String(made['id']);
}

/** Not active: somebody may switch the tenant to it. */
async function linkBeside(platform: Client, { id }: DemoTenant, { ats, settings, credentials }: Account): Promise<string> {
  const path = `/platform/v1/tenants/${id}/integrations`;
  const ours = dataOf(await platform.get(path)).find((one) => one['type'] === 'native' && one['ats'] === ats);
  if (ours === undefined) return String((await platform.post(path, { type: 'native', ats, settings, credentials }))['id']);
  await platform.patch(`${path}/${String(ours['id'])}`, { settings });
  return String(ours['id']);
}

/** As the customer would set it in their ATS. */
async function sendWebhooks({ sandbox, webhooksUrl }: Clients, { source }: DemoTenant, integrationId: string): Promise<void> {
  if (source.type !== 'native') return;
  const webhookUrl = `${webhooksUrl}/${source.ats}/${integrationId}`;
  await sandbox(source.ats).patch(`/accounts/${source.account}`, { webhookUrl });
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
