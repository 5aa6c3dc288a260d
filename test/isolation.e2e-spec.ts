import type { Api } from './world/api.js';
import { Tenant } from './world/tenant.js';
import { World } from './world/world.js';

let world: World;
let api: Api;
let ours: Tenant;
let theirs: Tenant;

beforeAll(async () => {
  world = await World.create();
  api = await world.gateway();
  ours = await Tenant.synced(api, world.control, { candidates: 100, seed: 41 });
  theirs = await Tenant.synced(api, world.control, { candidates: 100, seed: 41 });
});
afterAll(() => world.close());

test('two tenants with the same people at their ATS share no id', async () => {
  for (const list of ['jobs', 'users', 'candidates', 'applications']) {
    const [a, b] = [await ours.records(list), await theirs.records(list)];
    expect(a.length).toBe(b.length);
    const ids = new Set(a.map(({ id }) => id));
    expect(b.filter(({ id }) => ids.has(id))).toEqual([]);
  }
});

test('a record of another tenant is not found, whatever the token may see', async () => {
  const [candidate] = await theirs.records('candidates');
  expect((await api.get(`/v1/tenants/${ours.id}/candidates/${candidate.id}`)).body).toMatchObject({ status: 404, code: 'not-found' });
});

test('a token limited to a tenant finds no other, in any call', async () => {
  const limited = api.as(await world.token({ tenants: [ours.id] }));
  expect((await limited.get(`/v1/tenants/${ours.id}/candidates?limit=1`)).status).toBe(200);
  expect((await limited.get(`/platform/v1/tenants`)).body.data.map(({ id }: { id: string }) => id)).toEqual([ours.id]);
  const paths = ['candidates', 'jobs', 'users', 'applications', 'status'].map((list) => `/v1/tenants/${theirs.id}/${list}`);
  const platform = ['', '/integrations', '/syncs', '/consents', '/consent'].map((path) => `/platform/v1/tenants/${theirs.id}${path}`);
  for (const path of [...paths, ...platform]) expect((await limited.get(path)).status).toBe(404);
  expect((await limited.put(`/platform/v1/tenants/${theirs.id}`, { name: 'Taken over' })).status).toBe(404);
  expect((await limited.post(`/v1/tenants/${theirs.id}/refresh`)).status).toBe(404);
});

test('a source account that is bound to one tenant cannot be bound to another', async () => {
  const settings = { komboIntegrationId: ours.sourceId };
  const answer = await api.post(`/platform/v1/tenants/${theirs.id}/integrations`, { type: 'kombo', ats: 'sandbox', settings });
  expect(answer.body).toMatchObject({ status: 409, code: 'conflict' });
});

test('a failing source of one tenant holds up no other', async () => {
  await world.control.post('/faults', { kind: 'latency', ms: 2_000, times: null, integrationId: theirs.sourceId });
  const { body: slow } = await api.post(`/platform/v1/tenants/${theirs.id}/syncs`, { mode: 'full' });
  const run = await ours.sync('full');
  expect(run.state).toBe('succeeded');
  expect((await theirs.run(slow.id)).finishedAt).toBeNull();
  await world.control.delete('/faults');
  await theirs.ended(slow.id);
});
