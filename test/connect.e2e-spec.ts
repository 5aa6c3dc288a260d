import { randomUUID } from 'node:crypto';
import type { Api } from './world/api.js';
import { DPA, ENABLED, ok, until } from './world/tenant.js';
import { World } from './world/world.js';

let world: World;
let api: Api;

beforeAll(async () => {
  world = await World.create();
  api = await world.gateway({ SYNC_DELTA_SECONDS: '86400' });
  ok(await world.control.put('/webhooks', { url: `${api.url}/webhooks/kombo` }));
}, 60_000);
afterAll(() => world.close());

/** A tenant with consent and an integration that has no account yet. */
async function waiting(entries: readonly object[] = [DPA, ENABLED]) {
  const id = randomUUID();
  ok(await api.put(`/platform/v1/tenants/${id}`, { name: 'Acme' }));
  for (const entry of entries) ok(await api.post(`/platform/v1/tenants/${id}/consents`, entry));
  const { body } = ok(await api.post(`/platform/v1/tenants/${id}/integrations`, { type: 'kombo', ats: 'sandbox' }));
  return { id, path: `/platform/v1/tenants/${id}/integrations/${body.id}` };
}

/** The customer follows a link and connects an ATS with these candidates. */
async function follow(url: string, wishes: object = {}) {
  const token = new URL(url).searchParams.get('token') ?? '';
  return ok(await world.control.post(`/connect/${token}`, wishes)).body;
}

const links = async () =>
  (await world.control.get('/requests')).body.requests.filter(({ path }: { path: string }) => path === '/connect/create-link');
const candidates = async (tenantId: string) => (await api.get(`/v1/tenants/${tenantId}/candidates`)).body.data?.length;

test('by link: the customer connects, Kombo tells us, and an active integration is read', async () => {
  const { id, path } = await waiting();
  ok(await api.post(`${path}/activate`));
  const { body: link } = ok(await api.post(`${path}/connect-link`));
  expect(link).toEqual({ url: expect.stringContaining('/kombo/connect?token='), purpose: 'connect' });
  const { integrationId } = await follow(link.url, { candidates: 8 });
  await until(async () => ((await candidates(id)) === 8 ? true : null));
  expect((await api.get(path)).body).toMatchObject({ state: 'connected', settings: { komboIntegrationId: integrationId } });
});

test('active before there is an account: what is missing is said, and nothing else is', async () => {
  const { id, path } = await waiting();
  ok(await api.post(`${path}/activate`));
  await until(async () => ((await api.get(path)).body.stateCode === 'NOT_BOUND' ? true : null));
  expect((await api.get(path)).body).toMatchObject({ state: 'not-connected', nextStep: expect.stringContaining('connect-link') });
  expect((await api.get(`/v1/tenants/${id}/status`)).body.integration).toMatchObject({ state: 'not-connected' });
});

test.each(['before', 'after', 'none'])('by token, with the webhook %s the exchange: bound once, and read', async (webhook) => {
  const { id, path } = await waiting();
  const { body: link } = ok(await api.post(`${path}/connect-link`, { lifetime: 'short', language: 'de' }));
  const { integrationId, token } = await follow(link.url, { candidates: 6, webhook });
  const { body } = ok(await api.post(`${path}/activate`, { token }));
  expect(body).toMatchObject({ active: true, settings: { komboIntegrationId: integrationId } });
  await until(async () => ((await candidates(id)) === 6 ? true : null));
  expect((await api.get(`/platform/v1/tenants/${id}/integrations`)).body.data).toHaveLength(1);
});

test('a token that is not known, or was used, is refused and names the next step', async () => {
  const { path } = await waiting();
  const answer = await api.post(`${path}/activate`, { token: 'unknown' });
  expect([answer.status, answer.body.code]).toEqual([404, 'not-found']);
  expect(answer.body.detail).toContain('connect anew');
});

test('a token of another tenant’s connection binds nothing', async () => {
  const theirs = await waiting();
  const { body: link } = ok(await api.post(`${theirs.path}/connect-link`));
  const { token } = await follow(link.url, { webhook: 'none' });
  const ours = await waiting();
  expect((await api.post(`${ours.path}/activate`, { token })).status).toBe(409);
  expect((await api.get(ours.path)).body).toMatchObject({ state: 'not-connected', settings: {}, active: false });
});

test('a broken login is repaired by a relink link, and syncing resumes', async () => {
  const { id, path } = await waiting();
  ok(await api.post(`${path}/activate`));
  const { integrationId } = await follow(ok(await api.post(`${path}/connect-link`)).body.url, { candidates: 5 });
  await until(async () => ((await candidates(id)) === 5 ? true : null));
  ok(await world.control.put(`/integrations/${integrationId}/state`, { status: 'INVALID' }));
  await until(async () => ((await api.get(path)).body.state === 'remote-auth-failed' ? true : null));
  const { body: link } = ok(await api.post(`${path}/connect-link`));
  expect(link.purpose).toBe('relink');
  await follow(link.url);
  await until(async () => ((await api.get(path)).body.state === 'connected' ? true : null));
});

test('a set-up that was left is finished by a setup link, and the first data is read when Kombo has it', async () => {
  const { id, path } = await waiting();
  ok(await api.post(`${path}/activate`));
  const { integrationId } = await follow(ok(await api.post(`${path}/connect-link`)).body.url, { candidates: 5 });
  await until(async () => ((await candidates(id)) === 5 ? true : null));
  ok(await world.control.put(`/integrations/${integrationId}/state`, { setupStatus: 'INCOMPLETE' }));
  const { body: link } = ok(await api.post(`${path}/connect-link`));
  expect(link.purpose).toBe('setup');
  await follow(link.url);
  await until(async () => ((await api.get(path)).body.stateCode === 'INTEGRATION.SETUP_SYNC_PENDING' ? true : null));
  ok(await world.control.post(`/integrations/${integrationId}/sync`, { type: 'FULL' }));
  ok(await api.post(`${path}/check`));
  expect((await api.get(path)).body).toMatchObject({ state: 'connected' });
});

test('a person’s address goes to Kombo only where the agreement covers Kombo; without one nobody’s is sent', async () => {
  const { path } = await waiting([{ ...DPA, subProcessors: [] }, ENABLED]);
  ok(await world.control.delete('/requests'));
  const refused = await api.post(`${path}/connect-link`, { email: 'hr@customer.example' });
  expect([refused.status, refused.body.code]).toEqual([403, 'consent-does-not-cover']);
  expect((await links()).length).toBe(0);
  ok(await api.post(`${path}/connect-link`));
  expect(await links()).toMatchObject([{ body: { end_user_email: expect.stringMatching(/^tenant-.*@connect\.example$/) } }]);
});
