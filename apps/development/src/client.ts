import { GatewayError } from '#libs/model';

/** Calls to the gateway's own API and the sandbox's. An answer that is not a success is an error that names the call. */
export class Client {
  constructor(
    private readonly url: string,
    private readonly token: string | null,
  ) {}

  get = (path: string) => this.send('GET', path);
  put = (path: string, body: object) => this.send('PUT', path, body);
  post = (path: string, body: object = {}) => this.send('POST', path, body);

  private async send(method: string, path: string, body?: object): Promise<Record<string, unknown>> {
    const headers = {
      ...(body === undefined ? {} : { 'content-type': 'application/json' }),
      ...(this.token === null ? {} : { authorization: `Bearer ${this.token}` }),
    };
    const response = await fetch(`${this.url}${path}`, { method, headers, ...(body === undefined ? {} : { body: JSON.stringify(body) }) });
    const answer: unknown = await response.json();
    if (!response.ok || typeof answer !== 'object' || answer === null) {
      throw new GatewayError('internal', { context: { status: response.status }, detail: `${method} ${path} answered ${response.status}` });
    }
    return { ...answer };
  }
}

/** The objects of a list's `data`. */
export function dataOf(answer: Readonly<Record<string, unknown>>): Record<string, unknown>[] {
  return Array.isArray(answer['data'])
    ? answer['data'].filter((one): one is Record<string, unknown> => typeof one === 'object' && one !== null)
    : [];
}
