import { randomUUID } from 'node:crypto';
import { setTimeout as pause } from 'node:timers/promises';
import type { Answer, Api } from './api.js';

/** A data processing agreement that covers everything. */
export const DPA = {
  kind: 'dpa-signed',
  documentVersion: '2026-1',
  signedAt: '2026-01-01T00:00:00Z',
  effectiveFrom: '2026-01-01T00:00:00Z',
  covers: { read: ['job', 'user', 'candidate', 'application'], write: ['result'] },
  subProcessors: ['kombo'],
  recordedFor: 'Legal',
} as const;

export const ENABLED = { kind: 'integration-enabled', by: 'customer' } as const;

export interface Size {
  readonly candidates: number;
  readonly seed?: number;
  readonly jobs?: number;
  readonly users?: number;
}

/** An account of an ATS's own stand-in: what Kombo then shows is what is there. */
export interface SharedAccount {
  readonly tool: string;
  readonly account: string;
}

/** A tenant connected to an account of the sandbox. */
export class Tenant {
  constructor(
    readonly id: string,
    /** What the source calls it: Kombo's integration id, an account of an ATS's stand-in. */
    readonly sourceId: string,
    readonly integrationId: string,
    private readonly api: Api,
    private readonly control: Api,
    /** What the source's control API calls what the tenant is linked to. */
    private readonly accounts: 'integrations' | 'accounts' = 'integrations',
  ) {}

  /** Makes a tenant and links it, without consent: nothing is read yet. */
  static async link(api: Api, control: Api, size: Size | SharedAccount): Promise<Tenant> {
    const made = await control.post('/integrations', 'account' in size ? size : { seed: 1, ...size });
    const id = randomUUID();
    ok(await api.put(`/platform/v1/tenants/${id}`, { name: 'Test' }));
    const settings = { komboIntegrationId: made.body.integrationId };
    const linked = ok(
      await api.post(`/platform/v1/tenants/${id}/integrations`, { type: 'kombo', ats: 'tool' in size ? size.tool : 'sandbox', settings }),
    );
    return new Tenant(id, made.body.integrationId, linked.body.id, api, control);
  }

  /** Makes a tenant with consent, active, and read completely. */
  static async synced(api: Api, control: Api, size: Size | SharedAccount): Promise<Tenant> {
    const tenant = await Tenant.link(api, control, size);
    await tenant.consent(DPA);
    await tenant.consent(ENABLED);
    await tenant.activate();
    await tenant.settled();
    return tenant;
  }

  consent = async (entry: object) => ok(await this.api.post(`/platform/v1/tenants/${this.id}/consents`, entry));
  activate = async () => ok(await this.api.post(`/platform/v1/tenants/${this.id}/integrations/${this.integrationId}/activate`));
  /** Every record of a list, as a service reads it; `users?includeDeleted=true`. */
  // oxlint-disable-next-line typescript/no-explicit-any -- a test states what it expects of a record by asserting it
  records = async (path: string): Promise<any[]> => {
    const { client } = this.api;
    const [list = '', query = ''] = path.split('?');
    const lists = { users: client.users, jobs: client.jobs, candidates: client.candidates, applications: client.applications };
    const records: object[] = [];
    for await (const record of lists[list as keyof typeof lists](this.id, Object.fromEntries(new URLSearchParams(query))))
      records.push(record);
    return records;
  };

  record = async (list: string, id: string) => (await this.api.get(`/v1/tenants/${this.id}/${list}/${id}`)).body;
  runs = async () => (await this.api.get(`/platform/v1/tenants/${this.id}/syncs`)).body.data;

  /** Changes something at the sandbox below this tenant's integration. */
  atSource = (method: 'post' | 'patch' | 'delete' | 'put', path: string, body: object = {}) =>
    method === 'delete'
      ? this.control.delete(`/${this.accounts}/${this.sourceId}${path}`)
      : this.control[method](`/${this.accounts}/${this.sourceId}${path}`, body);

  /** Starts a run and waits for its end. */
  async sync(mode: 'full' | 'delta') {
    const { body } = ok(await this.api.post(`/platform/v1/tenants/${this.id}/syncs`, { mode }));
    return this.ended(body.id);
  }

  async run(id: string) {
    return (await this.api.get(`/platform/v1/tenants/${this.id}/syncs/${id}`)).body;
  }

  /** Waits until a run has ended, however. */
  async ended(id: string, timeoutMs = 60_000) {
    return until(async () => {
      const run = await this.run(id);
      return run.finishedAt === null ? null : run;
    }, timeoutMs);
  }

  /** Waits until no run is unfinished, and returns the newest. */
  async settled(timeoutMs = 60_000) {
    return until(async () => {
      const [newest] = await this.runs();
      return newest === undefined || newest.finishedAt === null ? null : newest;
    }, timeoutMs);
  }
}

/** The answer, or an error that names what was wrong with it. */
export function ok<Body>(answer: Answer<Body>): Answer<Body> {
  if (answer.status >= 200 && answer.status < 300) return answer;
  throw new Error(`answered ${answer.status}: ${JSON.stringify(answer.body)}`);
}

/** Asks until something other than null comes; throws when that takes too long. */
export async function until<T>(ask: () => Promise<T | null>, timeoutMs = 30_000): Promise<T> {
  for (const end = performance.now() + timeoutMs; performance.now() < end;) {
    const answer = await ask();
    if (answer !== null) return answer;
    await pause(20);
  }
  throw new Error(`nothing came within ${timeoutMs} ms`);
}
