import type { Api } from './world/api.js';
import { makeAccount } from './world/native-tenant.js';
import { ok, Tenant, until } from './world/tenant.js';
import { World } from './world/world.js';

let world: World;
let api: Api;
beforeAll(async () => {
  world = await World.create();
  api = await world.gateway();
});
afterAll(() => world.close());

test('x', async () => {
  const control = world.controlOf('greenhouse');
  const account = await makeAccount(control, { candidates: 150, jobs: 40, users: 20, seed: 7 });
  const tenant = await Tenant.synced(api, world.control, { tool: 'greenhouse', account: account.id });
  const { settings, credentials } = account;
  const base = `/platform/v1/tenants/${tenant.id}`;
  const native = ok(await api.post(`${base}/integrations`, { type: 'native', ats: 'greenhouse', settings, credentials })).body;
  const asked = ok(await api.post(`${base}/switches`, { toIntegrationId: native.id, reason: 'test' })).body;
  const done = await until(async () => {
    const { body } = await api.get(`${base}/switches/${asked.id}`);
    return body.state === 'shadowing' ? null : body;
  });
  console.log(JSON.stringify(done, null, 1));
}, 60_000);
