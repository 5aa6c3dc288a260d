import { setTimeout as pause } from 'node:timers/promises';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { keysOf } from '../request-parts.js';
import type { Befalling } from '../serving/faults.js';
import { drop, htmlBody, isDropped, send, type Served } from '../serving/spoiling.js';
import { hidden, type Account } from './account.js';
import type { Ats } from './ats.js';
import { Parameters, type Exchange } from './exchange.js';
import { spoilItems } from './hostile.js';
import { Refusal, type Answer, type ListAnswer, type Route } from './vendor.js';

/** The vendor's routes. Every request goes one way: log, faults, credentials, limits, the route, and the faults that spoil its answer. */
export function registerVendor(server: FastifyInstance, ats: Ats): void {
  for (const [name, route] of Object.entries(ats.vendor.routes)) {
    const [method = 'GET', path = '/'] = name.split(' ');
    server.route({ method, url: `${ats.basePath}${path}`, handler: (request, reply) => answer(ats, route, request, reply) });
  }
}

async function answer(ats: Ats, route: Route, request: FastifyRequest, reply: FastifyReply): Promise<FastifyReply> {
  const logged = logRequest(ats, request);
  const query = new Parameters(request.query, 422);
  const exchange = { ats, request, query, body: new Parameters(request.body, 422) };
  const account = ats.vendor.accountOf({ ...exchange, loops: false });
  const failures = ats.faults.take(logged.path, account?.id ?? null);
  for (const failure of failures) if (failure.kind === 'latency') await pause(failure.ms);
  if (isDropped(failures.filter(({ late }) => !late))) return drop(request, reply);
  reply.type('application/json; charset=utf-8');
  const served =
    failedAnswer(
      ats,
      account,
      reply,
      failures.filter(({ late }) => !late),
    ) ??
    routed(ats, reply, account, logged.path, failures, (known) =>
      strictly(route, { ...exchange, account: known, loops: failures.some(({ kind }) => kind === 'loop') }),
    );
  if (isDropped(failures)) return drop(request, reply);
  const told = failedAnswer(ats, account, reply, failures) ?? served;
  logged.status = told.status;
  send(reply, told, failures);
  return reply;
}

function logRequest(ats: Ats, request: FastifyRequest) {
  const [path = ''] = request.url.split('?');
  const headers = Object.fromEntries(Object.entries(request.headers).map(([name, value]) => [name, String(value)]));
  return ats.log.add({
    at: ats.clock.now().toISOString(),
    method: request.method,
    path: path.slice(ats.basePath.length),
    query: keysOf(request.query),
    headers,
    body: request.body ?? null,
  });
}

function failedAnswer(ats: Ats, account: Account | undefined, reply: FastifyReply, failures: readonly Befalling[]): Served | undefined {
  for (const failure of failures) {
    if (failure.kind === 'html') {
      reply.type('text/html');
      return { status: failure.status, body: htmlBody(account === undefined ? '' : hidden(account, '')) };
    }
    if (failure.kind === 'error') {
      reply.headers(failure.headers);
      const message = account === undefined ? 'Injected fault' : hidden(account, 'Injected fault');
      return servedAs(reply, ats.vendor.refusal(new Refusal(failure.status, failure.code ?? 'unknown', message)));
    }
  }
  return undefined;
}

function routed(
  ats: Ats,
  reply: FastifyReply,
  account: Account | undefined,
  path: string,
  failures: readonly Befalling[],
  route: (account: Account) => Answer | ListAnswer,
): Served {
  let release = (): void => undefined;
  try {
    if (account === undefined || account.behaviour.rights === 'none')
      throw new Refusal(401, 'unauthorized', 'The credentials are not valid');
    release = takeLeave(ats, reply, account, path);
    const made = route(account);
    if (!('items' in made)) return servedAs(reply, made);
    const items = spoilItems(account, made, failures);
    return servedAs(reply, { body: made.wrap(items), ...(made.headers && { headers: made.headers }) });
  } catch (error) {
    if (!(error instanceof Refusal)) throw error;
    const message = account === undefined ? error.message : hidden(account, error.message);
    return servedAs(reply, ats.vendor.refusal(new Refusal(error.status, error.code, message)));
  } finally {
    reply.raw.once('close', release);
  }
}

function takeLeave(ats: Ats, reply: FastifyReply, account: Account, path: string): () => void {
  if (!account.behaviour.limits) return () => undefined;
  const { isAllowed, standing, release } = account.counters.take(ats.vendor.limits, path, account.behaviour.most);
  if (standing !== null) reply.headers(ats.vendor.limitHeaders(standing, ats.clock.nowMs(), !isAllowed));
  if (isAllowed) return release;
  release();
  throw new Refusal(429, 'rate_limited', 'Too many requests');
}

function servedAs(reply: FastifyReply, { status = 200, headers = {}, body }: Answer): Served {
  reply.headers(headers);
  return { status, body: Buffer.from(JSON.stringify(body)) };
}

/** Refuses what no route has read: a request is what the vendor documents, or it is refused. */
function strictly(route: Route, exchange: Exchange): Answer | ListAnswer {
  const made = route(exchange);
  exchange.query.end();
  exchange.body.end();
  return made;
}
