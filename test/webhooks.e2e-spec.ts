import { setTimeout as pause } from 'node:timers/promises';
import { randomUUID } from 'node:crypto';
import type { Api } from './world/api.js';
import { dataChanged, komboId, sendRaw, sendWebhook, stateChanged } from './world/kombo-webhook.js';
import { DPA, ENABLED, ok, Tenant, until } from './world/tenant.js';
import { World } from './world/world.js';

let world: World;
let api: Api;

beforeAll(async () => {
  world = await World.create();
  // No poll comes in between: what is read is read because of a webhook.
  api = await world.gateway({ SYNC_DELTA_SECONDS: '86400', KOMBO_WEBHOOK_SECRET: 'kombo-sim-secret,the-next-secret' });
}, 60_000);
afterAll(() => world.close());

const synced = () => Tenant.synced(api, world.control, { candidates: 20, seed: 31 });
const recorded = async (tenant: Tenant) => (await api.get(`/platform/v1/webhooks?tenantId=${tenant.id}`)).body.data;
const webhookRuns = async (tenant: Tenant) => (await tenant.runs()).filter(({ cause }: { cause: string }) => cause === 'webhook');
const integrationOf = async (tenant: Tenant) =>
  (await api.get(`/platform/v1/tenants/${tenant.id}/integrations/${tenant.integrationId}`)).body;

test('a change that a webhook announces is readable soon, by a delta of just what the models touch', async () => {
  const tenant = await synced();
  await tenant.atSource('patch', '/records/candidates/3', { fields: { last_name: 'Announced' } });
  expect(await sendWebhook(api.url, dataChanged(tenant.sourceId, 'ats_candidates'))).toBe(200);
  await until(async () => (JSON.stringify(await tenant.records('candidates')).includes('Announced') ? true : null), 5000);
  await tenant.settled();
  expect(await webhookRuns(tenant)).toMatchObject([{ mode: 'delta', resources: expect.arrayContaining(['candidate', 'application']) }]);
  expect((await webhookRuns(tenant))[0].resources).toHaveLength(2);
  expect(await recorded(tenant)).toMatchObject([{ type: 'data-changed', integrationId: tenant.integrationId }]);
});

test('100 notices make one or two syncs', async () => {
  const tenant = await synced();
  for (let sent = 0; sent < 100; sent += 10)
    await Promise.all(Array.from({ length: 10 }, () => sendWebhook(api.url, dataChanged(tenant.sourceId, 'ats_users'))));
  expect(await recorded(tenant)).toHaveLength(100);
  await pause(7000);
  await tenant.settled();
  const runs = await webhookRuns(tenant);
  expect(runs.length).toBeGreaterThanOrEqual(1);
  expect(runs.length).toBeLessThanOrEqual(2);
}, 20_000);

test('a webhook that comes again is not recorded again, and asks for nothing', async () => {
  const tenant = await synced();
  const webhook = { ...dataChanged(tenant.sourceId, 'ats_users'), id: komboId() };
  await sendWebhook(api.url, webhook);
  await until(async () => ((await webhookRuns(tenant)).length === 1 ? true : null));
  await tenant.settled();
  await Promise.all(Array.from({ length: 20 }, () => sendWebhook(api.url, webhook)));
  await pause(6000);
  expect(await recorded(tenant)).toHaveLength(1);
  expect(await webhookRuns(tenant)).toHaveLength(1);
}, 20_000);

describe('only what Kombo signed is taken', () => {
  const webhook = () => dataChanged('sandbox:7C9M5sXAQx2cNMpVHLojrFpL', 'ats_users');

  test.each([
    ['another secret', { secret: 'other' }],
    ['no signature', { signature: null }],
    ['a signature that is none', { signature: 'x' }],
  ])('with %s it is refused with 401', async (_, sending) => {
    expect(await sendWebhook(api.url, webhook(), sending)).toBe(401);
  });

  test('pretty-printed, or with the secret that comes next, it is accepted', async () => {
    expect(await sendWebhook(api.url, webhook(), { pretty: true })).toBe(200);
    expect(await sendWebhook(api.url, webhook(), { secret: 'the-next-secret' })).toBe(200);
  });

  test('a body that is no JSON is refused without a signature, and answered with one', async () => {
    expect(await sendRaw(api.url, '{"id":', { signature: null })).toBe(401);
    expect(await sendRaw(api.url, '{"id":')).toBe(200);
    expect(await sendRaw(api.url, '')).toBe(200);
    expect(await sendRaw(api.url, '[1,2]')).toBe(200);
  });

  test('a body beyond what any webhook needs is refused', async () => {
    expect(await sendRaw(api.url, JSON.stringify({ id: komboId(), type: 'data-changed', data: {}, more: 'x'.repeat(300_000) }))).toBe(400);
  });
});

describe('nothing is kept', () => {
  test('of an integration that nobody knows', async () => {
    const before = (await api.get('/platform/v1/webhooks')).body.data.length;
    expect(await sendWebhook(api.url, dataChanged(`sandbox:${komboId()}`, 'ats_users'))).toBe(200);
    expect((await api.get('/platform/v1/webhooks')).body.data.length).toBe(before);
  });

  test('of one that is not active', async () => {
    const tenant = await Tenant.link(api, world.control, { candidates: 3 });
    await tenant.consent(DPA);
    await tenant.consent(ENABLED);
    expect(await sendWebhook(api.url, dataChanged(tenant.sourceId, 'ats_users'))).toBe(200);
    expect(await recorded(tenant)).toEqual([]);
    expect(await tenant.runs()).toEqual([]);
  });

  test('of one whose tenant has revoked consent', async () => {
    const tenant = await synced();
    await tenant.consent({ kind: 'integration-disabled', by: 'customer' });
    const { length } = await tenant.runs();
    expect(await sendWebhook(api.url, dataChanged(tenant.sourceId, 'ats_users'))).toBe(200);
    expect(await recorded(tenant)).toEqual([]);
    expect(await tenant.runs()).toHaveLength(length);
  });

  test('of a type that is new', async () => {
    const tenant = await synced();
    expect(await sendWebhook(api.url, { type: 'SECRET type', data: { integration_id: tenant.sourceId } })).toBe(200);
    expect(JSON.stringify(await recorded(tenant))).not.toContain('SECRET');
    expect(await webhookRuns(tenant)).toEqual([]);
  });
});

describe('a state that Kombo tells', () => {
  test('says what to do next, and when it is over a sync follows at once', async () => {
    const tenant = await synced();
    expect(await sendWebhook(api.url, stateChanged(tenant.sourceId, '2026-03-01T09:00:00.000Z', { state: 'INVALID' }))).toBe(200);
    expect(await integrationOf(tenant)).toMatchObject({ state: 'remote-auth-failed', nextStep: expect.stringContaining('relink') });
    const { length } = await tenant.runs();
    await sendWebhook(api.url, stateChanged(tenant.sourceId, '2026-03-01T10:00:00.000Z'));
    expect(await integrationOf(tenant)).toMatchObject({ state: 'connected', stateCode: 'ACTIVE', nextStep: null });
    await until(async () => ((await tenant.runs()).length > length ? true : null));
  });

  test('that comes late, or again, does not undo a newer one', async () => {
    const tenant = await synced();
    await sendWebhook(api.url, stateChanged(tenant.sourceId, '2026-03-01T10:00:00.000Z'));
    await sendWebhook(api.url, stateChanged(tenant.sourceId, '2026-03-01T09:00:00.000Z', { state: 'INACTIVE' }));
    await sendWebhook(api.url, stateChanged(tenant.sourceId, '2026-03-01T10:00:00.000Z', { state: 'INVALID' }));
    expect(await integrationOf(tenant)).toMatchObject({ state: 'connected' });
  });

  test('an integration that was deleted there is to be connected anew', async () => {
    const tenant = await synced();
    const data = { id: tenant.sourceId, tool: 'sandbox', category: 'ATS', end_user: {}, deleted_at: '2026-03-01T10:00:00.000Z' };
    await sendWebhook(api.url, { type: 'integration-deleted', data });
    expect(await integrationOf(tenant)).toMatchObject({ state: 'remote-deleted', nextStep: expect.stringContaining('Connect anew') });
  });
});

describe('integration-created', () => {
  const created = (komboIntegrationId: string, tenantId: string) => ({
    type: 'integration-created',
    data: {
      id: komboIntegrationId,
      tool: 'sandbox',
      category: 'ATS',
      end_user: { organization_name: 'Acme', creator_email: null, origin_id: tenantId },
    },
  });

  async function waiting() {
    const id = randomUUID();
    ok(await api.put(`/platform/v1/tenants/${id}`, { name: 'Test' }));
    for (const entry of [DPA, ENABLED]) ok(await api.post(`/platform/v1/tenants/${id}/consents`, entry));
    const { body } = ok(await api.post(`/platform/v1/tenants/${id}/integrations`, { type: 'kombo', ats: 'sandbox' }));
    expect(body).toMatchObject({ state: 'not-connected', settings: {} });
    return { id, path: `/platform/v1/tenants/${id}/integrations/${body.id}` };
  }

  test('binds the integration that waits, and an active one is read at once', async () => {
    const { id, path } = await waiting();
    ok(await api.post(`${path}/activate`));
    const { body } = ok(await world.control.post('/integrations', { candidates: 5 }));
    expect(await sendWebhook(api.url, created(body.integrationId, id))).toBe(200);
    expect((await api.get(path)).body).toMatchObject({ settings: { komboIntegrationId: body.integrationId } });
    await until(async () => ((await api.get(`/v1/tenants/${id}/candidates`)).body.data.length === 5 ? true : null));
    await sendWebhook(api.url, created(body.integrationId, id));
    expect((await api.get(`/platform/v1/tenants/${id}/integrations`)).body.data).toHaveLength(1);
  });

  test('of a tenant that waits for nothing changes nothing', async () => {
    const tenant = await synced();
    expect(await sendWebhook(api.url, created(`sandbox:${komboId()}`, tenant.id))).toBe(200);
    expect(await integrationOf(tenant)).toMatchObject({ settings: { komboIntegrationId: tenant.sourceId } });
    expect(await sendWebhook(api.url, created(`sandbox:${komboId()}`, randomUUID()))).toBe(200);
  });

  test('does not take an account from the tenant that has it', async () => {
    const tenant = await synced();
    const { id, path } = await waiting();
    expect(await sendWebhook(api.url, created(tenant.sourceId, id))).toBe(200);
    expect((await api.get(path)).body).toMatchObject({ state: 'not-connected', settings: {} });
  });
});
