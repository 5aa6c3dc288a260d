import { pollEvents, type PolledEvent, type PollOptions } from './events.js';
import type * as api from './generated/types.gen.js';
import { itemsOf } from './pages.js';
import { Transport, type Call, type CallOptions, type TransportOptions } from './transport.js';

export type ClientOptions = TransportOptions;

/** An operation as the generator describes it. */
interface Operation {
  readonly url: string;
  readonly path?: unknown;
  readonly query?: unknown;
  readonly body?: unknown;
}

/** What an operation asks for: its path, query and body, as far as it has them. */
type Given<O extends Operation> = Omit<O, 'url' | 'body'> &
  (O extends { body: infer B } ? { readonly body: B } : { readonly body?: O['body'] });

type Succeeded<Responses> = Responses[keyof Responses];

type Query<O extends Operation> = Omit<NonNullable<O['query']>, 'cursor'>;

const LONGER_MS = 10_000;

/** The gateway, for internal services. What has no method of its own here is called by `call`, with the types of `generated`. */
export class GatewayClient {
  private readonly transport: Transport;

  constructor(options: ClientOptions) {
    this.transport = new Transport(options);
  }

  /**
   * Any operation, by its method and its path as the OpenAPI document writes it:
   * `client.call<TenantsGetData, TenantsGetResponses>('GET', '/platform/v1/tenants/{tenantId}', { path: { tenantId } })`. Throws `GatewayProblem`.
   */
  call<O extends Operation, Responses>(
    method: Call['method'],
    url: O['url'],
    given: Given<O>,
    options: CallOptions = {},
  ): Promise<Succeeded<Responses>> {
    return this.transport.send<Succeeded<Responses>>({ ...options, method, url, ...partsOf(given) });
  }

  /** Jobs with their stages and hiring team. */
  jobs = (tenantId: string, query: Query<api.RecordsJobsData> = {}, options?: CallOptions) =>
    this.list<api.RecordsJobsData, api.Job>('/v1/tenants/{tenantId}/jobs', { tenantId }, query, options);

  users = (tenantId: string, query: Query<api.RecordsUsersData> = {}, options?: CallOptions) =>
    this.list<api.RecordsUsersData, api.User>('/v1/tenants/{tenantId}/users', { tenantId }, query, options);

  candidates = (tenantId: string, query: Query<api.RecordsCandidatesData> = {}, options?: CallOptions) =>
    this.list<api.RecordsCandidatesData, api.Candidate>('/v1/tenants/{tenantId}/candidates', { tenantId }, query, options);

  applications = (tenantId: string, query: Query<api.RecordsApplicationsData> = {}, options?: CallOptions) =>
    this.list<api.RecordsApplicationsData, api.Application>('/v1/tenants/{tenantId}/applications', { tenantId }, query, options);

  orders = (tenantId: string, query: Query<api.OrdersListData> = {}, options?: CallOptions) =>
    this.list<api.OrdersListData, api.Order>('/v1/tenants/{tenantId}/orders', { tenantId }, query, options);

  job = (tenantId: string, id: string, options?: CallOptions) =>
    this.call<api.RecordsJobData, api.RecordsJobResponses>('GET', '/v1/tenants/{tenantId}/jobs/{id}', { path: { tenantId, id } }, options);

  user = (tenantId: string, id: string, options?: CallOptions) =>
    this.call<api.RecordsUserData, api.RecordsUserResponses>(
      'GET',
      '/v1/tenants/{tenantId}/users/{id}',
      { path: { tenantId, id } },
      options,
    );

  candidate = (tenantId: string, id: string, options?: CallOptions) =>
    this.call<api.RecordsCandidateData, api.RecordsCandidateResponses>(
      'GET',
      '/v1/tenants/{tenantId}/candidates/{id}',
      { path: { tenantId, id } },
      options,
    );

  application = (tenantId: string, id: string, options?: CallOptions) =>
    this.call<api.RecordsApplicationData, api.RecordsApplicationResponses>(
      'GET',
      '/v1/tenants/{tenantId}/applications/{id}',
      { path: { tenantId, id } },
      options,
    );

  status = (tenantId: string, options?: CallOptions) =>
    this.call<api.StatusStatusData, api.StatusStatusResponses>('GET', '/v1/tenants/{tenantId}/status', { path: { tenantId } }, options);

  /** Has the tenant's ATS read now; the answer is the run. */
  refresh = (tenantId: string, body: api.StatusRefreshData['body'], options?: CallOptions) =>
    this.call<api.StatusRefreshData, api.StatusRefreshResponses>(
      'POST',
      '/v1/tenants/{tenantId}/refresh',
      { path: { tenantId }, body },
      options,
    );

  /** Hands over a result of an application; the same one again changes nothing. `query.revise`: it takes the place of one that was delivered. */
  putResult = (
    path: api.ResultsPutData['path'],
    body: api.ResultsPutData['body'],
    query: Query<api.ResultsPutData> = {},
    options?: CallOptions,
  ) =>
    this.call<api.ResultsPutData, api.ResultsPutResponses>(
      'PUT',
      '/v1/tenants/{tenantId}/applications/{id}/results/{resultKey}',
      { path, body, query },
      options,
    );

  /** How the delivery of a result stands. */
  result = (path: api.ResultsGetData['path'], options?: CallOptions) =>
    this.call<api.ResultsGetData, api.ResultsGetResponses>(
      'GET',
      '/v1/tenants/{tenantId}/applications/{id}/results/{resultKey}',
      { path },
      options,
    );

  subscribe = (body: api.SubscriptionsCreateData['body'], options?: CallOptions) =>
    this.call<api.SubscriptionsCreateData, api.SubscriptionsCreateResponses>('POST', '/v1/subscriptions', { body }, options);

  /** Events as they come, each with the cursor to go on from. */
  events(options: PollOptions = {}): AsyncGenerator<PolledEvent, void, undefined> {
    const timeoutMs = (options.waitS ?? 30) * 1000 + LONGER_MS;
    const signal = options.signal === undefined ? {} : { signal: options.signal };
    return pollEvents(
      (query) => this.call<api.EventsListData, api.EventsListResponses>('GET', '/v1/events', { query }, { ...signal, timeoutMs }),
      options,
    );
  }

  private list<O extends Operation, Item>(
    url: O['url'],
    path: Readonly<Record<string, string>>,
    query: Query<O>,
    options: CallOptions = {},
  ): AsyncGenerator<Item, void, undefined> {
    return itemsOf<Item>((cursor) => this.transport.send({ ...options, method: 'GET', url, path, query: { ...valuesOf(query), cursor } }));
  }
}

export const createClient = (options: ClientOptions): GatewayClient => new GatewayClient(options);

type Values = Readonly<Record<string, string | number | boolean | undefined>>;

const valuesOf = (of: unknown): Values => Object.fromEntries(Object.entries(typeof of === 'object' && of !== null ? of : {}));

function partsOf({ path, query, body }: { readonly path?: unknown; readonly query?: unknown; readonly body?: unknown }) {
  const names = Object.fromEntries(Object.entries(valuesOf(path)).map(([name, value]) => [name, String(value)]));
  return { path: names, query: valuesOf(query), ...(body === undefined ? {} : { body }) };
}
