import { RESOURCES } from '#libs/model';
import type { Api } from './world/api.js';
import { linkNative, makeAccount, syncNative } from './world/native-tenant.js';
import { DPA, ENABLED, ok, until, type Tenant } from './world/tenant.js';
import { World } from './world/world.js';

let world: World;
let api: Api;
let greenhouse: Api;
beforeAll(async () => {
  world = await World.create();
  api = await world.gateway();
  greenhouse = world.controlOf('greenhouse');
});
afterAll(() => world.close());

const statusOf = async ({ id }: Tenant) => (await api.get(`/v1/tenants/${id}/status`)).body;
const integrationOf = async ({ id, integrationId }: Tenant) =>
  (await api.get(`/platform/v1/tenants/${id}/integrations/${integrationId}`)).body;

describe('a tenant with a native integration', () => {
  let tenant: Tenant;
  beforeAll(async () => {
    tenant = await syncNative(api, greenhouse, 'greenhouse', await makeAccount(greenhouse, { candidates: 120 }));
  });

  test('is read completely and served by the same API', async () => {
    const [newest] = await tenant.runs();
    expect(newest).toMatchObject({ mode: 'full', state: 'succeeded' });
    for (const resource of RESOURCES) expect([resource, (await tenant.records(`${resource}s`)).length > 0]).toEqual([resource, true]);
    expect(await tenant.records('candidates')).toHaveLength(120);
  });

  test('shows a change after a delta, and a deletion after a full run', async () => {
    await tenant.atSource('patch', '/records/candidates/7', { fields: { first_name: 'Åsa-Lena' } });
    expect(await tenant.sync('delta')).toMatchObject({ state: 'succeeded', progress: { changed: 1, created: 0 } });
    expect((await tenant.records('candidates')).filter(({ firstName }) => firstName === 'Åsa-Lena')).toHaveLength(1);

    await tenant.atSource('delete', '/records/candidates/9');
    expect(await tenant.sync('full')).toMatchObject({ state: 'succeeded' });
    expect(await tenant.records('candidates')).toHaveLength(119);
  });

  test('is told by the ATS’s own webhook where to look', async () => {
    const url = `${api.url}/webhooks/greenhouse/${tenant.integrationId}`;
    ok(await greenhouse.patch(`/accounts/${tenant.sourceId}`, { webhookUrl: url, webhookCopies: 3 }));
    const { length } = await tenant.runs();
    await tenant.atSource('patch', '/records/candidates/11', { fields: { first_name: 'Told' } });
    const told = await until(async () => {
      const candidates = await tenant.records('candidates');
      return candidates.find(({ firstName }) => firstName === 'Told') ?? null;
    });
    await tenant.settled();
    expect(told).toMatchObject({ firstName: 'Told' });
    expect((await tenant.runs())[0]).toMatchObject({ mode: 'delta', cause: 'webhook' });
    expect((await tenant.runs()).length).toBeLessThanOrEqual(length + 2);
    const statuses = await until(async () => {
      const { sent } = (await greenhouse.get(`/accounts/${tenant.sourceId}/webhooks`)).body;
      const answered = sent.map(({ status }: { status: number | null }) => status);
      return answered.includes(null) ? null : answered;
    });
    expect(statuses).toEqual([200, 200, 200]);
  });

  test('is not told by a webhook that another secret signed', async () => {
    ok(await greenhouse.patch(`/accounts/${tenant.sourceId}`, { webhookSign: 'wrong', webhookCopies: 1 }));
    await tenant.atSource('patch', '/records/candidates/12', { fields: { first_name: 'Forged' } });
    const sent = await until(async () => {
      const last = (await greenhouse.get(`/accounts/${tenant.sourceId}/webhooks`)).body.sent.at(-1);
      return last.status === null ? null : last;
    });
    expect(sent.status).toBe(401);
    ok(await greenhouse.patch(`/accounts/${tenant.sourceId}`, { webhookUrl: null, webhookSign: 'right' }));
  });

  test('stops at a revocation, as any other', async () => {
    ok(await api.post(`/platform/v1/tenants/${tenant.id}/consents`, { kind: 'integration-disabled', by: 'customer' }));
    expect((await api.get(`/v1/tenants/${tenant.id}/candidates`)).status).toBe(403);
  });
});

describe('an ATS that keeps our place', () => {
  test('is read completely within the same run where it refuses to go on from there', async () => {
    const ashby = world.controlOf('ashby');
    const account = await makeAccount(ashby, { candidates: 120 });
    const tenant = await syncNative(api, ashby, 'ashby', account);
    await tenant.atSource('patch', '/records/candidates/7', { fields: { first_name: 'Åsa-Lena' } });
    expect(await tenant.sync('delta')).toMatchObject({ state: 'succeeded', progress: { read: 1, changed: 1 } });

    await tenant.atSource('post', '/records/candidates/change-many', { count: 110, fields: { last_name: 'Many' } });
    ok(await ashby.patch(`/accounts/${account.id}`, { incrementalPages: 0 }));
    const run = await tenant.sync('delta');
    expect(run).toMatchObject({ state: 'succeeded' });
    expect(run.progress.read).toBeGreaterThan(200);
    const names = (await tenant.records('candidates')).map(({ lastName }) => lastName);
    expect(names.filter((name) => name === 'Many').length).toBeGreaterThan(100);
  });
});

describe('a login that the ATS takes back', () => {
  test('becomes a state with what to do, and heals with the right credentials', async () => {
    const account = await makeAccount(greenhouse, { candidates: 20 });
    const wrong = { ...account, credentials: { ...account.credentials, clientSecret: 'wrong' } };
    const tenant = await linkNative(api, greenhouse, 'greenhouse', wrong);
    await tenant.consent(DPA);
    await tenant.consent(ENABLED);
    ok(await api.post(`/platform/v1/tenants/${tenant.id}/integrations/${tenant.integrationId}/check`));
    expect(await integrationOf(tenant)).toMatchObject({ state: 'remote-auth-failed', stateCode: 'OAUTH_REFUSED' });
    expect((await integrationOf(tenant)).nextStep).toMatch(/credentials/);

    const path = `/platform/v1/tenants/${tenant.id}/integrations/${tenant.integrationId}`;
    ok(await api.patch(path, { credentials: account.credentials }));
    ok(await api.post(`${path}/check`));
    expect(await integrationOf(tenant)).toMatchObject({ state: 'connected' });
  });
});

describe('a customer who lets us in in their browser', () => {
  test('is connected by the link, which is good once, and is told when they take it back', async () => {
    const account = await makeAccount(greenhouse, { candidates: 20 });
    const settings = { ...account.settings, grant: 'authorization-code' };
    const tenant = await linkNative(api, greenhouse, 'greenhouse', { ...account, settings });
    await tenant.consent(DPA);
    await tenant.consent(ENABLED);
    const path = `/platform/v1/tenants/${tenant.id}/integrations/${tenant.integrationId}`;
    const { url } = ok(await api.post(`${path}/authorize`)).body;

    const login = await fetch(url, { redirect: 'manual' });
    const back = new URL(login.headers.get('location') ?? '');
    expect(back.pathname).toBe('/platform/v1/oauth/callback');
    ok(await api.as(null).get(`${back.pathname}${back.search}`));
    expect(await integrationOf(tenant)).toMatchObject({ state: 'connected' });
    expect((await api.as(null).get(`${back.pathname}${back.search}`)).status).toBe(400);

    await tenant.activate();
    expect(await tenant.settled()).toMatchObject({ state: 'succeeded' });
    ok(await greenhouse.post(`/accounts/${account.id}/revoke`));
    const run = await tenant.sync('delta');
    expect(run.state).toBe('failed');
    expect(await statusOf(tenant)).toMatchObject({ integration: { state: 'remote-auth-failed' } });
  });

  test('who says no leaves the integration as it was', async () => {
    const account = await makeAccount(greenhouse, { candidates: 20 });
    ok(await greenhouse.patch(`/accounts/${account.id}`, { authorizes: false }));
    const settings = { ...account.settings, grant: 'authorization-code' };
    const tenant = await linkNative(api, greenhouse, 'greenhouse', { ...account, settings });
    const { url } = ok(await api.post(`/platform/v1/tenants/${tenant.id}/integrations/${tenant.integrationId}/authorize`)).body;
    const back = new URL((await fetch(url, { redirect: 'manual' })).headers.get('location') ?? '');
    expect(await api.as(null).get(`${back.pathname}${back.search}`)).toMatchObject({ status: 400, body: { code: 'invalid-request' } });
  });
});

describe('the limit of one tenant’s ATS', () => {
  const refusals = async (): Promise<number> => {
    const { counters } = (await greenhouse.get('/requests')).body;
    return Object.entries<number>(counters).reduce((sum, [name, count]) => sum + (name.endsWith(' 429') ? count : 0), 0);
  };

  test('is kept: no request is refused', async () => {
    ok(await greenhouse.delete('/requests'));
    const account = await makeAccount(greenhouse, { candidates: 60, jobs: 4, users: 4, limits: true });
    const tenant = await syncNative(api, greenhouse, 'greenhouse', account);
    expect((await tenant.runs())[0]).toMatchObject({ state: 'succeeded' });
    expect(await refusals()).toBe(0);
  });

  test('that is lower than documented is met once in a window, by four workers too, and slows no other tenant', async () => {
    for (let more = 0; more < 3; more++) await world.gateway({ GATEWAY_ROLES: 'worker' });
    ok(await greenhouse.delete('/requests'));
    // The vendor's window is 30 s: all of this happens within one.
    const strict = await makeAccount(greenhouse, { candidates: 60, jobs: 4, users: 4, limits: true, most: 3 });
    const stuck = await linkNative(api, greenhouse, 'greenhouse', strict);
    await stuck.consent({ ...DPA, subProcessors: [] });
    await stuck.consent(ENABLED);
    await stuck.activate();
    await until(async () => ((await refusals()) > 0 ? true : null));

    const startedMs = performance.now();
    const others = await Promise.all(
      [1, 2, 3].map(async (seed) => {
        const account = await makeAccount(greenhouse, { candidates: 60, jobs: 4, users: 4, seed });
        return syncNative(api, greenhouse, 'greenhouse', account);
      }),
    );
    for (const other of others) expect((await other.runs())[0]).toMatchObject({ state: 'succeeded' });
    expect(performance.now() - startedMs).toBeLessThan(15_000);
    expect((await stuck.runs())[0].finishedAt).toBeNull();
    expect(await refusals()).toBe(1);
  });
});
