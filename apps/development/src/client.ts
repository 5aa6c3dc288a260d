import { GatewayError } from '#libs/model';

type Json = Readonly<Record<string, unknown>>;

/** Calls to the gateway's own API and the sandbox's. An answer that is not a success is an error with the status and what the answer says. */
export class Client {
  constructor(
    private readonly url: string,
    private readonly token: string | null,
    private readonly signal: AbortSignal,
  ) {}

  get = (path: string) => this.send('GET', path);
  put = (path: string, body: object) => this.send('PUT', path, body);
  patch = (path: string, body: object) => this.send('PATCH', path, body);
  delete = (path: string) => this.send('DELETE', path);
  post = (path: string, body: object = {}) => this.send('POST', path, body);

  private async send(method: string, path: string, body?: object): Promise<Json> {
    const headers = {
      ...(body === undefined ? {} : { 'content-type': 'application/json' }),
      ...(this.token === null ? {} : { authorization: `Bearer ${this.token}` }),
    };
    const payload = body === undefined ? {} : { body: JSON.stringify(body) };
    const response = await fetch(`${this.url}${path}`, { method, headers, signal: this.signal, ...payload });
    const text = await response.text();
    const answer = objectOf(text === '' ? {} : JSON.parse(text));
    if (response.ok) return answer;
    const reason = answer['detail'] ?? answer['code'] ?? answer['error'];
    const said = typeof reason === 'string' ? `: ${reason}` : '';
    throw new GatewayError('internal', {
      context: { status: response.status },
      detail: `${method} ${path} answered ${response.status}${said}`,
    });
  }
}

/** The value's keys, none where it is no object. */
export function objectOf(value: unknown): Json {
  return typeof value === 'object' && value !== null ? { ...value } : {};
}

/** The objects of a list's `data`. */
export function dataOf({ data }: Json): Json[] {
  return Array.isArray(data) ? data.map(objectOf) : [];
}

export function numberOf(value: unknown): number {
  return typeof value === 'number' ? value : 0;
}
