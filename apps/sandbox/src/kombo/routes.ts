import type { FastifyInstance, FastifyReply, FastifyRequest, HTTPMethods } from 'fastify';
import type { Resource } from '#libs/model';
import { keysOf, pathParam } from '../request-parts.js';
import { act } from './actions/action.js';
import { ACTIONS } from './actions/index.js';
import { announce, created, deleted, stateChanged, told } from './announcements.js';
import { answering, BASE_PATH, type Exchange } from './answering.js';
import { getPackages, listOrders, putResult, setPackages } from './assessment/routes.js';
import { createLink, exchanged, handoverOf, repairLink } from './connect.js';
import { toolCoverage } from './coverage.js';
import { forceSync } from './force-sync.js';
import { spoilResults } from './hostile.js';
import type { Integration } from './integration.js';
import { integrationObject } from './integration-object.js';
import type { Kombo } from './kombo.js';
import { KomboError, successBody } from './kombo-error.js';
import { listPage } from './list.js';
import { marked } from './markers.js';
import { invalid, parseListQuery } from './query.js';
import { assertReadable, assertUsable } from './readiness.js';
import { smallPage, type SmallList } from './small-lists.js';

/** Kombo's unified API, as far as it is stood in for: `/kombo/v1/…`. */
export function registerKombo(server: FastifyInstance, kombo: Kombo): void {
  const at = (method: HTTPMethods, path: string, route: (exchange: Exchange) => unknown) => {
    server.route({ method, url: BASE_PATH + path, handler: answering(kombo, (exchange) => successBody(route(exchange))) });
  };
  at('GET', '/check-api-key', ({ environment }) => ({ environment_id: environment.id, customer_id: 'B5DVmypWENfU6eMe6gYDyJG3' }));
  at('GET', '/tools/ats', () => ({ tools: [sandboxTool()] }));
  at('GET', '/ats/users', (exchange) => list(kombo, 'user', exchange));
  at('GET', '/ats/jobs', (exchange) => list(kombo, 'job', exchange));
  at('GET', '/ats/candidates', (exchange) => list(kombo, 'candidate', exchange));
  at('GET', '/ats/applications', (exchange) => list(kombo, 'application', exchange));
  for (const [path, name] of SMALL_LISTS) at('GET', path, (exchange) => small(kombo, name, exchange));
  at('GET', '/assessment/packages', (exchange) => getPackages(kombo, exchange));
  at('GET', '/assessment/orders', (exchange) => listOrders(kombo, exchange));
  for (const [path, write] of ASSESSMENT_WRITES) {
    const done = (exchange: Exchange) => Buffer.from(JSON.stringify({ status: 'success', data: write(kombo, exchange), warnings: [] }));
    server.route({ method: 'PUT', url: BASE_PATH + path, handler: answering(kombo, done) });
  }
  for (const action of ACTIONS) {
    const handler = answering(kombo, async (exchange) => Buffer.from(JSON.stringify(await act(kombo, action, exchange))));
    server.route({ method: action.method, url: BASE_PATH + action.path, handler });
  }
  server.get('/kombo/resources/:token', (request, reply) => sendFile(kombo, pathParam(request, 'token'), reply));
  at('POST', '/force-sync', ({ request, environment, integrationHeader }) =>
    forceSync(kombo, kombo.integrationOf(environment, integrationHeader), request.body),
  );
  at('GET', '/integrations/:id', (exchange) => describe(integrationInPath(kombo, exchange)));
  at('PUT', '/integrations/:id/enabled', (exchange) => setEnabled(kombo, exchange));
  at('DELETE', '/integrations/:id', (exchange) => {
    const integration = integrationInPath(kombo, exchange);
    kombo.integrations.delete(integration.identity.id);
    void announce(kombo, integration, deleted(integration, kombo.clock.nowMs()));
    return {};
  });
  at('POST', '/connect/create-link', ({ environment, request }) => createLink(kombo, environment.id, request.body, originOf(request)));
  at('GET', '/connect/integration-by-token/:token', ({ environment, request }) => exchangeToken(kombo, environment.id, request));
  at('POST', '/integrations/:id/relink', (exchange) => repair(kombo, exchange, 'relink'));
  at('POST', '/integrations/:id/setup-link', (exchange) => repair(kombo, exchange, 'setup'));
  server.all(`${BASE_PATH}/*`, answering(kombo, notThere));
}

const ASSESSMENT_WRITES = [
  ['/assessment/packages', setPackages],
  ['/assessment/orders/:id/result', putResult],
] as const;

function list(kombo: Kombo, resource: Resource, { request, environment, integrationHeader, failures }: Exchange): unknown {
  const integration = kombo.integrationOf(environment, integrationHeader);
  const query = parseListQuery(resource, keysOf(request.query));
  assertReadable(integration, resource);
  const page = listPage(integration, resource, query, kombo.clock.nowMs());
  const results = spoilResults(integration, page, failures);
  const isLooping = failures.some(({ kind }) => kind === 'loop');
  return {
    next: isLooping ? (query.cursor ?? page.next) : page.next,
    results: results.map((record) => marked(integration, resource, record)),
  };
}

const SMALL_LISTS = [
  ['/ats/tags', 'tag'],
  ['/ats/roles', 'role'],
  ['/ats/rejection-reasons', 'rejection-reason'],
] as const;

function small(kombo: Kombo, name: SmallList, { request, environment, integrationHeader }: Exchange): unknown {
  const integration = kombo.integrationOf(environment, integrationHeader);
  const query = parseListQuery(name, keysOf(request.query));
  assertUsable(integration);
  return marked(integration, 'other', smallPage(integration, name, query));
}

/** An attachment's file, without a key, for as long as its address lives. */
function sendFile(kombo: Kombo, token: string, reply: FastifyReply): FastifyReply {
  const file = kombo.resources.get(token);
  if (file === undefined || file.untilMs < kombo.clock.nowMs()) return reply.code(403).send({ error: 'expired' });
  // Whatever it is: not for a browser to run.
  const headers = { 'content-disposition': 'attachment', 'x-content-type-options': 'nosniff' };
  return reply.type(file.contentType).headers(headers).send(file.content);
}

function integrationInPath(kombo: Kombo, { request, environment }: Exchange) {
  return kombo.integrationOf(environment, pathParam(request, 'id'));
}

const describe = (integration: Integration) => marked(integration, 'other', integrationObject(integration));

/** Disabling cancels what is queued and keeps the credentials (Kombo documentation, integrations). */
function setEnabled(kombo: Kombo, exchange: Exchange): unknown {
  const integration = integrationInPath(kombo, exchange);
  const { value } = keysOf(exchange.request.body);
  if (typeof value !== 'boolean') throw invalid('value must be a boolean');
  if (!value) integration.queuedSyncs.clear();
  const before = told(integration.state);
  integration.state.status = value ? 'ACTIVE' : 'INACTIVE';
  if (told(integration.state) !== before) void announce(kombo, integration, stateChanged(integration, kombo.clock.nowMs()));
  return {};
}

const originOf = ({ headers }: FastifyRequest) => `http://${headers.host ?? 'localhost'}`;

function repair(kombo: Kombo, exchange: Exchange, purpose: 'relink' | 'setup'): unknown {
  return repairLink(kombo, integrationInPath(kombo, exchange), purpose, exchange.request.body, originOf(exchange.request));
}

/** A webhook may come before or after the exchange (Kombo documentation, connect flow). */
function exchangeToken(kombo: Kombo, environmentId: string, request: FastifyRequest): unknown {
  const token = pathParam(request, 'token');
  const { integration, handover } = handoverOf(kombo, environmentId, token);
  kombo.handovers.delete(token);
  if (handover.announcesLate) void announce(kombo, integration, created(integration));
  return exchanged(integration, handover);
}

function notThere(): never {
  throw new KomboError('PLATFORM.INPUT_INVALID', 'There is no such endpoint.');
}

function sandboxTool(): unknown {
  const asset = (name: string) => `https://storage.example/tools/sandbox/${name}.svg`;
  return {
    id: 'sandbox',
    label: 'Sandbox',
    internal_label: null,
    assets: { logo_url: asset('logo'), icon_url: asset('icon'), icon_black_url: asset('icon-black') },
    paid_api_details_markdown: null,
    fast_track_details_markdown: null,
    partner_only_details_markdown: null,
    connection_guide_url: null,
    coverage: toolCoverage(),
  };
}
