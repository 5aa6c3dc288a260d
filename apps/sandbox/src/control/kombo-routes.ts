import type { FastifyInstance } from 'fastify';
import { RESOURCES } from '#libs/model';
import { isKomboCode, statusOf } from '../kombo/kombo-error.js';
import { ENVIRONMENTS } from '../kombo/environments.js';
import type { Kombo } from '../kombo/kombo.js';
import { DEFAULT_LIMIT } from '../kombo/quota.js';
import { findIntegration, findRecord } from './addressing.js';
import { registerAssessments } from './assessment-routes.js';
import { Body, ControlError, readLast } from './checked.js';
import { registerFaults } from './fault-routes.js';
import { registerIntegrations } from './integration-routes.js';
import { registerConnect } from './connect-routes.js';
import { registerRecords } from './record-routes.js';
import { registerWebhooks } from './webhook-routes.js';

/** What tests and demonstrations change behind Kombo's back: `/control/kombo/…`, described in the README. */
export function registerKomboControl(server: FastifyInstance, kombo: Kombo): void {
  registerIntegrations(server, kombo);
  registerRecords(server, kombo);
  registerFaults(server, {
    base: '/control/kombo/faults',
    faults: kombo.faults,
    accountKey: 'integrationId',
    statusOf: (code) => (code !== null && isKomboCode(code) ? statusOf(code) : 500),
    recordOf: (path, integrationId, ref) => {
      const resource = RESOURCES.find((name) => path === `/ats/${name}s`);
      if (resource === undefined || integrationId === null)
        throw new ControlError('record needs a path such as /ats/candidates and an integrationId');
      return findRecord(findIntegration(kombo, integrationId), resource, ref);
    },
  });
  registerWebhooks(server, kombo);
  registerConnect(server, kombo);
  registerAssessments(server, kombo);
  server.get('/control/kombo/environments', () => ({ environments: ENVIRONMENTS }));
  server.put('/control/kombo/limits', (request) => setLimits(kombo, new Body(request.body)));
  server.get('/control/kombo/requests', (request) => {
    const last = readLast(request.query);
    return { count: kombo.log.count, counters: kombo.log.counters(), requests: kombo.log.entries().slice(-last) };
  });
  server.delete('/control/kombo/requests', () => {
    kombo.log.clear();
    return {};
  });
  server.get('/control/kombo/clock', () => ({ now: kombo.clock.now().toISOString() }));
  server.post('/control/kombo/clock', (request) => {
    const body = new Body(request.body);
    const seconds = body.integer('advanceSeconds', 1, 366 * 86_400) ?? 0;
    body.end();
    kombo.clock.advanceMs(seconds * 1_000);
    return { now: kombo.clock.now().toISOString() };
  });
}

function setLimits(kombo: Kombo, body: Body) {
  const name = body.oneOf('environment', ['main', 'second']) ?? 'main';
  const limit = {
    limit: body.integer('limit', 0, 10_000_000) ?? DEFAULT_LIMIT.limit,
    windowSeconds: body.integer('windowSeconds', 1, 3_600) ?? DEFAULT_LIMIT.windowSeconds,
  };
  body.end();
  kombo.quotas.get(ENVIRONMENTS.find((environment) => environment.name === name)?.id ?? '')?.setLimit(limit);
  return { environment: name, ...limit };
}
