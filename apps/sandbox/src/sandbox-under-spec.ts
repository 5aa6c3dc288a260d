import type { Clock } from '#libs/model';
import { startSandbox, type Sandbox } from './sandbox.js';

/** Whatever came, so that a test can look into it without ceremony. */
export type Parsed = ReturnType<typeof JSON.parse>;

export interface Reply {
  readonly status: number;
  readonly headers: Headers;
  readonly body: Parsed;
}

export type Row = Record<string, Parsed>;

/** A sandbox of its own for a test file, with the few calls that every test makes. */
export class StartedSandbox {
  private constructor(private readonly sandbox: Sandbox) {}

  static async start(clock?: Clock): Promise<StartedSandbox> {
    return new StartedSandbox(await startSandbox({ host: '127.0.0.1', port: 0, ...(clock && { clock }) }));
  }

  get url(): string {
    return this.sandbox.url;
  }

  get komboUrl(): string {
    return `${this.sandbox.url}/kombo/v1`;
  }

  close(): Promise<void> {
    return this.sandbox.close();
  }

  async request(method: string, path: string, headers: Record<string, string> = {}, body?: unknown): Promise<Reply> {
    const hasBody = body !== undefined;
    const response = await fetch(this.sandbox.url + path, {
      method,
      headers: { ...headers, ...(hasBody && { 'content-type': 'application/json' }) },
      ...(hasBody && { body: JSON.stringify(body) }),
    });
    return { status: response.status, headers: response.headers, body: await response.json() };
  }

  /** A control call that has to succeed. */
  async control(method: string, path: string, body?: unknown): Promise<Parsed> {
    const reply = await this.request(method, `/control/kombo${path}`, {}, body);
    if (reply.status !== 200) throw new Error(`${method} ${path}: ${reply.status} ${JSON.stringify(reply.body)}`);
    return reply.body;
  }

  async integration(recipe: Record<string, unknown> = {}): Promise<string> {
    const { integrationId } = await this.control('POST', '/integrations', { seed: 7, ...recipe });
    return integrationId;
  }

  kombo(integrationId: string, path: string, key = 'kombo-sandbox-key'): Promise<Reply> {
    return this.request('GET', `/kombo/v1${path}`, { authorization: `Bearer ${key}`, 'x-integration-id': integrationId });
  }

  /** Every row of a list, all pages joined. */
  async all(integrationId: string, path: string): Promise<Row[]> {
    const rows: Row[] = [];
    for (let cursor: string | null = ''; cursor !== null;) {
      const separator = path.includes('?') ? '&' : '?';
      const page: Reply = await this.kombo(integrationId, cursor === '' ? path : `${path}${separator}cursor=${cursor}`);
      if (page.status !== 200) throw new Error(`${path}: ${page.status} ${JSON.stringify(page.body)}`);
      rows.push(...page.body.data.results);
      cursor = page.body.data.next;
    }
    return rows;
  }
}
