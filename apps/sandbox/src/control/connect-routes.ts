import type { FastifyInstance } from 'fastify';
import { announce, connectionFailed, created, stateChanged, told } from '../kombo/announcements.js';
import { newToken } from '../kombo/connect.js';
import type { Link } from '../kombo/customer-link.js';
import type { Integration } from '../kombo/integration.js';
import type { Kombo } from '../kombo/kombo.js';
import { pathParam } from '../request-parts.js';
import { Body, ControlError } from './checked.js';
import { createIntegration } from './integrations.js';

/** The customer follows a link: connects their ATS, repairs the login, or finishes the set-up. */
export function registerConnect(server: FastifyInstance, kombo: Kombo): void {
  server.post('/control/kombo/connect/:token', (request) => follow(kombo, pathParam(request, 'token'), request.body));
}

function follow(kombo: Kombo, token: string, given: unknown) {
  const link = kombo.links.get(token);
  if (link === undefined) throw new ControlError('there is no such link', 404);
  const { webhook, fail, firstSync, ...recipe } = { webhook: undefined, fail: undefined, firstSync: undefined, ...new Body(given).rest() };
  const wishes = new Body({ webhook, fail, firstSync });
  const when = wishes.oneOf('webhook', ['before', 'after', 'none']) ?? 'before';
  const isPending = wishes.oneOf('firstSync', ['done', 'pending']) === 'pending';
  if (wishes.boolean('fail') ?? false) return failed(kombo, link);
  const integration = link.integrationId === null ? connect(kombo, link, recipe) : repair(kombo, link.integrationId);
  if (isPending) integration.state = { ...integration.state, setupStatus: 'FINAL_SYNC_PENDING', qaStatus: 'PENDING' };
  const handover = newToken(kombo);
  kombo.handovers.set(handover, { integrationId: integration.identity.id, email: link.endUser.email, announcesLate: when === 'after' });
  if (link.integrationId === null && when === 'before') void announce(kombo, integration, created(integration));
  return { integrationId: integration.identity.id, token: handover };
}

function connect(kombo: Kombo, { endUser, environmentId, tool }: Link, recipe: object): Integration {
  const environment = environmentId === kombo.environments[0].id ? 'main' : 'second';
  const given = { ...(tool === null ? {} : { tool }), ...recipe, environment };
  const { organizationName, originId } = endUser;
  return createIntegration(kombo, new Body({ ...given, organizationName, originId })).integration;
}

function repair(kombo: Kombo, id: string): Integration {
  const integration = kombo.integrations.get(id);
  if (integration === undefined) throw new ControlError('the integration was deleted', 404);
  const before = told(integration.state);
  const setupStatus = integration.state.setupStatus === 'INCOMPLETE' ? 'FINAL_SYNC_PENDING' : integration.state.setupStatus;
  integration.state = { ...integration.state, status: 'ACTIVE', setupStatus };
  integration.loginFailsSinceMs = null;
  if (told(integration.state) !== before) void announce(kombo, integration, stateChanged(integration, kombo.clock.nowMs()));
  return integration;
}

function failed(kombo: Kombo, { endUser, environmentId, tool, integrationId }: Link) {
  const user = { organization_name: endUser.organizationName, creator_email: endUser.email, origin_id: endUser.originId };
  const webhook = connectionFailed(tool ?? 'sandbox', user);
  const integration = kombo.integrations.get(integrationId ?? '');
  if (integration === undefined) void kombo.webhooksOf(environmentId).send(null, webhook);
  else void announce(kombo, integration, webhook);
  return { integrationId: null, token: null };
}
