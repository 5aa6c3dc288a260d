import { startSandbox, type Sandbox } from '../../../../apps/sandbox/src/sandbox.js';
import { RESOURCES, type RemoteRecord, type Resource } from '#libs/model';
import type { Call } from '../contract/call.js';
import type { SourceConnector, Page, PageRequest } from '../contract/connector.js';
import type { HttpClientOptions } from '../http/client.js';
import { clientTo } from '../http/source.for-spec.js';
import { control, listIn, objectIn, textsIn, type Json } from './control.js';
import { grantOf } from './grants.js';

/** Stands in every text of the sandbox's answers that the allowlist does not admit. */
export const CANARY = 'kanarie-4711';

export interface Sizes {
  readonly candidates: number;
  readonly jobs: number;
  readonly users: number;
}

/** What the two kinds of stand-ins call the same thing. */
const KOMBO = {
  control: 'kombo',
  accounts: 'integrations',
  accountKey: 'integrationId',
  apiPath: '/kombo/v1',
  platformKey: 'kombo-sandbox-key',
};

/** A connector's account in the sandbox: calls to it as the gateway makes them, and what can be changed in it from outside. */
export class Source {
  private constructor(
    readonly connector: SourceConnector,
    private readonly sandbox: Sandbox,
    private readonly account: Json,
  ) {}

  /** The vendor's limits are off: a law that is about them switches them on. */
  static async start(connector: SourceConnector, sizes: Sizes): Promise<Source> {
    const sandbox = await startSandbox({ host: '127.0.0.1', port: 0 });
    const isKombo = connector.manifest.kind === 'unified';
    const path = isKombo ? 'kombo/integrations' : `${connector.manifest.slug}/accounts`;
    const account = await control(sandbox, 'POST', path, { ...sizes, canary: CANARY, ...(isKombo ? {} : { limits: false }) });
    return new Source(connector, sandbox, account);
  }

  /** The same account by another connector: a broken one. */
  by(connector: SourceConnector): Source {
    return new Source(connector, this.sandbox, this.account);
  }

  close(): Promise<void> {
    return this.sandbox.close();
  }

  private get isKombo(): boolean {
    return this.connector.manifest.kind === 'unified';
  }

  get id(): string {
    return String(this.account[this.isKombo ? KOMBO.accountKey : 'accountId']);
  }

  get credentials(): Readonly<Record<string, string>> {
    return textsIn(this.account['credentials']);
  }

  get settings(): Readonly<Record<string, string>> {
    return this.isKombo ? { komboIntegrationId: this.id } : textsIn(this.account['settings']);
  }

  private get baseUrl(): string {
    return this.isKombo ? `${this.sandbox.url}${KOMBO.apiPath}` : (this.settings['apiUrl'] ?? '');
  }

  /** Of this vendor's stand-in. */
  at(method: string, path: string, body?: object): Promise<Json> {
    return control(this.sandbox, method, `${this.connector.manifest.slug}/${path}`, body);
  }

  /** Of this account. */
  change(method: string, path = '', body?: object): Promise<Json> {
    return this.at(method, `${this.isKombo ? KOMBO.accounts : 'accounts'}/${this.id}${path}`, body);
  }

  fault(fault: object): Promise<Json> {
    return this.at('POST', 'faults', fault);
  }

  async reset(): Promise<void> {
    await this.at('DELETE', 'faults');
    await this.at('DELETE', 'requests');
  }

  async requests(): Promise<readonly Json[]> {
    return listIn((await this.at('GET', 'requests'))['requests']);
  }

  async requestCount(): Promise<number> {
    return Number((await this.at('GET', 'requests'))['count']);
  }

  /** What was written into the account through the vendor's API. */
  async written(): Promise<readonly Json[]> {
    if (!this.isKombo) return listIn((await this.change('GET', '/written'))['written']);
    const done = listIn((await this.change('GET', '/actions'))['actions']).filter(({ refusal }) => refusal === null);
    return done.map(({ action, body }) => ({ kind: action, content: body }));
  }

  /** Moves the sandbox's clock a minute ahead, so that what happens next is later than what was, and says what it shows then. */
  async later(): Promise<string> {
    return String((await control(this.sandbox, 'POST', 'kombo/clock', { advanceSeconds: 60 }))['now']);
  }

  /** How many records of a kind the account ever had. */
  async sizeOf(resource: Resource): Promise<number> {
    return Number(objectIn((await this.change('GET'))['sizes'])[`${resource}s`]);
  }

  call(options: Partial<HttpClientOptions> = {}, changes: Partial<Call> = {}): Call {
    return {
      settings: this.settings,
      credentials: this.credentials,
      platformKey: this.isKombo ? KOMBO.platformKey : null,
      accessToken: () => this.accessToken(),
      http: clientTo(this.baseUrl, options).client,
      signal: new AbortController().signal,
      ...changes,
    };
  }

  page<R extends Resource>(resource: R, request: Partial<PageRequest> = {}, call = this.call()): Promise<Page<R>> {
    return this.connector.ports.read[resource].page(call, { grant: this.grant(), ...request });
  }

  /** All pages, one after the other; at most 500, so that a walk that never ends does not hang. */
  async pages<R extends Resource>(resource: R, request: Partial<PageRequest> = {}, call = this.call()): Promise<Page<R>[]> {
    const pages: Page<R>[] = [];
    let cursor: string | null = request.cursor ?? null;
    do {
      const page: Page<R> = await this.page(resource, { ...request, ...(cursor === null ? {} : { cursor }) }, call);
      pages.push(page);
      if (pages.length > 500) throw new Error('the walk does not end');
      cursor = page.next;
    } while (cursor !== null);
    return pages;
  }

  async records<R extends Resource>(resource: R, request: Partial<PageRequest> = {}): Promise<RemoteRecord<R>[]> {
    return (await this.pages(resource, request)).flatMap((page) => page.records);
  }

  grant(read: readonly Resource[] = RESOURCES, only?: { readonly resource: Resource; readonly fields: readonly string[] }) {
    return grantOf({ type: this.isKombo ? 'kombo' : 'native', read, ...(only === undefined ? {} : { only }) });
  }

  writeGrant() {
    return grantOf({ type: this.isKombo ? 'kombo' : 'native', purpose: 'write-back' });
  }

  /** With the customer's own client, as the gateway's engine asks for one. */
  private async accessToken(): Promise<string> {
    const { oauth } = this.connector.manifest;
    if (oauth === null) throw new Error('this source has no OAuth');
    const { clientId = '', clientSecret = '' } = this.credentials;
    const isBasic = oauth.clientAuth === 'basic';
    const basic = Buffer.from(`${clientId}:${clientSecret}`).toString('base64');
    const response = await fetch(oauth.tokenUrl(this.settings), {
      method: 'POST',
      headers: isBasic ? { authorization: `Basic ${basic}` } : {},
      body: new URLSearchParams({
        grant_type: 'client_credentials',
        ...(isBasic ? {} : { client_id: clientId, client_secret: clientSecret }),
      }),
    });
    return String(objectIn(await response.json())['access_token']);
  }
}

/** Every id that records carry, in order. */
export const idsOf = (records: readonly { readonly externalId: string }[]): string[] => records.map(({ externalId }) => externalId);
