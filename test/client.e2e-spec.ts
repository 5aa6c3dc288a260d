import { createServer, type IncomingMessage, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { createClient, GatewayProblem, verifyDelivery, WebhookVerificationError, type GatewayClient } from '#libs/client';
import type { Api } from './world/api.js';
import { gathered } from './world/gathered.js';
import { CONTENT } from './world/results.js';
import { Tenant, until } from './world/tenant.js';
import { World } from './world/world.js';

let world: World;
let api: Api;
let tenant: Tenant;
let client: GatewayClient;
const servers: Server[] = [];

beforeAll(async () => {
  world = await World.create();
  api = await world.gateway();
  tenant = await Tenant.synced(api, world.control, { candidates: 40, seed: 3 });
  client = createClient({ baseUrl: api.url, token: () => world.token() });
});
afterEach(() => {
  for (const server of servers.splice(0)) {
    server.closeAllConnections();
    server.close();
  }
});
afterAll(() => world.close());

/** Stands before the gateway: answers some requests itself, lets the others through, and keeps what it has heard. */
async function before(
  answer: (n: number) => { status: number; headers?: Record<string, string> } | null,
): Promise<{ url: string; heard: IncomingMessage[]; server: Server }> {
  const heard: IncomingMessage[] = [];
  const server = createServer((request, response) => {
    heard.push(request);
    const own = answer(heard.length);
    if (own !== null) {
      response.writeHead(own.status, own.headers).end('{}');
      return;
    }
    const chunks: Buffer[] = [];
    request.on('data', (chunk: Buffer) => chunks.push(chunk));
    request.on('end', () => {
      const { host: _host, connection: _connection, 'content-length': _length, ...headers } = request.headers;
      const body = chunks.length === 0 ? {} : { body: Buffer.concat(chunks) };
      const given = Object.fromEntries(Object.entries(headers).map(([name, value]) => [name, String(value)]));
      void fetch(`${api.url}${request.url}`, { method: request.method ?? 'GET', headers: given, ...body }).then(async (passed) =>
        response.writeHead(passed.status, { 'content-type': passed.headers.get('content-type') ?? 'text/plain' }).end(await passed.text()),
      );
    });
  });
  servers.push(server);
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  return { url: `http://127.0.0.1:${port}`, heard, server };
}

test('a list comes whole, whatever the size of its pages', async () => {
  const whole = await tenant.records('candidates');
  expect(await gathered(client.candidates(tenant.id, { limit: 7 }))).toEqual(whole);
  expect(await gathered(client.applications(tenant.id))).toEqual(await tenant.records('applications'));
  const [first] = whole;
  expect(await client.candidate(tenant.id, first.id)).toEqual(first);
  expect((await gathered(client.jobs(tenant.id, { status: 'open' }))).every(({ status }) => status === 'open')).toBe(true);
});

test('a result is handed over, and its way can be followed', async () => {
  const [application] = await gathered(client.applications(tenant.id));
  const path = { tenantId: tenant.id, id: application?.id ?? '', resultKey: 'by-client' };
  expect(await client.putResult(path, CONTENT)).toMatchObject({ state: 'queued' });
  await until(async () => ((await client.result(path)).state === 'delivered' ? true : null));
});

test('events are polled from where the consumer stands, and the poll ends with its signal', async () => {
  const stop = new AbortController();
  const types: string[] = [];
  let at: string | undefined;
  for await (const { event, cursor } of client.events({ tenantId: tenant.id, waitS: 1, signal: stop.signal })) {
    types.push(event.type);
    at = cursor;
    if (event.type === 'sync.baseline-completed') break;
  }
  expect(types).toEqual(['consent.granted', 'integration.switched', 'sync.baseline-completed']);
  await tenant.atSource('patch', '/records/candidates/3', { fields: { first_name: 'Changed' } });
  await tenant.sync('delta');
  const on = client.events({ tenantId: tenant.id, ...(at === undefined ? {} : { cursor: at }), waitS: 5, signal: stop.signal });
  const seen: string[] = [];
  for await (const { event } of on) {
    seen.push(event.type);
    if (event.type === 'candidate.updated') break;
  }
  expect(seen.filter((type) => type.startsWith('candidate'))).toEqual(['candidate.updated']);
  const rest = client.events({ tenantId: tenant.id, from: 'end', signal: stop.signal });
  setTimeout(() => stop.abort(), 300);
  expect(await gathered(rest)).toEqual([]);
  const whole = await gathered(client.events({ tenantId: tenant.id, waitS: 0, limit: 2 }));
  expect(whole.map(({ event }) => event.type)).toEqual(expect.arrayContaining([...types, 'candidate.updated']));
  const [, second] = whole;
  const resumed = await gathered(
    client.events({ tenantId: tenant.id, waitS: 0, ...(second?.cursor === undefined ? {} : { cursor: second.cursor }) }),
  );
  expect(resumed.map(({ event }) => event.id)).toEqual(whole.slice(2).map(({ event }) => event.id));
});

test('a problem says what it is, with the request’s id, and nothing of the token', async () => {
  const failure: unknown = await client.candidate(tenant.id, tenant.id).catch((error: unknown) => error);
  expect(failure).toBeInstanceOf(GatewayProblem);
  expect(failure).toMatchObject({ status: 404, code: 'not-found', requestId: expect.any(String), detail: expect.any(String) });
  const refused: unknown = await createClient({ baseUrl: api.url, token: 'a.b.c' })
    .status(tenant.id)
    .catch((error: unknown) => error);
  expect(refused).toMatchObject({ status: 401, code: 'unauthenticated' });
  expect(JSON.stringify(refused) + String(refused)).not.toContain('a.b.c');
});

test.each([
  ['429 with seconds', { status: 429, headers: { 'retry-after': '1' } }],
  ['503 with a date', { status: 503, headers: { 'retry-after': 'Thu, 01 Jan 2026 00:00:00 GMT' } }],
  ['502 without a word', { status: 502 }],
])('%s is tried again, a POST under the same key', async (_what, first) => {
  const proxy = await before((n) => (n === 1 ? first : null));
  const through = createClient({ baseUrl: proxy.url, token: () => world.token() });
  const run = await through.refresh(tenant.id, { resources: ['job'] });
  expect(run).toMatchObject({ state: expect.any(String) });
  const keys = proxy.heard.map(({ headers }) => headers['idempotency-key']);
  expect(keys).toHaveLength(2);
  expect(keys[0]).toMatch(/^[0-9a-f-]{36}$/);
  expect(keys[1]).toBe(keys[0]);
});

test('what stays away is told after a few attempts; what is refused is not tried again', async () => {
  const proxy = await before(() => ({ status: 503, headers: { 'retry-after': '0' } }));
  const through = createClient({ baseUrl: proxy.url, token: 'x', retry: { attempts: 3 } });
  await expect(through.status(tenant.id)).rejects.toMatchObject({ status: 503 });
  expect(proxy.heard).toHaveLength(3);
  proxy.server.close();
  await expect(through.status(tenant.id)).rejects.toMatchObject({ status: 0, code: 'unreachable' });
  const refusing = await before(() => ({ status: 403 }));
  await expect(createClient({ baseUrl: refusing.url, token: 'x' }).status(tenant.id)).rejects.toMatchObject({ status: 403 });
  expect(refusing.heard).toHaveLength(1);
});

test('a redirection is not followed: the token goes nowhere else', async () => {
  const elsewhere = await before(() => ({ status: 200 }));
  const proxy = await before(() => ({ status: 302, headers: { location: `${elsewhere.url}/v1/events` } }));
  const through = createClient({ baseUrl: proxy.url, token: 'x' });
  await expect(through.status(tenant.id)).rejects.toMatchObject({ status: 302, code: 'unexpected-answer' });
  expect([proxy.heard.length, elsewhere.heard.length]).toEqual([1, 0]);
});

test('an iteration that is left asks for no further page, and one that is aborted ends with the reason', async () => {
  const proxy = await before(() => null);
  const through = createClient({ baseUrl: proxy.url, token: () => world.token() });
  const few = through.candidates(tenant.id, { limit: 5 });
  await few.next();
  await few.return();
  expect(proxy.heard).toHaveLength(1);
  const reason = new Error('enough');
  await expect(gathered(through.candidates(tenant.id, {}, { signal: AbortSignal.abort(reason) }))).rejects.toBe(reason);
});

test('a delivery holds under the secret that its subscription was given', async () => {
  const posted: { headers: Record<string, string>; body: string }[] = [];
  const receiver = createServer((request, response) => {
    const chunks: Buffer[] = [];
    request.on('data', (chunk: Buffer) => chunks.push(chunk));
    request.on('end', () => {
      const headers = Object.fromEntries(Object.entries(request.headers).map(([name, value]) => [name, String(value)]));
      posted.push({ headers, body: Buffer.concat(chunks).toString('utf8') });
      response.end();
    });
  });
  servers.push(receiver);
  await new Promise<void>((resolve) => receiver.listen(0, '127.0.0.1', resolve));
  const { port } = receiver.address() as AddressInfo;
  const { secret } = await client.subscribe({ url: `http://127.0.0.1:${port}/hook`, types: ['candidate.*'] });
  await tenant.atSource('patch', '/records/candidates/5', { fields: { first_name: 'Told' } });
  await tenant.sync('delta');
  const { headers, body } = await until(() => Promise.resolve(posted[0] ?? null));
  expect(verifyDelivery(body, headers, secret)).toMatchObject({
    type: 'candidate.updated',
    data: { id: headers['webhook-id'], tenantId: tenant.id },
  });
  expect(() => verifyDelivery(`${body} `, headers, secret)).toThrow(WebhookVerificationError);
});

test('an operation without a method of its own is called by its name, and a list read item by item or page by page', async () => {
  const path = { tenantId: tenant.id };
  const named = await client.call('PUT /platform/v1/tenants/{tenantId}', { path, body: { name: 'Renamed' } });
  expect(named).toMatchObject({ id: tenant.id, name: 'Renamed' });
  expect((await gathered(client.list('GET /platform/v1/tenants', { query: { limit: 1 } }))).map(({ id }) => id)).toContain(tenant.id);
  const whole = await gathered(client.users(tenant.id));
  const pages = await gathered(client.pages('GET /v1/tenants/{tenantId}/users', { path, query: { limit: 3 } }));
  expect(pages.flatMap(({ data }) => data)).toEqual(whole);
  expect(pages.map(({ freshAsOf }) => freshAsOf)).toEqual(pages.map(() => expect.any(String)));
  const cursor = pages[0]?.nextCursor ?? '';
  expect(await gathered(client.users(tenant.id, { limit: 3, cursor }))).toEqual(whole.slice(3));
});
