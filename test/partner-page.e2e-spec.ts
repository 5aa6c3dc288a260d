import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { partnerTenant } from './world/partner-tenant.js';
import { World } from './world/world.js';

/** ```http … ``` blocks: a request's first line, and its body. */
const EXAMPLE = /```http\n(GET|PUT|POST|DELETE) (\/\S+)\n([^`]*)```/g;

const page = readFileSync(join(import.meta.dirname, '../docs/build-an-integration.md'), 'utf8');

let world: World;
beforeAll(async () => {
  world = await World.create();
});
afterAll(() => world.close());

test('every example of the page "Build an integration with Alva" works as it stands there, one after the other', async () => {
  const api = await world.gateway();
  const { key } = await partnerTenant(api);
  const examples = [...page.matchAll(EXAMPLE)];
  expect(examples.length).toBeGreaterThan(10);
  for (const [, method = '', path = '', body = ''] of examples) {
    const hasBody = body.trim() !== '';
    const headers = { authorization: `Bearer ${key}`, ...(hasBody ? { 'content-type': 'application/json' } : {}) };
    const response = await fetch(`${api.url}${path}`, { method, headers, ...(hasBody ? { body } : {}) });
    const text = await response.text();
    expect([method, path, response.status, text.includes('"refused"')]).toEqual([method, path, method === 'DELETE' ? 204 : 200, false]);
  }
});

test('the partner API has a document of its own, with its routes and no other', async () => {
  const api = (await world.gateway()).as(null);
  const { paths } = (await api.get('/partner/openapi.json')).body;
  expect(Object.keys(paths)).toEqual(expect.arrayContaining(['/partner/v1/batch', '/partner/v1/orders']));
  expect(Object.keys(paths).filter((path) => !path.startsWith('/partner/'))).toEqual([]);
  expect((await api.get('/partner/docs')).status).toBe(200);
});
