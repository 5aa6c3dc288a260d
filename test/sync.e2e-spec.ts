import type { Api } from './world/api.js';
import { DPA, ENABLED, Tenant } from './world/tenant.js';
import { World } from './world/world.js';

let world: World;
let api: Api;

beforeAll(async () => {
  world = await World.create();
  api = await world.gateway();
});
afterAll(() => world.close());

test('consent, activation and a first sync make every record readable', async () => {
  const tenant = await Tenant.synced(api, world.control, { candidates: 300, seed: 7 });
  const [run] = await tenant.runs();
  expect(run).toMatchObject({ mode: 'full', state: 'succeeded', error: null });

  const lists = await Promise.all(['jobs', 'users', 'candidates', 'applications'].map(tenant.records));
  const counts = lists.map((list) => list.length);
  expect(counts[2]).toBe(300);
  expect(run.progress.created).toBe(counts.reduce((sum, count) => sum + count, 0));
});

test('without consent nothing is asked of the source and nothing can be read', async () => {
  const tenant = await Tenant.link(api, world.control, { candidates: 100, seed: 8 });
  expect((await api.get(`/v1/tenants/${tenant.id}/candidates`)).body).toMatchObject({ status: 403, code: 'consent-missing' });
  const refused = await api.post(`/platform/v1/tenants/${tenant.id}/integrations/${tenant.integrationId}/activate`);
  expect(refused.body).toMatchObject({ status: 403, code: 'consent-missing' });
  await tenant.consent(DPA);
  expect((await api.get(`/v1/tenants/${tenant.id}/candidates`)).body).toMatchObject({ status: 403, code: 'integration-disabled' });
  await tenant.consent(ENABLED);
  expect((await api.get(`/v1/tenants/${tenant.id}/candidates`)).body).toMatchObject({ status: 403, code: 'integration-disabled' });
  const { body } = await world.control.get('/requests');
  expect(JSON.stringify(body)).not.toContain(tenant.sourceId);
});
