import type { Api } from './world/api.js';
import { Tenant, until } from './world/tenant.js';
import { World } from './world/world.js';

let world: World;
let api: Api;
let tenant: Tenant;

beforeAll(async () => {
  world = await World.create();
  api = await world.gateway();
  tenant = await Tenant.synced(api, world.control, { candidates: 600, seed: 81 });
});
afterEach(() => world.control.delete('/faults'));
afterAll(() => world.close());

const fault = (body: object) =>
  world.control.post('/faults', { integrationId: tenant.komboId, path: '/ats/candidates', times: null, ...body });

test.each([
  [{ kind: 'html', status: 503 }, 'remote-unavailable'],
  [{ kind: 'drop' }, 'remote-unavailable'],
  [{ kind: 'cut' }, 'remote-invalid-response'],
  [{ kind: 'broken-json' }, 'remote-invalid-response'],
  [{ kind: 'huge', bytes: 50_000_000 }, 'remote-invalid-response'],
  [{ kind: 'loop' }, 'remote-invalid-response'],
  [{ kind: 'error', code: 'INTEGRATION.PERMISSION_MISSING' }, 'remote-forbidden'],
  [{ kind: 'error', code: 'SOMETHING.NEW', status: 500 }, 'remote-unavailable'],
  [{ kind: 'error', code: 'INTEGRATION.SETUP_SYNC_PENDING' }, 'remote-unavailable'],
  [{ kind: 'error', code: 'PLATFORM.RATE_LIMIT_EXCEEDED', headers: { 'retry-after': '600' } }, 'remote-rate-limited'],
])(
  'under a lasting fault a full run fails and deletes nothing: %j',
  async (body, kind) => {
    const count = (await tenant.records('candidates')).length;
    await fault({ ...body, skip: 1 });
    expect(await tenant.sync('full')).toMatchObject({ state: 'failed', error: kind, progress: { deleted: 0, heldDeletions: 0 } });
    expect(await tenant.records('candidates')).toHaveLength(count);
    const { body: status } = await api.get(`/v1/tenants/${tenant.id}/status`);
    expect(new Date(status.nextRunAt).getTime()).toBeGreaterThan(Date.parse(status.lastRun.finishedAt) + 30_000);
  },
  60_000,
);

test('a passing fault is outlasted by the calls themselves', async () => {
  await fault({ kind: 'html', status: 502, times: 2 });
  expect(await tenant.sync('full')).toMatchObject({ state: 'succeeded' });
}, 60_000);

test.each(['wrong-types', 'missing-id', 'bad-id', 'not-an-object', 'too-large'])(
  'a record that comes as %s in a full run is set aside, and not deleted',
  async (as) => {
    const before = await tenant.records('candidates');
    await fault({ kind: 'malformed', as, record: 10 });
    const run = await tenant.sync('full');
    expect(run).toMatchObject({ state: 'succeeded', progress: { setAside: 1, deleted: 0 } });
    expect(await tenant.records('candidates')).toEqual(before);
  },
);

test('unknown keys and unknown values of an enumeration stop nothing and are not taken over', async () => {
  await world.control.post('/faults', { integrationId: tenant.komboId, path: '/ats/jobs', times: null, kind: 'unknown-enums' });
  await fault({ kind: 'unknown-keys' });
  const run = await tenant.sync('full');
  expect(run).toMatchObject({ state: 'succeeded', progress: { setAside: 0 } });
  expect(run.progress.droppedFields['*']).toBeGreaterThan(0);
  for (const job of await tenant.records('jobs')) {
    expect(['open', 'closed', 'draft', 'archived', 'unknown']).toContain(job.status);
    expect(['public', 'private', 'unknown']).toContain(job.visibility);
  }
});

test('a broken login is named, waits, and a check after the repair lifts it and syncs', async () => {
  await tenant.atSource('put', '/state', { status: 'INVALID' });
  expect(await tenant.sync('delta')).toMatchObject({ state: 'failed', error: 'remote-auth-failed' });
  const state = async () => (await api.get(`/v1/tenants/${tenant.id}/status`)).body.integration.state;
  expect(await state()).toBe('remote-auth-failed');
  const check = () => api.post(`/platform/v1/tenants/${tenant.id}/integrations/${tenant.integrationId}/check`);
  expect((await check()).body).toMatchObject({ ready: false, code: 'INVALID', nextStep: expect.any(String) });

  await tenant.atSource('put', '/state', { status: 'ACTIVE' });
  const runs = (await tenant.runs()).length;
  expect((await check()).body).toMatchObject({ ready: true });
  expect(await state()).toBe('connected');
  await until(async () => ((await tenant.runs()).length > runs ? true : null));
  expect(await tenant.settled()).toMatchObject({ state: 'succeeded' });
});

test('a check needs no consent, as it reads no record', async () => {
  const unconsented = await Tenant.link(api, world.control, { candidates: 100, seed: 82 });
  await world.control.delete('/requests');
  const answer = await api.post(`/platform/v1/tenants/${unconsented.id}/integrations/${unconsented.integrationId}/check`);
  expect(answer.body).toMatchObject({ ready: true });
  const { body } = await world.control.get('/requests');
  expect(body.requests.filter(({ path }: { path: string }) => path.includes('/ats/'))).toEqual([]);
});
