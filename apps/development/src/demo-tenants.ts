/** A tenant of the demo, with its account at the sandbox. Ids and seeds are fixed: every start finds the same records. */
export interface DemoTenant {
  readonly id: string;
  readonly name: string;
  readonly komboIntegrationId: string;
  readonly candidates: number;
  readonly seed: number;
  /** Whether the customer has the integration enabled. */
  readonly enabled: boolean;
}

export const DEMO_TENANTS: readonly DemoTenant[] = [
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

/** An agreement that covers everything, with Kombo as sub-processor. */
export const DPA = {
  kind: 'dpa-signed',
  documentVersion: 'demo-1',
  signedAt: '2026-01-01T00:00:00Z',
  effectiveFrom: '2026-01-01T00:00:00Z',
  covers: { read: ['job', 'user', 'candidate', 'application'], write: ['result'] },
  subProcessors: ['kombo'],
  recordedFor: 'Demo',
};

export const ENABLED = { kind: 'integration-enabled', by: 'demo customer' };
