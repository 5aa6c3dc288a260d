import type { FastifyInstance, FastifyRequest } from 'fastify';
import { AssessmentConnection, orderObject } from '../kombo/assessment/connection.js';
import type { Kombo } from '../kombo/kombo.js';
import { keysOf, pathParam } from '../request-parts.js';
import { findIntegration } from './addressing.js';
import { Body, ControlError } from './checked.js';

const BASE = '/control/kombo/assessments';

/** A customer's connection of category ASSESSMENT, and what recruiters order in their ATS. */
export function registerAssessments(server: FastifyInstance, kombo: Kombo): void {
  server.post('/control/kombo/integrations/:id/assessment', (request) => {
    const integration = findIntegration(kombo, pathParam(request, 'id'));
    const known = [...kombo.assessments.values()].find((each) => each.integration === integration);
    const connection = known ?? new AssessmentConnection(integration);
    kombo.assessments.set(connection.id, connection);
    return { assessmentIntegrationId: connection.id };
  });
  server.get(`${BASE}/:id`, (request) => {
    const { packages, orders } = find(kombo, request);
    return { packages, orders };
  });
  server.post(`${BASE}/:id/orders`, (request) => order(kombo, find(kombo, request), new Body(request.body)));
  server.post(`${BASE}/:id/orders/:order/cancel`, (request) => {
    const found = find(kombo, request).orders.find(({ id }) => id === pathParam(request, 'order'));
    if (found === undefined) throw new ControlError('there is no such order', 404);
    found.status = 'CANCELLED';
    return { status: found.status };
  });
}

function find(kombo: Kombo, request: FastifyRequest): AssessmentConnection {
  const connection = kombo.assessments.get(pathParam(request, 'id'));
  if (connection === undefined) throw new ControlError('there is no such assessment connection', 404);
  return connection;
}

/** Told by a webhook; whoever answers 422 has rejected it, any other answer leaves it open (Kombo documentation, assessments). */
async function order(kombo: Kombo, connection: AssessmentConnection, body: Body) {
  const application = body.integer('application', 0, 10_000_000) ?? 0;
  const packageId = body.text('package') ?? connection.packages[0]?.id ?? 'unknown';
  const isTold = body.boolean('webhook') ?? true;
  const isInline = body.boolean('inline') ?? false;
  body.end();
  const made = connection.order(application, packageId, kombo.clock.nowMs());
  const data = { ...orderObject(connection, made), integration_id: connection.id };
  const webhooks = kombo.webhooksOf(connection.integration.identity.environmentId);
  const type = isInline ? 'inline-assessment:order-received' : 'assessment:order-received';
  const told = isTold ? await webhooks.send(connection.id, { type, data }) : null;
  if (told?.status === 422) made.status = 'REJECTED';
  const answer = { orderId: made.id, status: made.status, webhookStatus: told?.status ?? null };
  return isInline ? { ...answer, assessmentUrl: addressIn(told?.body ?? null) } : answer;
}

/** Where the candidate goes on, who waits in the ATS's form; null where the receiver said nothing that is one. */
function addressIn(answered: string | null): string | null {
  const address: unknown = answered === null || !answered.startsWith('{') ? null : keysOf(JSON.parse(answered))['assessment_url'];
  return typeof address === 'string' && URL.canParse(address) ? address : null;
}
