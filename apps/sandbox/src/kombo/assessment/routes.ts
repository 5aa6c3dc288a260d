import { keysOf, pathParam } from '../../request-parts.js';
import type { Exchange } from '../answering.js';
import { openCursor, sealCursor } from '../cursor.js';
import { Fields } from '../fields.js';
import type { Kombo } from '../kombo.js';
import { marked } from '../markers.js';
import { invalid, toMs } from '../query.js';
import { KomboError } from '../kombo-error.js';
import { orderObject, type AssessmentConnection, type Order } from './connection.js';
import { readResult } from './result.js';

const TYPES = ['BEHAVIORAL', 'VIDEO_INTERVIEW', 'SKILLS_TEST', 'BACKGROUND_CHECK', 'REFERENCE_CHECK'] as const;
const STATUSES = ['OPEN', 'COMPLETED', 'CANCELLED', 'REJECTED'];
const PARAMETERS = ['cursor', 'page_size', 'ids', 'statuses', 'created_after'];

function connectionOf(kombo: Kombo, { environment, integrationHeader = '' }: Exchange): AssessmentConnection {
  const connection = kombo.assessments.get(integrationHeader);
  if (connection === undefined || connection.integration.identity.environmentId !== environment.id)
    throw new KomboError('PLATFORM.INTEGRATION_NOT_FOUND', 'The integration does not exist.');
  return connection;
}

/** A full replacement: what is left out can be ordered no more. */
export function setPackages(kombo: Kombo, exchange: Exchange): unknown {
  const connection = connectionOf(kombo, exchange);
  const body = new Fields(exchange.request.body);
  connection.packages = body.list('packages').map((each) => {
    const type = each.oneOf('type', TYPES);
    if (type === null) throw invalid('type is required');
    const read = { id: each.text('id'), type, name: each.text('name'), description: each.text('description') };
    each.end();
    return read;
  });
  body.end();
  return {};
}

export const getPackages = (kombo: Kombo, exchange: Exchange): unknown => ({
  packages: connectionOf(kombo, exchange).packages.map((each) => ({ ...each, updated_at: kombo.clock.now().toISOString() })),
});

export function listOrders(kombo: Kombo, exchange: Exchange): unknown {
  const connection = connectionOf(kombo, exchange);
  const query = keysOf(exchange.request.query);
  const unknown = Object.keys(query).find((name) => !PARAMETERS.includes(name));
  if (unknown !== undefined) throw invalid(`Unrecognized query parameter ${JSON.stringify(unknown)}`);
  const passing = connection.orders.filter((order) => passes(order, query));
  const { cursor, page_size: size = '100', ...filters } = query;
  const context = [connection.id, JSON.stringify(filters)];
  const start = typeof cursor === 'string' ? openCursor(cursor, context) : 0;
  const end = start + Number(size);
  const results = passing.slice(start, end).map((order) => marked(connection.integration, 'other', orderObject(connection, order)));
  return { next: end < passing.length ? sealCursor(end, context) : null, results };
}

function passes({ id, status, createdMs }: Order, { ids, statuses, created_after: after }: Readonly<Record<string, unknown>>): boolean {
  if (typeof statuses === 'string' && statuses.split(',').some((each) => !STATUSES.includes(each))) throw invalid('statuses is not valid');
  if (typeof ids === 'string' && !ids.split(',').includes(id)) return false;
  if (typeof statuses === 'string' && !statuses.split(',').includes(status)) return false;
  return typeof after !== 'string' || createdMs > toMs(after);
}

/** The status may only change while the order is open; the same terminal one may come again (the wording allows it). */
export function putResult(kombo: Kombo, exchange: Exchange): unknown {
  const connection = connectionOf(kombo, exchange);
  const order = connection.orders.find(({ id }) => id === pathParam(exchange.request, 'id'));
  if (order === undefined) throw invalid('There is no such order.');
  const status = readResult(new Fields(exchange.request.body), exchange.request.body);
  if (order.status !== 'OPEN' && order.status !== status) throw invalid('The order is closed.');
  order.status = status;
  order.results.push(exchange.request.body);
  return {};
}
