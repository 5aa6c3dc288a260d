import { dataOf, type Client } from './client.js';

/** A tenant of the demo, with its account at the sandbox. Ids are fixed, so that every start finds the same ones. */
interface DemoTenant {
  readonly id: string;
  readonly name: string;
  readonly komboIntegrationId: string;
  readonly candidates: number;
  readonly seed: number;
  readonly enabled: boolean;
}

const TENANTS: readonly DemoTenant[] = [
  {
    id: '11111111-1111-4111-8111-111111111111',
    name: 'Nordlicht GmbH',
    komboIntegrationId: 'sandbox:DemoNordLichtGmbHxxxxxx1',
    candidates: 300,
    seed: 1,
    enabled: true,
  },
  {
    id: '22222222-2222-4222-8222-222222222222',
    name: 'Fjordbank AB',
    komboIntegrationId: 'sandbox:DemoFjordBankABxxxxxxxx2',
    candidates: 5000,
    seed: 2,
    enabled: true,
  },
  {
    id: '33333333-3333-4333-8333-333333333333',
    name: 'Solvind ApS',
    komboIntegrationId: 'sandbox:DemoSoLvindApSxxxxxxxxx3',
    candidates: 200,
    seed: 3,
    enabled: false,
  },
];

export interface SeededTenant {
  readonly id: string;
  readonly name: string;
  /** Whether it is syncing; the other one shows what a customer who has not enabled the integration sees. */
  readonly enabled: boolean;
  /** How many records it has at the sandbox. */
  readonly total: number;
}

interface Clients {
  readonly sandbox: Client;
  readonly platform: Client;
  readonly consent: Client;
}

const DPA = {
  kind: 'dpa-signed',
  documentVersion: 'demo-1',
  signedAt: '2026-01-01T00:00:00Z',
  effectiveFrom: '2026-01-01T00:00:00Z',
  covers: { read: ['job', 'user', 'candidate', 'application'], write: ['result'] },
  subProcessors: ['kombo'],
  recordedFor: 'Demo',
};

/** Makes the demo tenants over the gateway's own API, as the platform team would; what is there already is left as it is. */
export async function seedDemo(clients: Clients): Promise<readonly SeededTenant[]> {
  const seeded: SeededTenant[] = [];
  for (const tenant of TENANTS) seeded.push(await seed(clients, tenant));
  return seeded;
}

async function seed(
  { sandbox, platform, consent }: Clients,
  { id, name, komboIntegrationId, candidates, seed: number, enabled }: DemoTenant,
): Promise<SeededTenant> {
  const account = await sandbox.post('/integrations', {
    id: komboIntegrationId,
    candidates,
    seed: number,
    originId: id,
    organizationName: name,
  });
  await platform.put(`/platform/v1/tenants/${id}`, { name });
  const entries = dataOf(await consent.get(`/platform/v1/tenants/${id}/consents`));
  if (entries.length === 0) {
    await consent.post(`/platform/v1/tenants/${id}/consents`, DPA);
    if (enabled) await consent.post(`/platform/v1/tenants/${id}/consents`, { kind: 'integration-enabled', by: 'demo customer' });
  }
  await link(platform, id, komboIntegrationId, enabled);
  return { id, name, enabled, total: totalOf(account) };
}

async function link(platform: Client, id: string, komboIntegrationId: string, enabled: boolean): Promise<void> {
  const path = `/platform/v1/tenants/${id}/integrations`;
  const links = dataOf(await platform.get(path));
  if (links.some(({ active }) => active === true)) return;
  const made = links[0] ?? (await platform.post(path, { type: 'kombo', ats: 'sandbox', settings: { komboIntegrationId } }));
  if (enabled) await platform.post(`${path}/${String(made['id'])}/activate`);
}

function totalOf({ sizes }: Readonly<Record<string, unknown>>): number {
  const counts = typeof sizes === 'object' && sizes !== null ? Object.values(sizes) : [];
  return counts.reduce((sum: number, count) => sum + (typeof count === 'number' ? count : 0), 0);
}
