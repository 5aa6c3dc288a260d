import { startSandbox, type Sandbox } from '../../../../apps/sandbox/src/sandbox.js';
import type { RemoteRecord, Resource } from '#libs/model';
import type { Call } from '../contract/call.js';
import type { Page, PageRequest } from '../contract/connector.js';
import type { HttpClientOptions } from '../http/client.js';
import { clientTo } from '../http/source.for-spec.js';
import { grantToRead } from './grant.for-spec.js';
import { kombo } from './index.js';

export const CANARY = 'kanarie-4711';
const API_KEY = 'kombo-sandbox-key';

/** One integration of the Kombo sandbox, what can be changed in it from outside, and calls to it. */
export class SandboxIntegration {
  private constructor(
    private readonly sandbox: Sandbox,
    readonly id: string,
  ) {}

  /** 600 candidates, 300 jobs and 300 users: every list has more than one page. The canary is in every field that must not enter. */
  static async start(): Promise<SandboxIntegration> {
    const sandbox = await startSandbox({ host: '127.0.0.1', port: 0 });
    const created = await control(sandbox, 'POST', 'integrations', { candidates: 600, jobs: 300, users: 300, canary: CANARY });
    return new SandboxIntegration(sandbox, String(created['integrationId']));
  }

  close(): Promise<void> {
    return this.sandbox.close();
  }

  /** A fault for this integration's calls. */
  fault(fault: object): Promise<unknown> {
    return control(this.sandbox, 'POST', 'faults', fault);
  }

  async reset(): Promise<void> {
    await control(this.sandbox, 'DELETE', 'faults');
    await control(this.sandbox, 'DELETE', 'requests');
    await this.change('PUT', '/state', { status: 'ACTIVE', setupStatus: 'COMPLETED', qaStatus: 'PASSED' });
  }

  change(method: string, path: string, body?: object): Promise<Readonly<Record<string, unknown>>> {
    return control(this.sandbox, method, `integrations/${this.id}${path}`, body);
  }

  /** Moves Kombo's clock a minute ahead and says what it shows then. */
  async laterNow(): Promise<string> {
    const { now } = await control(this.sandbox, 'POST', 'clock', { advanceSeconds: 60 });
    return String(now);
  }

  async requestCount(): Promise<number> {
    return Number((await control(this.sandbox, 'GET', 'requests'))['count']);
  }

  call(options: Partial<HttpClientOptions> = {}, settings: Readonly<Record<string, string>> = { komboIntegrationId: this.id }): Call {
    const { client } = clientTo(`${this.sandbox.url}/kombo/v1`, options);
    return {
      settings,
      credentials: {},
      platformKey: API_KEY,
      accessToken: () => Promise.reject(new Error('this source has no OAuth')),
      http: client,
      signal: new AbortController().signal,
    };
  }

  page<R extends Resource>(resource: R, request: Partial<PageRequest> = {}, call = this.call()): Promise<Page<R>> {
    return kombo.ports.read[resource].page(call, { grant: grantToRead(), ...request });
  }

  /** All pages, one after the other. */
  async pages<R extends Resource>(resource: R, request: Partial<PageRequest> = {}): Promise<Page<R>[]> {
    const pages: Page<R>[] = [];
    let cursor: string | null = request.cursor ?? null;
    do {
      const page: Page<R> = await this.page(resource, { ...request, ...(cursor === null ? {} : { cursor }) });
      pages.push(page);
      cursor = page.next;
    } while (cursor !== null);
    return pages;
  }

  async records<R extends Resource>(resource: R, request: Partial<PageRequest> = {}): Promise<RemoteRecord<R>[]> {
    return (await this.pages(resource, request)).flatMap((page) => page.records);
  }
}

async function control(sandbox: Sandbox, method: string, path: string, body?: object): Promise<Readonly<Record<string, unknown>>> {
  const content = body === undefined ? {} : { body: JSON.stringify(body), headers: { 'content-type': 'application/json' } };
  const response = await fetch(`${sandbox.url}/control/kombo/${path}`, { method, ...content });
  const answer: unknown = await response.json();
  if (!response.ok) throw new Error(`the sandbox refused ${method} ${path}: ${JSON.stringify(answer)}`);
  return Object.fromEntries(Object.entries(answer ?? {}));
}
