import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import { ModulesContainer } from '@nestjs/core';
import { validateEnvironment } from '../apps/gateway/src/config/validate.js';
import { createGateway } from '../apps/gateway/src/gateway.js';
import { openApiOf } from '../apps/gateway/src/http/openapi.js';
import { SCOPES } from '../apps/gateway/src/http/principal.js';
import { TeamtailorKeyGuard } from '../apps/gateway/src/partners/protocols/teamtailor-key.guard.js';
import { PartnerKeyGuard } from '../apps/gateway/src/partners/partner-key.guard.js';
import { SCOPES_KEY } from '../apps/gateway/src/http/scopes.js';
import { World } from './world/world.js';

/** What anybody may call, and nothing else. */
const PUBLIC = [
  ...['GET /health/live', 'GET /health/ready', 'GET /metrics'],
  // The browser that an ATS sends back, with a state of ours; and ATSs, each with its own signature.
  ...['GET /platform/v1/oauth/callback', 'POST /webhooks/:connector/:integrationId', 'POST /webhooks/kombo'],
];

/** Served beside the controllers, to anybody: the documents, and their pages with their files. */
const DOCUMENTATION = [
  ...['/docs', '/partner/docs'].flatMap((page) => [
    page,
    ...['/*', '/', '/LICENSE', '/docs/swagger-ui-init.js', '/index.html', '/swagger-ui-init.js'].map((file) => `${page}${file}`),
  ]),
  '/openapi.json',
  '/partner/openapi.json',
];

interface Route {
  readonly method: string;
  readonly url: string;
}

let world: World;
let app: NestFastifyApplication;
let served: readonly Route[];

beforeAll(async () => {
  world = await World.create();
  app = await createGateway(validateEnvironment(world.variables({ GATEWAY_ROLES: 'api' })));
  await app.init();
  const server = app.getHttpAdapter().getInstance();
  await server.ready();
  served = routesIn(server.printRoutes({ commonPrefix: false }));
});
afterAll(async () => {
  await app.close();
  await world.close();
});

/** Every method of every controller that answers a request. */
function handlers() {
  const controllers = [...app.get(ModulesContainer).values()].flatMap((module) => [...module.controllers.values()]);
  return controllers.flatMap(({ metatype }) => {
    if (typeof metatype !== 'function') return [];
    return Object.getOwnPropertyNames(metatype.prototype).flatMap((name) => {
      const handler: object = metatype.prototype[name];
      return Reflect.hasMetadata('path', handler) && name !== 'constructor'
        ? [
            {
              name: `${metatype.name}.${name}`,
              scopes: Reflect.getMetadata(SCOPES_KEY, handler) ?? Reflect.getMetadata(SCOPES_KEY, metatype),
              isByPartnerKey: [PartnerKeyGuard, TeamtailorKeyGuard].some(
                (guard) => Reflect.getMetadata('__guards__', metatype)?.includes(guard) === true,
              ),
            },
          ]
        : [];
    });
  });
}

/** The server's own list of its routes, a tree of beginnings: `│   └── /:id (GET, HEAD)`. */
function routesIn(tree: string): Route[] {
  const beginnings: string[] = [];
  return tree.split('\n').flatMap((line) => {
    const [, indent, part = '', methods = ''] = /^([│ ]*)[├└]── (\S*) \((.*)\)$/.exec(line) ?? [];
    if (indent === undefined) return [];
    const depth = indent.length / 4;
    const url = `${beginnings[depth - 1] ?? ''}${part}`;
    beginnings[depth] = url;
    return methods.split(', ').map((method) => ({ method, url }));
  });
}

const own = () => served.filter(({ method, url }) => method !== 'HEAD' && !DOCUMENTATION.includes(url));

test('every route declares its scopes, or that a partner’s key opens it, or that it is open to anybody', () => {
  const all = handlers();
  expect(all.length).toBeGreaterThan(25);
  expect(all.filter(({ scopes }) => !Array.isArray(scopes)).map(({ name }) => name)).toEqual([]);
  expect(all.flatMap(({ scopes }) => scopes).filter((scope) => !SCOPES.includes(scope))).toEqual([]);
  expect(
    all
      .filter(({ scopes, isByPartnerKey }) => scopes.length === 0 && !isByPartnerKey)
      .map(({ name }) => name)
      .sort(),
  ).toEqual([
    'HealthController.live',
    'HealthController.ready',
    'KomboWebhooksController.receive',
    'MetricsController.read',
    'NativeWebhooksController.receive',
    'OAuthController.callback',
  ]);
});

test('without a token every route is refused, but for those that are open', async () => {
  const open: string[] = [];
  for (const { method, url } of own()) {
    const path = url.replaceAll(/:\w+/g, '01890000-0000-7000-8000-000000000000');
    const { statusCode } = await app.inject({ method: verb(method), url: path });
    if (statusCode !== 401) open.push(`${method} ${url}`);
  }
  // A webhook without a signature is refused as well.
  expect(open.sort()).toEqual(PUBLIC.filter((route) => route !== 'POST /webhooks/kombo'));
});

test('beside the controllers only the documentation is served', () => {
  const urls = new Set(served.map(({ url }) => url));
  expect(own()).toHaveLength(handlers().length);
  expect(DOCUMENTATION.filter((url) => !urls.has(url))).toEqual([]);
});

test('a token without a scope may call nothing', async () => {
  const authorization = `Bearer ${await world.token({ scopes: [] })}`;
  for (const { method, url } of own().filter((route) => !PUBLIC.includes(`${route.method} ${route.url}`))) {
    const path = url.replaceAll(/:\w+/g, '01890000-0000-7000-8000-000000000000');
    const answer = await app.inject({ method: verb(method), url: path, headers: { authorization } });
    expect([method, url, answer.statusCode]).toEqual([method, url, url.startsWith('/partner/') ? 401 : 403]);
  }
});

test('the OpenAPI document has every route, and no other', () => {
  const documented = Object.entries(openApiOf(app).paths).flatMap(([path, operations]) =>
    Object.keys(operations).map((method) => `${method.toUpperCase()} ${path.replaceAll(/\{(\w+)\}/g, ':$1')}`),
  );
  expect(documented.sort()).toEqual(
    own()
      .map(({ method, url }) => `${method} ${url}`)
      .sort(),
  );
});

test('every operation of the document has a summary, a tag and an answer with a schema', () => {
  const lacking = Object.entries(openApiOf(app).paths).flatMap(([path, operations]) =>
    Object.entries(operations)
      .filter(([, operation]) => !isDescribed(operation))
      .map(([method]) => `${method} ${path}`),
  );
  expect(lacking).toEqual([]);
});

// oxlint-disable-next-line typescript/no-explicit-any -- a part of a JSON document
function isDescribed({ summary, tags, responses }: any): boolean {
  const success = Object.keys(responses).filter((status) => status.startsWith('2'));
  const answered = success.every((status) => status === '204' || responses[status].content !== undefined);
  return summary !== undefined && tags.length === 1 && success.length === 1 && answered;
}

function verb(method: string): 'GET' | 'PUT' | 'POST' | 'PATCH' | 'DELETE' {
  const known = (['GET', 'PUT', 'POST', 'PATCH', 'DELETE'] as const).find((one) => one === method);
  if (known === undefined) throw new Error(`${method} is new here`);
  return known;
}
