import type { FastifyInstance, FastifyRequest } from 'fastify';
import { Body, ControlError } from '../control/checked.js';
import { applicationFacts } from '../live/facts.js';
import { pathParam } from '../request-parts.js';
import { Order, type Installation } from './installation.js';
import { cancel, place, poll, type Outcome } from './placing.js';
import type { Provider } from './provider.js';
import { firstApplication } from './subject.js';

/** A recruiter orders assessments, asks again and calls them off, and sees how they stand. */
export function registerOrders(server: FastifyInstance, provider: Provider, find: (request: FastifyRequest) => Installation): void {
  const base = `/control/providers/${provider.protocol.slug}/installations/:id/orders`;
  const on = (what: string, act: (order: Order) => Promise<Outcome | null>) =>
    server.post(`${base}/:order/${what}`, (request) => done(what, findOrder(find(request), pathParam(request, 'order')), act));
  const done = async (what: string, order: Order, act: (order: Order) => Promise<Outcome | null>) => {
    const outcome = await act(order);
    if (outcome === null) throw new ControlError(`${provider.protocol.slug} has no ${what}`, 409);
    return { orderId: order.id, ...outcome };
  };
  server.get(base, (request) => ({ orders: [...find(request).orders.values()].map(orderView) }));
  server.post(base, (request) =>
    placeNew(provider, newOrder(provider, find(request), new Body(request.body)), server.listeningOrigin + provider.basePath),
  );
  on('again', (order) => (order.call === null ? Promise.resolve(null) : place(provider, order, order.call)));
  on('poll', (order) => poll(provider, order));
  on('cancel', (order) => cancel(provider, order));
}

async function placeNew(provider: Provider, order: Order, address: string) {
  // The partner may call back before it answers.
  order.installation.orders.set(order.id, order);
  return { orderId: order.id, ...(await place(provider, order, await provider.protocol.start(order, address))) };
}

function orderView({ id, partnerId, shown, updates, refused, raw, problems, candidate, application, test }: Order) {
  return { orderId: id, partnerId, ...shown, updates, refused, raw, problems, candidate, application, test };
}

function findOrder({ orders }: Installation, id: string): Order {
  const order = orders.get(id);
  if (order === undefined) throw new ControlError('there is no such order', 404);
  return order;
}

function newOrder({ protocol }: Provider, installation: Installation, body: Body): Order {
  const { account } = installation;
  const { candidate: candidates, application: applications } = account.records.tables;
  const candidate = body.integer('candidate', 0, candidates.size - 1);
  const test = body.text('test');
  const application = body.integer('application', 0, applications.size - 1);
  body.end();
  if (candidate === undefined || test === undefined) throw new ControlError('candidate and test are required');
  const chosen = application ?? firstApplication(account, candidate);
  const facts = chosen === null ? null : applicationFacts(account.records, chosen);
  if (facts !== null && facts.candidate !== candidate) throw new ControlError('the application is of another candidate');
  return new Order(protocol.newOrderId(), installation, candidate, chosen, facts?.job ?? null, test);
}
