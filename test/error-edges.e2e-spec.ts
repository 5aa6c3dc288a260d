import { once } from 'node:events';
import { connect } from 'node:net';
import { join } from 'node:path';
import { spawnGateway, type GatewayProcess } from './world/gateway-process.js';
import { until } from './world/tenant.js';
import { World } from './world/world.js';

const SECRET = 'secret-5711';

let world: World;
let gateways: Record<'api' | 'worker', GatewayProcess>;
let bearer: string;

beforeAll(async () => {
  world = await World.create();
  const [api, worker] = await Promise.all([
    spawnGateway(world.variables({ GATEWAY_ROLES: 'api' }), 'trace'),
    spawnGateway(world.variables({ GATEWAY_ROLES: 'worker' }), 'trace'),
  ]);
  gateways = { api, worker };
  bearer = `authorization: Bearer ${await world.token()}`;
}, 60_000);
afterAll(async () => {
  await Promise.all(Object.values(gateways).map((one) => one.end('SIGKILL')));
  await world.close();
});

/** Sends bytes as they are, and returns all that comes back. */
async function exchange(url: string, lines: readonly string[], body: string): Promise<string> {
  const socket = connect({ host: '127.0.0.1', port: Number(new URL(url).port) });
  let answer = '';
  socket.on('data', (chunk: Buffer) => (answer += chunk.toString()));
  socket.on('error', () => undefined);
  socket.setTimeout(5000, () => socket.destroy());
  socket.write([...lines, 'host: x', 'connection: close', `content-length: ${Buffer.byteLength(body)}`, '', body].join('\r\n'));
  await once(socket, 'close');
  return answer;
}

const TENANTS = 'PUT /platform/v1/tenants/11111111-1111-4111-8111-111111111111 HTTP/1.1';
const JSON_BODY = 'content-type: application/json';

interface Refused {
  readonly name: string;
  readonly lines: readonly string[];
  readonly body?: string;
  readonly code?: 'not-found';
}

/** Requests that something before our own code refuses. */
const REFUSED: readonly Refused[] = [
  { name: 'an address that cannot be decoded', lines: [`GET /v1/%${SECRET} HTTP/1.1`] },
  { name: 'an address that is too long for its route', lines: [`GET /v1/tenants/${SECRET.repeat(100)}/jobs HTTP/1.1`] },
  { name: 'an unknown address', lines: [`GET /v2/${SECRET}?email=${SECRET} HTTP/1.1`], code: 'not-found' },
  { name: 'an unknown method', lines: [`${SECRET.toUpperCase()} /health/live HTTP/1.1`] },
  { name: 'a line that is none of HTTP', lines: [`${SECRET} ${SECRET}`] },
  { name: 'headers that are too large', lines: ['GET /health/live HTTP/1.1', `x-note: ${SECRET.repeat(3000)}`] },
  { name: 'a body that is no JSON', lines: [TENANTS, JSON_BODY], body: `{"name": ${SECRET}}` },
  { name: 'a body that is cut', lines: [TENANTS, JSON_BODY], body: `{"name": "${SECRET}` },
  { name: 'a body of another type', lines: [TENANTS, `content-type: text/${SECRET}`], body: SECRET },
  { name: 'a body of no type', lines: [TENANTS], body: SECRET },
  { name: 'a body that is too large', lines: [TENANTS, JSON_BODY], body: JSON.stringify({ name: SECRET.repeat(300_000) }) },
  { name: 'a body with a prototype in it', lines: [TENANTS, JSON_BODY], body: `{"__proto__": {"name": "${SECRET}"}}` },
];

/** Node's own parser answers what is no HTTP, before there is a request. */
const NOT_HTTP = /^HTTP\/1\.1 4\d\d [\s\S]*\{"error":"[A-Za-z ]+","message":"[A-Za-z ]+","statusCode":4\d\d\}$/;

describe.each(['api', 'worker'] as const)('a process with the role %s repeats nothing of', (role) => {
  test.each(REFUSED)('$name', async ({ lines, body = '', code = 'invalid-request' }) => {
    const [request = '', ...headers] = lines;
    const answer = await exchange(gateways[role].url, [request, bearer, ...headers], body);
    expect(answer.toLowerCase()).not.toContain(SECRET);
    expect(gateways[role].printed().toString().toLowerCase()).not.toContain(SECRET);
    if (!NOT_HTTP.test(answer)) expect(answer).toMatch(new RegExp(`"code":"(${role === 'api' ? code : `${code}|not-found`})"`));
  });
});

test('an error that nobody caught ends the process, and only says where', async () => {
  const gateway = await spawnGateway(world.variables(preloading('crashing-main.js')));
  const [code] = await once(gateway.process, 'close');
  const printed = gateway.printed().toString();
  expect(code).toBe(1);
  expect(printed).toContain('"errorClass":"TypeError"');
  expect(printed).not.toContain('SECRET');
}, 30_000);

test('a warning of Node’s is told by its class alone', async () => {
  const gateway = await spawnGateway(world.variables(preloading('careless-main.js')));
  await until(() => Promise.resolve(gateway.printed().includes('"event":"warned"') || null));
  await gateway.end('SIGTERM');
  expect(gateway.printed().toString()).not.toContain('SECRET');
}, 30_000);

const preloading = (file: string) => ({ NODE_OPTIONS: `--import ${join(import.meta.dirname, 'world', file)}` });
