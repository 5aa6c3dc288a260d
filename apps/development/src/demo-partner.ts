import { join } from 'node:path';
import { dataOf, type Client } from './client.js';
import type { DemoTenant } from './demo-tenants.js';
import { keepOnce, readIfThere } from './kept-file.js';

/** The partner API, as the demo's ATS calls it, and where its key is kept. */
export interface PartnerAccess {
  readonly keyFile: string;
  readonly partner: (key: string) => Client;
}

export const partnerKeyFile = (dataDir: string): string => join(dataDir, 'dev-partner-key');

/** As the ATS would send them, once: what is sent again changes nothing. Returns how many records there are. */
export async function sendRecords(
  platform: Client,
  { keyFile, partner }: PartnerAccess,
  tenant: DemoTenant,
  integrationId: string,
): Promise<number> {
  const key = readIfThere(keyFile) ?? keepOnce(keyFile, await newKey(platform, tenant, integrationId));
  const items = recordsOf(tenant);
  await partner(key).post('/partner/v1/batch', { items });
  return items.length;
}

async function newKey(platform: Client, { id }: DemoTenant, integrationId: string): Promise<string> {
  const path = `/platform/v1/tenants/${id}/integrations/${integrationId}/keys`;
  // Of an earlier start whose data folder is gone: nobody has them any more.
  for (const { id: keyId } of dataOf(await platform.get(path))) await platform.delete(`${path}/${String(keyId)}`);
  return String((await platform.post(path))['key']);
}

const FIRST = ['Astrid', 'Björn', 'Clara', 'Dag', 'Elin', 'Frode', 'Greta', 'Håkon', 'Ida', 'Jonas', 'Karin', 'Leif'];
const LAST = ['Lindqvist', 'Solberg', 'Nyström', 'Dahl', 'Ekström'];
const STAGES = [
  { id: 'applied', name: 'Applied' },
  { id: 'alva', name: 'Alva Assessment' },
  { id: 'interview', name: 'Interview' },
];

function recordsOf({ candidates }: DemoTenant): readonly object[] {
  const people = Array.from({ length: candidates }, (_, n) => ({
    firstName: FIRST[n % FIRST.length],
    lastName: LAST[n % LAST.length],
    email: `candidate${n}@mail.example`,
    createdAt: '2026-11-02T08:00:00Z',
  }));
  return [
    { resource: 'user', remoteId: 'u-1', record: { firstName: 'Ragnhild', lastName: 'Moe', email: 'ragnhild@ats.example' } },
    {
      resource: 'job',
      remoteId: 'j-1',
      record: {
        name: 'Skipper',
        status: 'open',
        visibility: 'public',
        location: { city: 'Bergen', country: 'NO' },
        stages: STAGES,
        hiringTeam: ['u-1'],
      },
    },
    ...people.map((record, n) => ({ resource: 'candidate', remoteId: `c-${n}`, record })),
    ...people.map((_, n) => ({
      resource: 'application',
      remoteId: `a-${n}`,
      record: { candidateId: `c-${n}`, jobId: 'j-1', stageId: STAGES[n % STAGES.length]?.id },
    })),
  ];
}
