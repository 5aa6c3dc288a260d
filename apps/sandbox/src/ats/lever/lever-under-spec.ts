import { StartedSandbox, type Parsed, type Reply, type Row } from '../../sandbox-under-spec.js';

/** An account of Lever's stand-in, with the few calls that every test makes. */
export class LeverUnderSpec {
  private constructor(
    readonly sandbox: StartedSandbox,
    readonly accountId: string,
  ) {}

  static async start(account: object = {}): Promise<LeverUnderSpec> {
    const sandbox = await StartedSandbox.start();
    const body = { seed: 7, candidates: 300, jobs: 60, users: 130, limits: false, ...account };
    const { accountId } = (await sandbox.request('POST', '/control/lever/accounts', {}, body)).body;
    return new LeverUnderSpec(sandbox, accountId);
  }

  close(): Promise<void> {
    return this.sandbox.close();
  }

  /** With the customer's key, unless another `authorization` is given. */
  get(path: string, authorization = `Basic ${Buffer.from(`key-${this.accountId}:`).toString('base64')}`): Promise<Reply> {
    return this.sandbox.request('GET', `/ats/lever/v1${path}`, { authorization });
  }

  async control(method: string, path: string, body?: object): Promise<Parsed> {
    const reply = await this.sandbox.request(method, `/control/lever/accounts/${this.accountId}${path}`, {}, body);
    if (reply.status !== 200) throw new Error(`${method} ${path}: ${reply.status} ${JSON.stringify(reply.body)}`);
    return reply.body;
  }

  /** Moves the clock ahead and says what it shows, in milliseconds. */
  async later(seconds = 60): Promise<number> {
    return Date.parse((await this.sandbox.control('POST', '/clock', { advanceSeconds: seconds })).now);
  }

  /** Every row of a list, all pages joined. */
  async all(path: string): Promise<Row[]> {
    const rows: Row[] = [];
    for (let offset: string | undefined = ''; offset !== undefined;) {
      const separator = path.includes('?') ? '&' : '?';
      const page = await this.get(offset === '' ? path : `${path}${separator}offset=${offset}`);
      if (page.status !== 200) throw new Error(`${path}: ${page.status} ${JSON.stringify(page.body)}`);
      rows.push(...page.body.data);
      offset = page.body.hasNext === true ? page.body.next : undefined;
    }
    return rows;
  }

  token(form: Record<string, string>): Promise<Reply> {
    return this.sandbox.request('POST', '/ats/lever/oauth/token', {}, form);
  }
}
