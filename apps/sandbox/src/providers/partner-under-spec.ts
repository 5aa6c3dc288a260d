import { createServer, type IncomingHttpHeaders, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { text } from 'node:stream/consumers';
import { StartedSandbox, type Parsed, type Reply } from '../sandbox-under-spec.js';

export interface Received {
  readonly name: string;
  readonly query: URLSearchParams;
  readonly headers: IncomingHttpHeaders;
  readonly text: string;
  readonly body: Parsed;
}

interface PartnerAnswer {
  readonly status?: number;
  /** Sent as it is where it is text. */
  readonly body: unknown;
}

/** A partner that answers what a test says, and a sandbox whose ATS calls it. */
export class PartnerUnderSpec {
  readonly received: Received[] = [];
  /** By `POST /webhook`. */
  answers: Readonly<Record<string, (received: Received) => PartnerAnswer>> = {};

  private constructor(
    private readonly slug: string,
    readonly sandbox: StartedSandbox,
    private readonly server: Server,
    readonly installation: Parsed,
  ) {}

  static async start(slug: string, installing: object = {}): Promise<PartnerUnderSpec> {
    const sandbox = await StartedSandbox.start();
    let partner: PartnerUnderSpec | undefined = undefined;
    const server = createServer((request, response) => {
      void respond(request, response, (sent) => partner?.answerTo(request.method ?? '', request.url ?? '/', request.headers, sent));
    });
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    const account = { id: 'customer', seed: 7, candidates: 40, jobs: 5, users: 6 };
    await sandbox.request('POST', `/control/${slug}/accounts`, {}, account);
    const given = {
      account: 'customer',
      baseUrl: addressOf(server),
      partnerKey: 'the-partners-key',
      canary: 'kanarie-4711',
      ...installing,
    };
    const installed = await sandbox.request('POST', `/control/providers/${slug}/installations`, {}, given);
    partner = new PartnerUnderSpec(slug, sandbox, server, installed.body);
    return partner;
  }

  async close(): Promise<void> {
    await this.sandbox.close();
    this.server.closeAllConnections();
    this.server.close();
  }

  /** A second customer, whose partner does not answer. */
  async another(): Promise<Parsed> {
    const given = { account: 'customer', baseUrl: 'http://127.0.0.1:9', partnerKey: 'k' };
    return (await this.sandbox.request('POST', `/control/providers/${this.slug}/installations`, {}, given)).body;
  }

  /** Below the installation's control address. */
  async control(method: string, path: string, body: object = {}): Promise<Parsed> {
    const url = `/control/providers/${this.slug}/installations/${this.installation.id}${path}`;
    return (await this.sandbox.request(method, url, {}, method === 'GET' ? undefined : body)).body;
  }

  /** A call to the vendor, below the address that the partner was told. */
  async call(method: string, path: string, headers: Record<string, string>, body?: unknown): Promise<Reply> {
    const hasBody = body !== undefined;
    const response = await fetch(`${this.sandbox.url}/providers/${this.slug}${path}`, {
      method,
      headers: { ...(hasBody && { 'content-type': 'application/json' }), ...headers },
      ...(hasBody && { body: JSON.stringify(body) }),
    });
    return { status: response.status, headers: response.headers, body: await response.json() };
  }

  /** The order of this id as a recruiter sees it. */
  async order(id: string): Promise<Parsed> {
    const { orders } = await this.control('GET', '/orders');
    return orders.find(({ orderId }: Parsed) => orderId === id);
  }

  /** What came last below this name. */
  last(name: string): Received {
    const found = this.received.findLast((one) => one.name === name);
    if (found === undefined) throw new Error(`nothing came to ${name}`);
    return found;
  }

  private answerTo(method: string, url: string, headers: IncomingHttpHeaders, sent: string): PartnerAnswer {
    const { pathname, searchParams: query } = new URL(url, 'http://partner.example');
    const name = `${method} ${pathname}`;
    const received = { name, query, headers, text: sent, body: sent === '' ? null : JSON.parse(sent) };
    this.received.push(received);
    return this.answers[name]?.(received) ?? { status: 404, body: '' };
  }
}

async function respond(request: IncomingMessage, response: ServerResponse, answerTo: (sent: string) => PartnerAnswer | undefined) {
  const { status = 200, body } = answerTo(await text(request)) ?? { status: 503, body: '' };
  response.writeHead(status, { 'content-type': 'application/json' });
  response.end(typeof body === 'string' ? body : JSON.stringify(body));
}

function addressOf(server: Server): string {
  const address: AddressInfo | string | null = server.address();
  return typeof address === 'object' && address !== null ? `http://127.0.0.1:${address.port}` : '';
}
