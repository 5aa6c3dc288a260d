import type { IncomingMessage } from 'node:http';
import { GatewayError, RESOURCES, type Resource } from '#libs/model';
import { json, source } from '../http/source.for-spec.js';
import { API_KEY, callTo, INTEGRATION_ID } from './call.for-spec.js';
import { grantToRead } from './grant.for-spec.js';
import { kombo } from './index.js';
import { HTTPClient, Kombo } from './sdk.for-spec.js';

interface Sent {
  readonly method: string;
  readonly path: string;
  readonly query: Readonly<Record<string, string>>;
  readonly headers: readonly (string | null | undefined)[];
}

const HEADERS = ['authorization', 'x-integration-id', 'accept'] as const;
const EMPTY_PAGE = { status: 'success', data: { results: [], next: null } };

function sentBy(method: string, href: string, header: (name: string) => string | null | undefined): Sent {
  const url = new URL(href, 'http://source');
  return { method, path: url.pathname, query: Object.fromEntries(url.searchParams), headers: HEADERS.map(header) };
}

/** What the SDK sends for a call. */
async function sentBySdk(use: (sdk: Kombo) => Promise<unknown>): Promise<Sent | undefined> {
  const sent: Sent[] = [];
  const fetcher = (input: Request | URL | string) => {
    const request = new Request(input);
    sent.push(sentBy(request.method, request.url, (name) => request.headers.get(name)));
    return Promise.resolve(Response.json(EMPTY_PAGE));
  };
  const http_client = new HTTPClient({ fetcher });
  await use(new Kombo({ api_key: API_KEY, integration_id: INTEGRATION_ID, http_client })).catch(() => undefined);
  return sent[0];
}

/** What the connector sends. */
async function sentByUs(read: (baseUrl: string) => Promise<unknown>): Promise<Sent[]> {
  const server = await source(json(200, EMPTY_PAGE));
  await read(server.baseUrl).catch((error: unknown) => {
    if (!(error instanceof GatewayError)) throw error;
  });
  return server.requests.map((request: IncomingMessage) =>
    sentBy(request.method ?? '', request.url ?? '', (name) => String(request.headers[name] ?? '')),
  );
}

const SINCE = '2026-03-01T08:00:00.000Z';
const JOBS = ['Job111111111111111111111', 'Job111111111111111111112'];
const filters = { page_size: 250, include_deleted: true, ignore_unsupported_filters: false };

const LISTS: Readonly<Record<Resource, (sdk: Kombo, request: object) => Promise<unknown>>> = {
  user: (sdk, request) => sdk.ats.getUsers(request),
  job: (sdk, request) => sdk.ats.getJobs(request),
  application: (sdk, request) => sdk.ats.getApplications(request),
  candidate: (sdk, request) => sdk.ats.getCandidates(request),
};

describe("our request is the SDK's", () => {
  it.each(RESOURCES)('for the first page of %s', async (resource) => {
    const theirs = await sentBySdk((sdk) => LISTS[resource](sdk, filters));
    const ours = await sentByUs((baseUrl) => kombo.ports.read[resource].page(callTo(baseUrl), { grant: grantToRead() }));
    expect(ours).toEqual([theirs]);
  });

  it.each(RESOURCES)('for a later page of a delta of %s', async (resource) => {
    const theirs = await sentBySdk((sdk) => LISTS[resource](sdk, { ...filters, updated_after: new Date(SINCE), cursor: 'a+b/c==&d' }));
    const request = { grant: grantToRead(), since: SINCE, cursor: 'a+b/c==&d' };
    const ours = await sentByUs((baseUrl) => kombo.ports.read[resource].page(callTo(baseUrl), request));
    expect(ours).toEqual([theirs]);
  });

  it.each(['application', 'candidate'] as const)('for the %ss of some jobs', async (resource) => {
    const theirs = await sentBySdk((sdk) => LISTS[resource](sdk, { ...filters, job_ids: JOBS }));
    const ours = await sentByUs((baseUrl) => kombo.ports.read[resource].page(callTo(baseUrl), { grant: grantToRead(), jobs: JOBS }));
    expect(ours).toEqual([theirs]);
  });
});

describe('a check', () => {
  it('asks what the SDK asks, the integration only in the path', async () => {
    const server = await source(json(200, { status: 'success', data: { status: 'ACTIVE' } }));
    await kombo.ports.check(callTo(server.baseUrl));
    const ours = server.requests.map((request) => `${request.method} ${decodeURIComponent(request.url ?? '')}`);
    const sent = await sentBySdk((sdk) => sdk.general.getIntegrationDetails({ integration_id: INTEGRATION_ID }));
    expect(ours).toEqual([`${sent?.method} ${decodeURIComponent(sent?.path ?? '')}`]);
    expect(server.requests.map((request) => request.headers['x-integration-id'])).toEqual([undefined]);
  });
});
