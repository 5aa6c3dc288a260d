import { setTimeout as sleep } from 'node:timers/promises';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { keysOf, pathParam } from '../request-parts.js';
import type { Environment } from './environments.js';
import type { Befalling } from '../serving/faults.js';
import type { Integration } from './integration.js';
import type { Kombo } from './kombo.js';
import { errorBody, KomboError } from './kombo-error.js';
import { marked, markerAt } from './markers.js';
import type { LoggedRequest } from '../serving/request-log.js';
import { drop, htmlBody, isDropped, send, type Served } from '../serving/spoiling.js';

export const BASE_PATH = '/kombo/v1';

/** What a route has to work with. */
export interface Exchange {
  readonly request: FastifyRequest;
  readonly reply: FastifyReply;
  readonly environment: Environment;
  readonly integrationHeader: string | undefined;
  readonly failures: readonly Befalling[];
}

/** The body of an answer that is a success. */
export type Route = (exchange: Exchange) => Buffer | Promise<Buffer>;

const LOG_URL = 'https://app.kombo.example/main/logs?interactionId=1';

/** Every request goes this way: log, faults, key, quota, the route itself, and the faults that spoil a finished answer. */
export function answering(kombo: Kombo, route: Route) {
  return async (request: FastifyRequest, reply: FastifyReply): Promise<FastifyReply> => {
    const logged = logRequest(kombo, request);
    const failures = kombo.faults.take(logged.path, logged.headers['x-integration-id'] ?? null);
    for (const failure of failures) if (failure.kind === 'latency') await sleep(failure.ms);
    const early = failures.filter(({ late }) => !late);
    if (isDropped(early)) return drop(request, reply);
    const integration = kombo.integrations.get(integrationHeaderOf(request) ?? pathParam(request, 'id'));
    const served = failedAnswer(reply, integration, early) ?? (await routeAnswer(kombo, request, reply, failures, route));
    if (isDropped(failures)) return drop(request, reply);
    const answer = failedAnswer(reply, integration, failures) ?? served;
    const marker = markerAt(integration, 'header.x-ats-account');
    if (marker !== '') reply.header('x-ats-account', marker);
    logged.status = answer.status;
    send(reply, answer, failures);
    return reply;
  };
}

function integrationHeaderOf(request: FastifyRequest): string | undefined {
  const header = request.headers['x-integration-id'];
  return typeof header === 'string' ? header : undefined;
}

function logRequest(kombo: Kombo, request: FastifyRequest): LoggedRequest {
  const [path = ''] = request.url.split('?');
  const headers: Record<string, string> = {};
  for (const [name, value] of Object.entries(request.headers)) headers[name] = String(value);
  return kombo.log.add({
    at: kombo.clock.now().toISOString(),
    method: request.method,
    path: path.slice(BASE_PATH.length),
    query: keysOf(request.query),
    headers,
    body: request.body ?? null,
  });
}

function failedAnswer(reply: FastifyReply, integration: Integration | undefined, failures: readonly Befalling[]): Served | undefined {
  for (const failure of failures) {
    if (failure.kind === 'html') {
      reply.type('text/html');
      return { status: failure.status, body: htmlBody(markerAt(integration, 'html')) };
    }
    if (failure.kind === 'error') {
      reply.headers(failure.headers).type('application/json; charset=utf-8');
      return {
        status: failure.status,
        body: errorAnswer(integration, failure.code, 'Injected fault', markerAt(integration, 'fault') === '' ? null : LOG_URL),
      };
    }
  }
  return undefined;
}

async function routeAnswer(
  kombo: Kombo,
  request: FastifyRequest,
  reply: FastifyReply,
  failures: readonly Befalling[],
  route: Route,
): Promise<Served> {
  reply.type('application/json; charset=utf-8');
  const integrationHeader = integrationHeaderOf(request);
  try {
    const environment = kombo.environmentOf(request.headers.authorization);
    takeQuota(kombo, environment, reply);
    return { status: 200, body: await route({ request, reply, environment, integrationHeader, failures }) };
  } catch (error) {
    if (!(error instanceof KomboError)) throw error;
    return { status: error.status, body: errorAnswer(kombo.integrations.get(integrationHeader ?? ''), error.code, error.message, LOG_URL) };
  }
}

function takeQuota(kombo: Kombo, environment: Environment, reply: FastifyReply): void {
  const standing = kombo.quotas.get(environment.id)?.take(kombo.clock.nowMs());
  reply.headers(standing?.headers ?? {});
  if (standing?.isAllowed === false) throw new KomboError('PLATFORM.RATE_LIMIT_EXCEEDED', 'Too many requests.');
}

/** Real messages may quote what the ATS said, so that a canary stands in them too. */
function errorAnswer(integration: Integration | undefined, code: string | null, message: string, logUrl: string | null): Buffer {
  return Buffer.from(JSON.stringify(marked(integration, 'error', errorBody(code, message, logUrl))));
}
