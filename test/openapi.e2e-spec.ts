import { randomUUID } from 'node:crypto';
import { Api, type Answer } from './world/api.js';
import { Contract } from './world/contract.js';
import { compareWithAnother, deliverAndOrder, SENT, sendAndOrder } from './world/one-of-each.js';
import { partnerTenant } from './world/partner-tenant.js';
import { DPA, ok, Tenant } from './world/tenant.js';
import { World } from './world/world.js';

const WRONG: readonly unknown[] = [null, '', 'x'.repeat(501), -1, [], [null], {}, { notThere: 1 }, true];

let world: World;
let api: Api;
let tenant: Tenant;
let contract: Contract;
/** As an ATS calls that sends its records itself. */
let partner: Api;

beforeAll(async () => {
  world = await World.create();
  api = await world.gateway();
  tenant = await Tenant.synced(api, world.control, { candidates: 60, seed: 71 });
  contract = new Contract((await api.get('/openapi.json')).body);
  ({ partner } = await partnerTenant(api));
  await sendAndOrder(partner);
  await deliverAndOrder(api, world.control, tenant);
  await compareWithAnother(api, world.control, tenant);
  ok(await api.post('/v1/subscriptions', { url: 'https://hooks.alva.example/ats', types: ['sync.*'] }));
});
afterAll(() => world.close());

const callerOf = (path: string): Api => (path.startsWith('/partner/') ? partner : api);

/** The path of an operation for a tenant; `{id}` is one that its list has. */
async function pathOf(template: string, tenantId: string): Promise<string> {
  const path = Object.entries(SENT)
    .reduce((named, [list, id]) => named.replace(`${list}/{remoteId}`, `${list}/${id}`), template)
    .replace('{tenantId}', tenantId)
    .replace('{resultKey}', 'role-fit');
  if (path.endsWith('/switches/preview')) {
    const { data } = (await api.get(path.replace('switches/preview', 'integrations'))).body;
    return `${path}?toIntegrationId=${data.find(({ active }: { active: boolean }) => !active).id}`;
  }
  if (!path.includes('{id}')) return path;
  const { body } = await api.get(path.slice(0, path.indexOf('/{id}')));
  return path.replace('{id}', body.data[0].id);
}

async function call(method: string, path: string, body?: unknown): Promise<Answer<unknown>> {
  const caller = callerOf(path);
  if (method === 'get') return caller.get(path);
  if (method === 'delete') return caller.delete(path);
  return method === 'put' ? caller.put(path, body) : method === 'patch' ? caller.patch(path, body) : caller.post(path, body ?? {});
}

test('every GET of a synced tenant answers as the document says', async () => {
  // The way back from an ATS needs what only the ATS gives.
  const gets = contract
    .operations()
    .filter(({ method, template }) => method === 'get' && !template.endsWith('/callback') && !PROTOCOL.test(template));
  const faults: string[] = [];
  for (const { template } of gets) {
    const path = await pathOf(template, tenant.id);
    const answer = await call('get', path);
    faults.push(...(answer.status === 200 ? [] : [`${path}: ${answer.status}`]), ...contract.faults('get', path, answer));
  }
  expect(gets.length).toBeGreaterThan(20);
  expect(faults).toEqual([]);
});

test('every record of every list is as the document says, deleted ones too', async () => {
  await tenant.atSource('delete', '/records/candidates/1');
  await tenant.sync('delta');
  for (const list of ['jobs', 'users', 'candidates', 'applications']) {
    const path = `/v1/tenants/${tenant.id}/${list}?limit=250&includeDeleted=true`;
    expect(contract.faults('get', path, await api.get(path))).toEqual([]);
  }
});

test('a tenant that has nothing yet is answered as the document says', async () => {
  const id = randomUUID();
  await api.put(`/platform/v1/tenants/${id}`, { name: 'Empty' });
  for (const path of [`/v1/tenants/${id}/status`, `/platform/v1/tenants/${id}`, `/platform/v1/tenants/${id}/consent`])
    expect(contract.faults('get', path, await api.get(path))).toEqual([]);
});

test('the service takes every example of the document, and answers as it says', async () => {
  const fresh = await Tenant.synced(api, world.control, { candidates: 20, seed: 72 });
  await compareWithAnother(api, world.control, fresh);
  const faults: string[] = [];
  const withBody = ownBodies();
  // The ledger's last example ends the agreement.
  for (const { method, template, operation } of withBody.sort(
    (a, b) => Number(/consents/.test(a.template)) - Number(/consents/.test(b.template)),
  )) {
    const examples = examplesOf(operation);
    if (examples.length === 0) faults.push(`${method} ${template} has no example`);
    for (const example of examples) {
      const path = await pathOf(template, fresh.id);
      const answer = await call(method, path, example);
      const refused = answer.status === 400 || answer.status === 422;
      if (refused || !contract.takes(method, template, example)) faults.push(`${path} ${JSON.stringify([example, answer.body])}`);
      faults.push(...contract.faults(method, path, answer));
    }
  }
  expect(faults).toEqual([]);
});

test('a key that the document does not know is refused by every body', async () => {
  const withBody = ownBodies();
  for (const { method, template, operation } of withBody) {
    const body = { ...examplesOf(operation)[0], notDocumented: 1 };
    const path = await pathOf(template, tenant.id);
    expect([template, (await call(method, path, body)).status, contract.takes(method, template, body)]).toEqual([template, 400, false]);
  }
});

test('whatever the document refuses of an example with one value changed, the service refuses too', async () => {
  const withBody = ownBodies();
  const taken: string[] = [];
  for (const { method, template, operation } of withBody) {
    const path = await pathOf(template, tenant.id);
    const keys = keysOf(operation);
    for (const example of examplesOf(operation)) {
      for (const body of keys.flatMap((key) => WRONG.map((value) => ({ ...example, [key]: value })))) {
        if (contract.takes(method, template, body)) continue;
        const { status } = await call(method, path, body);
        if (status !== 400) taken.push(`${status} ${method} ${template} ${JSON.stringify(body)}`);
      }
    }
  }
  expect(taken).toEqual([]);
});

test('check, activate and delete answer as the document says', async () => {
  const linked = await Tenant.synced(api, world.control, { candidates: 10, seed: 73 });
  const path = `/platform/v1/tenants/${linked.id}/integrations/${linked.integrationId}`;
  for (const [method, called] of [
    ['post', `${path}/check`],
    ['post', `${path}/activate`],
    ['delete', path],
  ] as const) {
    const answer = await call(method, called);
    expect([answer.status < 300, contract.faults(method, called, answer)]).toEqual([true, []]);
  }
});

describe('errors are as the document says', () => {
  const path = () => `/v1/tenants/${tenant.id}/candidates`;
  const expectFault = (status: number, method: string, called: string, answer: Answer<unknown>) =>
    expect([answer.status, contract.faults(method, called, answer)]).toEqual([status, []]);

  test('400, 401, 403, 404', async () => {
    const reader = api.as(await world.token({ scopes: ['results:write'] }));
    expectFault(400, 'get', path(), await api.get(`${path()}?limit=0`));
    expectFault(401, 'get', path(), await api.as(null).get(path()));
    expectFault(403, 'get', path(), await reader.get(path()));
    expectFault(404, 'get', `${path()}/x`, await api.get(`${path()}/${randomUUID()}`));
    const bodyless = `/platform/v1/tenants/${tenant.id}/syncs`;
    expectFault(400, 'post', bodyless, await api.post(bodyless, '{'));
  });

  test('403 for want of consent', async () => {
    const closed = await Tenant.link(api, world.control, { candidates: 1, seed: 74 });
    const list = `/v1/tenants/${closed.id}/jobs`;
    expectFault(403, 'get', list, await api.get(list));
    const activate = `/platform/v1/tenants/${closed.id}/integrations/${closed.integrationId}/activate`;
    expectFault(403, 'post', activate, await api.post(activate));
  });

  test('409 and 422', async () => {
    const consents = `/platform/v1/tenants/${tenant.id}/consents`;
    const key = { 'idempotency-key': 'once' };
    expectFault(201, 'post', consents, await api.post(consents, DPA, key));
    expectFault(422, 'post', consents, await api.post(consents, { ...DPA, documentVersion: '2' }, key));
    const integrations = `/platform/v1/tenants/${tenant.id}/integrations`;
    expectFault(422, 'post', integrations, await api.post(integrations, { type: 'native', ats: 'none' }));
    const run = (await tenant.runs())[0].id;
    const decide = `/platform/v1/tenants/${tenant.id}/syncs/${run}/deletions`;
    expectFault(409, 'post', decide, await api.post(decide, { decision: 'keep' }));
  });

  test('429', async () => {
    const strict = await world.gateway({ RATE_LIMIT_PER_MINUTE: '1', GATEWAY_ROLES: 'api' });
    await strict.get('/health/live');
    expectFault(429, 'get', '/health/live', await strict.get('/health/live'));
  });

  test('503 where the ATS does not answer', async () => {
    const cut = await world.gateway({ KOMBO_API_URL: 'http://127.0.0.1:9/v1', GATEWAY_ROLES: 'api' });
    const check = `/platform/v1/tenants/${tenant.id}/integrations/${tenant.integrationId}/check`;
    expectFault(503, 'post', check, await cut.post(check));
  });
});

test('a key, a status or a route that is not documented does not pass', async () => {
  const path = `/v1/tenants/${tenant.id}/jobs`;
  const answer = await api.get(path);
  const body = { ...answer.body, data: answer.body.data.map((job: object) => ({ ...job, salary: 1 })) };
  expect(contract.faults('get', path, { ...answer, body })).toContainEqual(expect.stringContaining('"additionalProperty":"salary"'));
  expect(contract.faults('get', path, { ...answer, status: 418 })).not.toEqual([]);
  expect(contract.faults('get', '/v2/jobs', answer)).not.toEqual([]);
  expect(contract.faults('get', path, answer)).toEqual([]);
  expect(contract.faults('get', path, { ...answer, headers: new Headers({ 'content-type': 'application/json' }) })).not.toEqual([]);
});

test('/docs loads, and everything that it needs comes from here', async () => {
  const page = await fetch(`${api.url}/docs`);
  const html = await page.text();
  const assets = [...html.matchAll(/(?:src|href)="([^"]+)"/g)].map(([, address]) => new URL(address ?? '', page.url));
  expect(assets.length).toBeGreaterThan(3);
  for (const asset of assets) {
    expect(asset.origin).toBe(api.url);
    const answer = await fetch(asset);
    expect([asset.pathname, answer.status, (await answer.text()).length > 0]).toEqual([asset.pathname, 200, true]);
  }
});

test('the type of a problem points into the description', async () => {
  const { body } = await api.get(`/v1/tenants/${tenant.id}/jobs/${randomUUID()}`);
  expect(body.type).toBe('/docs#not-found');
  expect(contract.document.info.description).toContain('id="not-found"');
});

/** What the ATSs' own protocols say is theirs; it is driven by their stand-ins. */
const PROTOCOL = /^\/partner\/(greenhouse|teamtailor|ashby|workable)\//;

/** Operations whose bodies our callers write; those of webhooks and protocols are their sources'. */
const ownBodies = () =>
  contract
    .operations()
    .filter(
      ({ template, operation }) => operation.requestBody !== undefined && !template.startsWith('/webhooks/') && !PROTOCOL.test(template),
    );

// oxlint-disable-next-line typescript/no-explicit-any -- a part of a JSON document
function keysOf(operation: any): string[] {
  const schema = schemaOf(operation);
  return [...new Set([schema, ...(schema.oneOf ?? [])].flatMap(({ properties = {} }) => Object.keys(properties)))];
}

// oxlint-disable-next-line typescript/no-explicit-any -- a part of a JSON document
function schemaOf(operation: any) {
  return contract.document.components.schemas[operation.requestBody.content['application/json'].schema.$ref.split('/').at(-1)];
}

// oxlint-disable-next-line typescript/no-explicit-any -- a part of a JSON document
function examplesOf(operation: any): object[] {
  return schemaOf(operation).examples ?? [];
}
