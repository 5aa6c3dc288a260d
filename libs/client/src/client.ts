import type { Values } from './address.js';
import { LONGEST_WAIT_S, pollEvents, type PolledEvent, type PollOptions } from './events.js';
import type { Answer, Filter, Given, Item, ListName, OperationName, Page } from './operations.js';
import { pagesOf } from './pages.js';
import { Transport, type CallOptions, type TransportOptions } from './transport.js';

export type ClientOptions = TransportOptions;

/** How much longer than the gateway may hold a question open. */
const LONGER_MS = 10_000;

const RESULT = '/v1/tenants/{tenantId}/applications/{id}/results/{resultKey}';

type ResultPath = Given<`GET ${typeof RESULT}`>['path'];

/** The gateway, for internal services. What has no method of its own here is called by `call`, `list` and `pages`, with the types of the operation. */
export class GatewayClient {
  private readonly transport: Transport;

  constructor(options: ClientOptions) {
    this.transport = new Transport(options);
  }

  /**
   * Any operation, by its method and its path as the OpenAPI document writes them:
   * `client.call('GET /platform/v1/tenants/{tenantId}', { path: { tenantId } })`. Throws `GatewayProblem`.
   */
  async call<Name extends OperationName>(name: Name, given: Given<Name>, options: CallOptions = {}): Promise<Answer<Name>> {
    const answer = await this.transport.send({ ...options, ...operationOf(name), ...partsOf(given) });
    // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- what the gateway answers is what its document says
    return answer as Answer<Name>;
  }

  /** Any list page by page, for what a page says besides its items (`freshAsOf`), or to go on later: `query.cursor` is a page's `nextCursor`. */
  pages<Name extends ListName>(name: Name, given: Given<Name>, options: CallOptions = {}): AsyncGenerator<Page<Name>, void, undefined> {
    const { query, ...parts } = partsOf(given);
    const { cursor: begin, ...filter } = query;
    const read = async (cursor: string | undefined) => {
      const page = await this.transport.send({ ...options, ...operationOf(name), ...parts, query: { ...filter, cursor } });
      // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- what the gateway answers is what its document says
      return page as Page<Name>;
    };
    return pagesOf(read, typeof begin === 'string' ? begin : undefined);
  }

  /** Every item of any list; pages are read as they are used. */
  async *list<Name extends ListName>(name: Name, given: Given<Name>, options?: CallOptions): AsyncGenerator<Item<Name>, void, undefined> {
    for await (const { data } of this.pages(name, given, options)) yield* data;
  }

  /** Jobs with their stages and hiring team. */
  jobs = (tenantId: string, query: Filter<'GET /v1/tenants/{tenantId}/jobs'> = {}, options?: CallOptions) =>
    this.list('GET /v1/tenants/{tenantId}/jobs', { path: { tenantId }, query }, options);

  users = (tenantId: string, query: Filter<'GET /v1/tenants/{tenantId}/users'> = {}, options?: CallOptions) =>
    this.list('GET /v1/tenants/{tenantId}/users', { path: { tenantId }, query }, options);

  candidates = (tenantId: string, query: Filter<'GET /v1/tenants/{tenantId}/candidates'> = {}, options?: CallOptions) =>
    this.list('GET /v1/tenants/{tenantId}/candidates', { path: { tenantId }, query }, options);

  applications = (tenantId: string, query: Filter<'GET /v1/tenants/{tenantId}/applications'> = {}, options?: CallOptions) =>
    this.list('GET /v1/tenants/{tenantId}/applications', { path: { tenantId }, query }, options);

  orders = (tenantId: string, query: Filter<'GET /v1/tenants/{tenantId}/orders'> = {}, options?: CallOptions) =>
    this.list('GET /v1/tenants/{tenantId}/orders', { path: { tenantId }, query }, options);

  job = (tenantId: string, id: string, options?: CallOptions) =>
    this.call('GET /v1/tenants/{tenantId}/jobs/{id}', { path: { tenantId, id } }, options);

  user = (tenantId: string, id: string, options?: CallOptions) =>
    this.call('GET /v1/tenants/{tenantId}/users/{id}', { path: { tenantId, id } }, options);

  candidate = (tenantId: string, id: string, options?: CallOptions) =>
    this.call('GET /v1/tenants/{tenantId}/candidates/{id}', { path: { tenantId, id } }, options);

  application = (tenantId: string, id: string, options?: CallOptions) =>
    this.call('GET /v1/tenants/{tenantId}/applications/{id}', { path: { tenantId, id } }, options);

  status = (tenantId: string, options?: CallOptions) => this.call('GET /v1/tenants/{tenantId}/status', { path: { tenantId } }, options);

  /** Has the tenant's ATS read now; the answer is the run. */
  refresh = (tenantId: string, body: Given<'POST /v1/tenants/{tenantId}/refresh'>['body'], options?: CallOptions) =>
    this.call('POST /v1/tenants/{tenantId}/refresh', { path: { tenantId }, body }, options);

  /** Hands over a result of an application; the same one again changes nothing. `query.revise`: it takes the place of one that was delivered. */
  putResult = (
    path: ResultPath,
    body: Given<`PUT ${typeof RESULT}`>['body'],
    query: { readonly revise?: boolean } = {},
    options?: CallOptions,
  ) => this.call(`PUT ${RESULT}`, { path, body, query }, options);

  /** How the delivery of a result stands. */
  result = (path: ResultPath, options?: CallOptions) => this.call(`GET ${RESULT}`, { path }, options);

  subscribe = (body: Given<'POST /v1/subscriptions'>['body'], options?: CallOptions) =>
    this.call('POST /v1/subscriptions', { body }, options);

  /** Events as they come, each with the cursor to go on from. */
  events(options: PollOptions = {}): AsyncGenerator<PolledEvent, void, undefined> {
    const timeoutMs = (options.waitS ?? LONGEST_WAIT_S) * 1000 + LONGER_MS;
    const signal = options.signal === undefined ? {} : { signal: options.signal };
    return pollEvents((query) => this.call('GET /v1/events', { query }, { ...signal, timeoutMs }), options);
  }
}

/** A client of the gateway at `baseUrl`. Throws `TypeError` where that is no address. */
export const createClient = (options: ClientOptions): GatewayClient => new GatewayClient(options);

function operationOf(name: OperationName): { readonly method: string; readonly url: string } {
  const [method = '', url = ''] = name.split(' ');
  return { method, url };
}

interface Parts {
  readonly path?: object | undefined;
  readonly query?: object | undefined;
  readonly body?: unknown;
}

const partsOf = ({ path = {}, query = {}, body }: Parts) => ({ path: valuesOf(path), query: valuesOf(query), body });

const valuesOf = (of: object): Values => Object.fromEntries(Object.entries(of));
