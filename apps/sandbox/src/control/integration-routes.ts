import type { FastifyInstance, FastifyRequest } from 'fastify';
import { RESOURCES } from '#libs/model';
import type { Integration } from '../kombo/integration.js';
import type { Kombo } from '../kombo/kombo.js';
import { ACTION_IDS, fieldNames } from '../kombo/coverage.js';
import { COVERAGES, SETTINGS, type Scope } from '../kombo/scopes.js';
import { SYNC_STATES } from '../kombo/sync.js';
import { announcedSync } from '../kombo/announced-sync.js';
import { announce, deleted, stateChanged, told } from '../kombo/announcements.js';
import { pathParam } from '../request-parts.js';
import { findIntegration } from './addressing.js';
import { Body, ControlError } from './checked.js';
import { createIntegration, readBehaviour } from './integrations.js';

const BASE = '/control/kombo/integrations';

export function registerIntegrations(server: FastifyInstance, kombo: Kombo): void {
  const find = (request: FastifyRequest) => findIntegration(kombo, pathParam(request, 'id'));
  server.get(BASE, () => ({ integrations: [...kombo.integrations.values()].map(view) }));
  server.post(BASE, (request) => {
    const { integration, created } = createIntegration(kombo, new Body(request.body));
    return { ...view(integration), created };
  });
  server.get(`${BASE}/:id`, (request) => view(find(request)));
  server.get(`${BASE}/:id/markers`, (request) => ({ places: find(request).places.list() }));
  server.delete(`${BASE}/:id`, (request) => {
    const integration = find(request);
    kombo.integrations.delete(integration.identity.id);
    void announce(kombo, integration, deleted(integration, kombo.clock.nowMs()));
    return {};
  });
  server.patch(`${BASE}/:id`, (request) => {
    const integration = find(request);
    const body = new Body(request.body);
    const behaviour = readBehaviour(body, integration.behaviour);
    body.end();
    integration.setTracking(behaviour.onlyCreatedApplications, kombo.clock.nowMs());
    integration.behaviour = behaviour;
    return view(integration);
  });
  server.put(`${BASE}/:id/state`, (request) => setState(kombo, find(request), new Body(request.body)));
  server.put(`${BASE}/:id/scopes`, (request) => setScopes(kombo, find(request), new Body(request.body)));
  server.post(`${BASE}/:id/sync`, (request) => sync(kombo, find(request), new Body(request.body)));
  server.get(`${BASE}/:id/actions`, (request) => {
    const { actions, slots } = find(request);
    return { count: actions.count, inFlight: slots.inFlight, actions: actions.entries() };
  });
  server.delete(`${BASE}/:id/actions`, (request) => {
    find(request).actions.clear();
    return {};
  });
}

function view(integration: Integration) {
  const { identity, recipe, state, behaviour, tables } = integration;
  return {
    integrationId: identity.id,
    ...identity,
    ...recipe,
    applications: tables.application.seeded,
    state,
    behaviour,
    /** At the ATS now, deleted ones included. */
    sizes: Object.fromEntries(RESOURCES.map((resource) => [`${resource}s`, tables[resource].size])),
    unsynced: Object.fromEntries(RESOURCES.map((resource) => [`${resource}s`, tables[resource].unsynced().length])),
  };
}

function setState(kombo: Kombo, integration: Integration, body: Body) {
  const { state } = integration;
  const before = told(state);
  const dataExpiredAt = body.nullableText('dataExpiredAt', /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d{3})?Z$/);
  integration.state = {
    status: body.oneOf('status', ['ACTIVE', 'INVALID', 'INACTIVE']) ?? state.status,
    setupStatus: body.oneOf('setupStatus', ['INCOMPLETE', 'FINAL_SYNC_PENDING', 'COMPLETED']) ?? state.setupStatus,
    qaStatus: body.oneOf('qaStatus', ['PENDING', 'FAILED', 'PASSED']) ?? state.qaStatus,
    dataExpiredAt: dataExpiredAt === undefined ? state.dataExpiredAt : dataExpiredAt,
  };
  body.end();
  if (told(integration.state) !== before) void announce(kombo, integration, stateChanged(integration, kombo.clock.nowMs()));
  return { state: integration.state };
}

/** `{"models": {"candidates": {"setting": "DISABLED"}}, "fields": {"candidates": {"phone_numbers": {"optedOut": true}}}}` */
function setScopes(kombo: Kombo, integration: Integration, body: Body) {
  const models = new Body(body.object('models'));
  const fields = new Body(body.object('fields'));
  const actions = body.object('actions') ?? {};
  body.end();
  for (const [id, scope] of Object.entries(actions)) {
    if (!ACTION_IDS.includes(id)) throw new ControlError(`there is no action ${id}; there are ${ACTION_IDS.join(', ')}`);
    integration.scopes.setAction(id, readScope(scope));
  }
  for (const resource of RESOURCES) {
    const model = models.object(`${resource}s`);
    if (model !== undefined) integration.scopes.setModel(resource, readScope(model));
    for (const [name, scope] of Object.entries(fields.object(`${resource}s`) ?? {})) {
      if (!fieldNames(resource).includes(name)) throw new ControlError(`there is no field ${name} of ${resource}s`);
      integration.scopes.setField(resource, name, readScope(scope));
    }
  }
  models.end();
  fields.end();
  // Stale until the next sync (Kombo OpenAPI, 2026-05-02); actions hold no data.
  if (body.has('models') || body.has('fields')) integration.state.dataExpiredAt = kombo.clock.now().toISOString();
  return {};
}

function readScope(value: unknown): Partial<Scope> {
  const body = new Body(value);
  const setting = body.oneOf('setting', SETTINGS);
  const optedOut = body.boolean('optedOut');
  const coverage = body.oneOf('coverage', COVERAGES);
  body.end();
  return { ...(setting && { setting }), ...(optedOut !== undefined && { optedOut }), ...(coverage && { coverage }) };
}

function sync(kombo: Kombo, integration: Integration, body: Body) {
  const type = body.oneOf('type', ['FULL', 'DELTA']);
  const ends = body.oneOf('ends', SYNC_STATES) ?? 'SUCCEEDED';
  body.end();
  if (type === undefined) throw new ControlError('type is required: FULL or DELTA');
  if (integration.state.status !== 'ACTIVE') throw new ControlError('the integration is not ACTIVE, so Kombo does not sync it', 409);
  return announcedSync(kombo, integration, type, ends);
}
