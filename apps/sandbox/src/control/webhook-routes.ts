import type { FastifyInstance } from 'fastify';
import {
  announce,
  connectionFailed,
  created,
  dataChanged,
  deleted,
  endUserOf,
  stateChanged,
  syncFinished,
} from '../kombo/announcements.js';
import { ENVIRONMENTS } from '../kombo/environments.js';
import type { Kombo } from '../kombo/kombo.js';
import { pathParam } from '../request-parts.js';
import { findIntegration } from './addressing.js';
import { Body, ControlError, readLast } from './checked.js';

const BASE = '/control/kombo/webhooks';
const ANY_TEXT = /^[^]{0,200000}$/;

/** Where Kombo's webhooks go and how, what was sent, and sending by hand. */
export function registerWebhooks(server: FastifyInstance, kombo: Kombo): void {
  server.put(BASE, (request) => configure(kombo, new Body(request.body)));
  server.get(BASE, (request) => {
    const last = readLast(request.query);
    const shown = ENVIRONMENTS.map(({ id, name }) => {
      const { sending, pending, log } = kombo.webhooksOf(id);
      return [name, { sending, pending, sent: log.slice(-last) }];
    });
    return Object.fromEntries(shown);
  });
  server.delete(BASE, () => {
    for (const { id } of ENVIRONMENTS) kombo.webhooksOf(id).clear();
    return {};
  });
  server.post(BASE, (request) => sendRaw(kombo, new Body(request.body)));
  server.post('/control/kombo/integrations/:id/webhooks', (request) => sendOne(kombo, pathParam(request, 'id'), new Body(request.body)));
}

function environmentIn(body: Body): string {
  const name = body.oneOf('environment', ['main', 'second']) ?? 'main';
  return ENVIRONMENTS.find((environment) => environment.name === name)?.id ?? '';
}

function configure(kombo: Kombo, body: Body) {
  const webhooks = kombo.webhooksOf(environmentIn(body));
  const { sending } = webhooks;
  const url = body.nullableText('url', /^https?:\/\/[^\s]{1,500}$/);
  const change = {
    url: url === undefined ? sending.url : url,
    body: body.oneOf('body', ['compact', 'pretty']) ?? sending.body,
    copies: body.integer('copies', 1, 100) ?? sending.copies,
    delayMs: body.integer('delayMs', 0, 600_000) ?? sending.delayMs,
    reorder: body.boolean('reorder') ?? sending.reorder,
    loseEvery: body.integer('loseEvery', 0, 1_000_000) ?? sending.loseEvery,
    sign: body.oneOf('sign', ['right', 'wrong', 'missing']) ?? sending.sign,
  };
  body.end();
  return webhooks.configure(change);
}

/** Composes what the type usually says, unless `data` says otherwise. */
async function sendOne(kombo: Kombo, integrationId: string, body: Body) {
  const integration = findIntegration(kombo, integrationId);
  const type = body.text('type', /^[\w:-]{1,60}$/);
  const id = body.text('id', /^[\w:-]{1,200}$/);
  const models = body.list('models')?.map(String) ?? ['ats_candidates'];
  const data = body.object('data');
  body.end();
  if (type === undefined) throw new ControlError('type is required: data-changed, sync-finished, integration-created or any other');
  const nowMs = kombo.clock.nowMs();
  const usual = {
    'data-changed': () => dataChanged(integration, models),
    'sync-finished': () => syncFinished(integration, nowMs - 1000, nowMs),
    'integration-state-changed': () => stateChanged(integration, nowMs),
    'integration-created': () => created(integration),
    'integration-deleted': () => deleted(integration, nowMs),
    'connection-flow-failed': () => connectionFailed(integration.identity.tool, endUserOf(integration)),
  };
  const known = Object.entries(usual).find(([name]) => name === type)?.[1]();
  const webhook = { type, data: data ?? known?.data ?? { integration_id: integrationId } };
  return announce(kombo, integration, { ...webhook, ...(id === undefined ? {} : { id }) });
}

async function sendRaw(kombo: Kombo, body: Body) {
  const webhooks = kombo.webhooksOf(environmentIn(body));
  const text = body.text('raw', ANY_TEXT) ?? '';
  const signature = body.nullableText('signature', /^[^\r\n]{0,1000}$/) ?? null;
  body.end();
  return { status: await webhooks.sendRaw(text, signature) };
}
