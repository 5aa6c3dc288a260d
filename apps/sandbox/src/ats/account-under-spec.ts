import { startSandbox, type Sandbox } from '../sandbox.js';

/** Whatever came, so that a test can look into it without ceremony. */
type Parsed = ReturnType<typeof JSON.parse>;

export interface Reply {
  readonly status: number;
  readonly headers: Headers;
  readonly body: Parsed;
}

/** An account of one stand-in, with the calls that a vendor's client makes. */
export class AccountUnderSpec {
  private constructor(
    private readonly sandbox: Sandbox,
    private readonly slug: string,
    readonly made: Parsed,
  ) {}

  static async start(slug: string, recipe: object = {}): Promise<AccountUnderSpec> {
    const sandbox = await startSandbox({ host: '127.0.0.1', port: 0 });
    const response = await fetch(`${sandbox.url}/control/${slug}/accounts`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ seed: 7, limits: false, canary: 'kanarie-4711', ...recipe }),
    });
    return new AccountUnderSpec(sandbox, slug, await response.json());
  }

  close(): Promise<void> {
    return this.sandbox.close();
  }

  /** Below the stand-in's address. */
  async call(method: string, path: string, headers: Readonly<Record<string, string>> = {}, body?: object): Promise<Reply> {
    return this.send(method, `/ats/${this.slug}${path}`, headers, body);
  }

  /** Below the account's control address. */
  async control(method: string, path: string, body?: object): Promise<Parsed> {
    return (await this.send(method, `/control/${this.slug}/accounts/${this.made.accountId}${path}`, {}, body)).body;
  }

  private async send(method: string, path: string, headers: Readonly<Record<string, string>>, body?: object): Promise<Reply> {
    const content = body === undefined ? {} : { body: JSON.stringify(body) };
    const type = body === undefined ? {} : { 'content-type': 'application/json' };
    const response = await fetch(this.sandbox.url + path, { method, headers: { ...type, ...headers }, redirect: 'manual', ...content });
    const text = await response.text();
    return { status: response.status, headers: response.headers, body: text === '' ? null : JSON.parse(text) };
  }
}
