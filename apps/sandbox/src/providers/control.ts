import type { FastifyInstance, FastifyRequest } from 'fastify';
import { findAccount } from '../control/addressing.js';
import { Body, ControlError, readLast } from '../control/checked.js';
import { registerFaults } from '../control/fault-routes.js';
import { pathParam } from '../request-parts.js';
import { Installation, type Connection } from './installation.js';
import { readConnection, readForm, UNCONNECTED } from './installing.js';
import { registerOrders } from './order-routes.js';
import { listTests } from './placing.js';
import type { Provider } from './provider.js';

/** What tests do in place of a customer and their recruiters: `/control/providers/{ats}/…`, described in the README. */
export function registerProviderControl(server: FastifyInstance, provider: Provider): void {
  const base = `/control/providers/${provider.protocol.slug}`;
  const find = (request: FastifyRequest) => findInstallation(provider, pathParam(request, 'id'));
  const view = (installation: Installation) => viewOf(provider, installation, server.listeningOrigin + provider.basePath);
  server.post(`${base}/installations`, (request) => view(install(provider, new Body(request.body))));
  server.get(`${base}/installations/:id`, (request) => view(find(request)));
  server.patch(`${base}/installations/:id`, (request) => {
    const installation = find(request);
    const body = new Body(request.body);
    const connection = readConnection(body, installation.connection);
    body.end();
    checkKey(provider, connection);
    installation.connection = connection;
    return view(installation);
  });
  server.post(`${base}/installations/:id/list`, async (request) => {
    const { tests, ...outcome } = await listTests(provider, find(request));
    return { ...outcome, tests: tests.map(({ id, name }) => ({ id, name })) };
  });
  registerOrders(server, provider, find);
  registerFaults(server, {
    base: `${base}/faults`,
    faults: provider.faults,
    accountKey: 'installationId',
    statusOf: () => 500,
    recordOf: () => {
      throw new ControlError('the partner reads no lists, and so no records');
    },
  });
  server.get(`${base}/requests`, (request) => {
    const last = readLast(request.query);
    return { count: provider.log.count, counters: provider.log.counters(), requests: provider.log.entries().slice(-last) };
  });
  server.delete(`${base}/requests`, () => {
    provider.log.clear();
    return {};
  });
}

function findInstallation({ installations }: Provider, id: string): Installation {
  const found = installations.get(id);
  if (found === undefined) throw new ControlError('there is no such installation', 404);
  return found;
}

function install(provider: Provider, body: Body): Installation {
  const account = findAccount(provider.ats, body.text('account') ?? '');
  const form = readForm(body);
  const connection = readConnection(body, UNCONNECTED);
  body.end();
  if (connection.baseUrl === '' || connection.partnerKey === '') throw new ControlError('baseUrl and partnerKey are required');
  checkKey(provider, connection);
  const installation = new Installation(account, connection, form);
  provider.installations.set(installation.id, installation);
  return installation;
}

/** As the vendor refuses what the customer pastes. */
function checkKey({ protocol }: Provider, { partnerKey }: Connection): void {
  const { longestKey = Number.POSITIVE_INFINITY } = protocol;
  if (partnerKey.length > longestKey) throw new ControlError(`partnerKey must have ${longestKey} characters at most`);
}

/** With what the partner has to be told to serve this customer. */
async function viewOf({ protocol }: Provider, installation: Installation, address: string) {
  const { id, account, form, connection } = installation;
  const partner = await protocol.configuration(installation, address);
  return { id, ats: protocol.slug, account: account.id, form, ...connection, partner };
}
