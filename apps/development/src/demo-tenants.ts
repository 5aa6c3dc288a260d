/** An account of an ATS's own stand-in. */
export interface DemoAccount {
  readonly ats: string;
  readonly account: string;
}

/**
 * Where a demo tenant's records are: a Kombo integration (`of`: that shows an account which a second, native integration leads to as well), an account of
 * an ATS's own stand-in, or an ATS that sends them itself.
 */
export type DemoSource =
  | { readonly type: 'kombo'; readonly komboIntegrationId: string; readonly of?: DemoAccount }
  | ({ readonly type: 'native' } & DemoAccount)
  | { readonly type: 'partner'; readonly ats: string };

/** A tenant of the demo, with its account at the sandbox. Ids and seeds are fixed: every start finds the same records. */
export interface DemoTenant {
  readonly id: string;
  readonly name: string;
  readonly source: DemoSource;
  readonly candidates: number;
  readonly seed: number;
  /** Whether the customer has the integration enabled. */
  readonly enabled: boolean;
}

export const DEMO_TENANTS: readonly DemoTenant[] = [
  {
    id: '11111111-1111-4111-8111-111111111111',
    name: 'Nordlicht GmbH',
    source: { type: 'kombo', komboIntegrationId: 'sandbox:DemoNordLichtGmbHxxxxxx1' },
    candidates: 300,
    seed: 1,
    enabled: true,
  },
  {
    id: '22222222-2222-4222-8222-222222222222',
    name: 'Fjordbank AB',
    source: { type: 'kombo', komboIntegrationId: 'sandbox:DemoFjordBankABxxxxxxxx2' },
    candidates: 5000,
    seed: 2,
    enabled: true,
  },
  {
    id: '33333333-3333-4333-8333-333333333333',
    name: 'Solvind ApS',
    source: { type: 'kombo', komboIntegrationId: 'sandbox:DemoSoLvindApSxxxxxxxxx3' },
    candidates: 200,
    seed: 3,
    enabled: false,
  },
  {
    id: '44444444-4444-4444-8444-444444444444',
    name: 'Havtorn Care',
    source: { type: 'native', ats: 'greenhouse', account: 'demohavtorncare' },
    candidates: 400,
    seed: 4,
    enabled: true,
  },
  {
    id: '55555555-5555-4555-8555-555555555555',
    name: 'Bergen Line',
    source: { type: 'partner', ats: 'jobylon' },
    candidates: 24,
    seed: 5,
    enabled: true,
  },
  {
    id: '66666666-6666-4666-8666-666666666666',
    name: 'Kattegat Marine',
    source: {
      type: 'kombo',
      komboIntegrationId: 'greenhouse:DemoKattegatMarinexxxxx6',
      of: { ats: 'greenhouse', account: 'demokattegatmarine' },
    },
    candidates: 250,
    seed: 6,
    enabled: true,
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
