import { createClient, type GatewayClient } from '#libs/client';

/** An answer as a test looks at it: its JSON is whatever came. */
export interface Answer<Body> {
  readonly status: number;
  readonly headers: Headers;
  readonly body: Body;
}

// oxlint-disable-next-line typescript/no-explicit-any -- a test states what it expects of a body by asserting it
type Json = any;

/** An exchange, as it came over the wire. */
export interface Heard {
  readonly method: string;
  readonly path: string;
  readonly status: number;
  /** Headers and body of the answer. */
  readonly text: string;
}

/** An HTTP API under a base address, with a token. `hear` is told of every answer. */
export class Api {
  constructor(
    readonly url: string,
    readonly token: string | null,
    private readonly hear: (heard: Heard) => void = () => undefined,
  ) {}

  /** The same API for another caller. */
  as(token: string | null): Api {
    return new Api(this.url, token, this.hear);
  }

  /** The same caller, by the client that services use; a test wants to see the first answer. */
  get client(): GatewayClient {
    return createClient({
      baseUrl: this.url,
      token: this.token ?? '',
      retry: { attempts: 1 },
      fetch: (input, init) => this.heard(input, init),
    });
  }

  private async heard(...[input, init]: Parameters<typeof fetch>): Promise<Response> {
    const response = await fetch(input, init);
    const text = `${JSON.stringify([...response.headers])}\n${await response.clone().text()}`;
    this.hear({
      method: init?.method ?? 'GET',
      path: new URL(input instanceof Request ? input.url : input).pathname,
      status: response.status,
      text,
    });
    return response;
  }

  get = <Body = Json>(path: string, headers?: Record<string, string>) => this.send<Body>('GET', path, undefined, headers);
  put = <Body = Json>(path: string, body: unknown, headers?: Record<string, string>) => this.send<Body>('PUT', path, body, headers);
  post = <Body = Json>(path: string, body: unknown = {}, headers?: Record<string, string>) => this.send<Body>('POST', path, body, headers);
  patch = <Body = Json>(path: string, body: unknown) => this.send<Body>('PATCH', path, body);
  delete = <Body = Json>(path: string) => this.send<Body>('DELETE', path, undefined);

  /** Every record of a list, page by page. */
  async all<Item = Json>(path: string): Promise<Item[]> {
    const items: Item[] = [];
    for (let cursor: string | null = ''; cursor !== null;) {
      const separator = path.includes('?') ? '&' : '?';
      const page: Answer<{ data: Item[]; nextCursor: string | null }> = await this.get(
        `${path}${cursor === '' ? '' : `${separator}cursor=${cursor}`}`,
      );
      if (page.status !== 200) throw new Error(`GET ${path} answered ${page.status}: ${JSON.stringify(page.body)}`);
      items.push(...page.body.data);
      cursor = page.body.nextCursor;
    }
    return items;
  }

  private async send<Body>(method: string, path: string, body: unknown, headers: Record<string, string> = {}): Promise<Answer<Body>> {
    const response = await fetch(`${this.url}${path}`, {
      method,
      headers: {
        ...(body === undefined ? {} : { 'content-type': 'application/json' }),
        ...(this.token === null ? {} : { authorization: `Bearer ${this.token}` }),
        ...headers,
      },
      ...(body === undefined ? {} : { body: typeof body === 'string' ? body : JSON.stringify(body) }),
    });
    const text = await response.text();
    this.hear({ method, path, status: response.status, text: `${JSON.stringify([...response.headers])}\n${text}` });
    return { status: response.status, headers: response.headers, body: text === '' ? null : parsed(text, response.headers) };
  }
}

/** What is no JSON (metrics, pages) is its text. */
function parsed(text: string, headers: Headers): Json {
  return headers.get('content-type')?.includes('json') === true ? JSON.parse(text) : text;
}
