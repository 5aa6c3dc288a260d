import { setTimeout as pause } from 'node:timers/promises';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { Refusal, type Answer } from '../ats/vendor.js';
import { keysOf, pathParam } from '../request-parts.js';
import type { Befalling } from '../serving/faults.js';
import type { LoggedRequest } from '../serving/request-log.js';
import { drop, htmlBody, isDropped, send, type Served } from '../serving/spoiling.js';
import { marked, type Installation } from './installation.js';
import type { Protocol } from './protocol.js';
import type { Provider } from './provider.js';

type Taking = Protocol['routes'][string];

interface Asking {
  readonly provider: Provider;
  readonly request: FastifyRequest;
}

/** What partners call at the vendor. Every request goes one way: log, faults, credentials, the route, and the faults that spoil its answer. */
export function registerProvider(server: FastifyInstance, provider: Provider): void {
  for (const [name, taking] of Object.entries(provider.protocol.routes)) {
    const [method = 'PUT', path = '/'] = name.split(' ');
    const url = `${provider.basePath}${path}`;
    server.route({ method, url, handler: (request, reply) => answer({ provider, request }, taking, reply) });
  }
}

async function answer(incoming: Asking, taking: Taking, reply: FastifyReply): Promise<FastifyReply> {
  const { provider, request } = incoming;
  const logged = logRequest(incoming);
  const callers = provider.protocol.callersOf(incoming);
  const customer = customerOf(incoming, callers ?? []);
  const failures = provider.faults.take(logged.path, customer?.id ?? null);
  const early = failures.filter(({ late }) => !late);
  for (const failure of failures) if (failure.kind === 'latency') await pause(failure.ms);
  if (isDropped(early)) return drop(request, reply);
  reply.type('application/json; charset=utf-8');
  const refuse = (refusal: Refusal): Answer => provider.ats.vendor.refusal(withMark(customer, refusal));
  const served = failed(early, reply, customer, refuse) ?? servedAs(reply, routed(incoming, callers, taking, refuse));
  if (isDropped(failures)) return drop(request, reply);
  const told = failed(failures, reply, customer, refuse) ?? served;
  logged.status = told.status;
  send(reply, told, failures);
  return reply;
}

function logRequest({ provider, request }: Asking): LoggedRequest {
  const [path = ''] = request.url.split('?');
  const headers = Object.fromEntries(Object.entries(request.headers).map(([name, value]) => [name, String(value)]));
  return provider.log.add({
    at: provider.ats.clock.now().toISOString(),
    method: request.method,
    path: path.slice(provider.basePath.length),
    query: keysOf(request.query),
    headers,
    body: request.body ?? null,
  });
}

/** Whose order the request is about, where credentials are good for several customers. */
function customerOf({ request }: Asking, callers: readonly Installation[]): Installation | undefined {
  return callers.length === 1 ? callers[0] : callers.find(({ orders }) => orders.has(pathParam(request, 'id')));
}

function routed(
  incoming: Asking,
  callers: readonly Installation[] | undefined,
  taking: Taking,
  refuse: (refusal: Refusal) => Answer,
): Answer {
  try {
    if (callers === undefined) throw new Refusal(401, 'unauthorized', 'The credentials are not valid');
    return taking({ ...incoming, callers });
  } catch (error) {
    if (!(error instanceof Refusal)) throw error;
    return refuse(error);
  }
}

function failed(
  failures: readonly Befalling[],
  reply: FastifyReply,
  customer: Installation | undefined,
  refuse: (refusal: Refusal) => Answer,
): Served | undefined {
  for (const failure of failures) {
    if (failure.kind === 'html') {
      reply.type('text/html');
      return { status: failure.status, body: htmlBody(customer === undefined ? '' : marked(customer, '')) };
    }
    if (failure.kind === 'error') {
      reply.headers(failure.headers);
      return servedAs(reply, refuse(new Refusal(failure.status, failure.code ?? 'unknown', 'Injected fault')));
    }
  }
  return undefined;
}

function withMark(customer: Installation | undefined, refusal: Refusal): Refusal {
  return customer === undefined ? refusal : new Refusal(refusal.status, refusal.code, marked(customer, refusal.message));
}

function servedAs(reply: FastifyReply, { status = 200, headers = {}, body }: Answer): Served {
  reply.headers(headers);
  return { status, body: Buffer.from(JSON.stringify(body)) };
}
