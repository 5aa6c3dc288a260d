import { TestClock } from '#libs/testkit';
import type { Api } from './world/api.js';
import { DPA, ENABLED, Tenant, until } from './world/tenant.js';
import { World } from './world/world.js';

const DAY_MS = 24 * 3600_000;

let clock: TestClock;
let world: World;
let api: Api;

beforeAll(async () => {
  clock = new TestClock(new Date().toISOString());
  world = await World.create(clock);
  api = await world.gateway();
});
afterAll(() => world.close());

// First, while the clock still agrees with the sandbox's: a watermark from the future would skip its changes.
test('the scheduler syncs by itself when a delta is due, and once', async () => {
  const tenant = await Tenant.synced(api, world.control, { candidates: 100, seed: 93 });
  await tenant.atSource('patch', '/records/candidates/1', { fields: { last_name: 'Scheduled' } });
  // When the next is due is noted just after the run has ended.
  const due = new Date(clock.now().getTime() + 300_000).toISOString();
  await until(async () => ((await api.get(`/v1/tenants/${tenant.id}/status`)).body.nextRunAt === due ? true : null));
  clock.advanceMs(299_000);
  expect(await tenant.runs()).toHaveLength(1);
  clock.advanceMs(2_000);
  await until(async () => ((await tenant.runs()).length === 2 ? true : null));
  expect(await tenant.settled()).toMatchObject({ mode: 'delta', state: 'succeeded', progress: { changed: 1 } });
});

test('after more than 13 days a delta becomes a full run, as the source forgets deletions after 14; old runs are forgotten', async () => {
  const tenant = await Tenant.synced(api, world.control, { candidates: 100, seed: 91 });
  const [first] = await tenant.runs();
  clock.advanceMs(12 * DAY_MS);
  await until(async () => ((await tenant.runs()).length === 2 ? true : null));
  expect(await tenant.settled()).toMatchObject({ state: 'succeeded' });
  expect(await tenant.sync('delta')).toMatchObject({ mode: 'delta' });
  clock.advanceMs(13 * DAY_MS + 1000);
  const newest = await tenant.sync('delta');
  expect(newest).toMatchObject({ mode: 'full', state: 'succeeded' });
  await until(async () => ((await tenant.runs()).some(({ id }: { id: string }) => id === first.id) ? null : true));
});

test('an agreement opens when it takes effect and closes when it ends, without anybody doing anything', async () => {
  const at = (ms: number) => new Date(clock.now().getTime() + ms).toISOString();
  const tenant = await Tenant.link(api, world.control, { candidates: 100, seed: 92 });
  await tenant.consent({ ...DPA, effectiveFrom: at(DAY_MS), effectiveTo: at(3 * DAY_MS) });
  await tenant.consent(ENABLED);
  const activate = () => api.post(`/platform/v1/tenants/${tenant.id}/integrations/${tenant.integrationId}/activate`);
  expect((await activate()).body).toMatchObject({
    code: 'consent-missing',
    context: { reasons: expect.stringContaining('dpa-not-yet-effective') },
  });

  clock.advanceMs(DAY_MS);
  expect((await activate()).status).toBe(200);
  await tenant.settled();
  expect(await tenant.records('candidates')).toHaveLength(100);

  clock.advanceMs(2 * DAY_MS);
  expect((await api.get(`/v1/tenants/${tenant.id}/candidates`)).body).toMatchObject({ status: 403, code: 'consent-missing' });
  expect((await api.get(`/platform/v1/tenants/${tenant.id}/consent`)).body).toMatchObject({ open: false, reasons: ['dpa-expired'] });
});
