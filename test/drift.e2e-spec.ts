import { TestClock } from '#libs/testkit';
import type { Api } from './world/api.js';
import { dataChanged, sendWebhook } from './world/kombo-webhook.js';
import { DPA, ENABLED, ok, Tenant, until } from './world/tenant.js';
import { World } from './world/world.js';

let world: World;
let api: Api;

beforeAll(async () => {
  world = await World.create();
  api = await world.gateway({ SYNC_DELTA_SECONDS: '86400' });
}, 60_000);
afterAll(() => world.close());

const synced = () => Tenant.synced(api, world.control, { candidates: 20, seed: 41 });
const pathOf = (tenant: Tenant) => `/platform/v1/tenants/${tenant.id}/integrations/${tenant.integrationId}`;
const check = async (tenant: Tenant) => ok(await api.post(`${pathOf(tenant)}/check`)).body;
const integrationOf = async (tenant: Tenant) => (await api.get(pathOf(tenant))).body;
const finding = (body: { findings: { code: string; names: string[] }[] }, code: string) => body.findings.find((one) => one.code === code);
const DEFAULT = { setting: 'ENABLED', optedOut: false };

describe('a check compares what Kombo collects with the allowlist', () => {
  test('and names what is to be narrowed at the source', async () => {
    const tenant = await synced();
    const found = finding(await check(tenant), 'scope-excess');
    expect(found).toMatchObject({ nextStep: expect.stringContaining('scope configuration') });
    expect(found?.names).toEqual(
      expect.arrayContaining(['ats_candidates.phone_numbers', 'ats_jobs.salary_amount', 'ats_applications.rejection_reason_name']),
    );
    expect(found?.names).not.toEqual(expect.arrayContaining(['ats_candidates.first_name']));
    expect((await api.get(`/v1/tenants/${tenant.id}/status`)).body.integration.findings).toEqual(['scope-excess']);
  });

  test('and what is needed and switched off, until it is on again', async () => {
    const tenant = await synced();
    await tenant.atSource('put', '/scopes', {
      fields: { candidates: { first_name: { setting: 'DISABLED' } } },
      models: { users: { optedOut: true } },
    });
    expect(finding(await check(tenant), 'scope-lacking')?.names).toEqual(['ats_candidates.first_name', 'ats_users']);
    await tenant.atSource('put', '/scopes', { fields: { candidates: { first_name: DEFAULT } }, models: { users: DEFAULT } });
    expect(finding(await check(tenant), 'scope-lacking')).toBeUndefined();
  });
});

test('an integration that nobody asks about is checked by itself, and what Kombo collects too much is known', async () => {
  const tenant = await synced();
  const found = await until(async () => finding(await integrationOf(tenant), 'scope-excess') ?? null, 50_000);
  expect(found.names).toContain('ats_candidates.phone_numbers');
}, 60_000);

test('one resource that Kombo no longer offers keeps no other from being read, and nothing of it is deleted', async () => {
  const tenant = await synced();
  const jobs = await tenant.records('jobs');
  await tenant.atSource('put', '/scopes', { models: { jobs: { setting: 'DISABLED' } } });
  await tenant.atSource('patch', '/records/candidates/3', { fields: { last_name: 'Unhindered' } });
  expect(await tenant.sync('full')).toMatchObject({
    state: 'failed',
    error: 'unsupported',
    progress: { unavailable: ['job'], deleted: 0 },
  });
  expect(JSON.stringify(await tenant.records('candidates'))).toContain('Unhindered');
  expect(await tenant.records('jobs')).toEqual(jobs);
  const found = await until(async () => finding(await integrationOf(tenant), 'resource-unavailable') ?? null);
  expect(found).toMatchObject({ names: ['job'] });
  expect(await tenant.sync('delta')).toMatchObject({ mode: 'delta', state: 'succeeded', resources: expect.not.arrayContaining(['job']) });

  await tenant.atSource('put', '/scopes', { models: { jobs: DEFAULT } });
  expect(await tenant.sync('full')).toMatchObject({ state: 'succeeded' });
  await until(async () => (finding(await integrationOf(tenant), 'resource-unavailable') === undefined ? true : null));
});

test('jobs without a single application say that Kombo probably hides them', async () => {
  const tenant = await Tenant.link(api, world.control, { candidates: 20, seed: 42 });
  await tenant.atSource('patch', '', { onlyCreatedApplications: true });
  await tenant.consent(DPA);
  await tenant.consent(ENABLED);
  await tenant.activate();
  expect(await tenant.settled()).toMatchObject({ state: 'succeeded' });
  const found = await until(async () => finding(await integrationOf(tenant), 'no-applications') ?? null);
  expect(found).toMatchObject({
    nextStep: expect.stringContaining('Only sync created applications'),
  });
  await tenant.atSource('patch', '', { onlyCreatedApplications: false });
  await tenant.sync('full');
  await until(async () => (finding(await integrationOf(tenant), 'no-applications') === undefined ? true : null));
});

test('data that Kombo calls expired is readable, and said to be old until Kombo has read the ATS again', async () => {
  const tenant = await synced();
  await tenant.atSource('put', '/state', { dataExpiredAt: '2026-11-22T10:00:00.000Z' });
  expect(await check(tenant)).toMatchObject({ ready: true, code: 'DATA_EXPIRED', nextStep: expect.stringContaining('next sync') });
  expect(await tenant.sync('delta')).toMatchObject({ state: 'succeeded' });
  expect(await integrationOf(tenant)).toMatchObject({ state: 'remote-data-stale' });
  await tenant.atSource('post', '/sync', { type: 'FULL' });
  expect(await check(tenant)).toMatchObject({ ready: true, code: 'ACTIVE' });
});

test('a poll that finds what no webhook has announced is counted once a minute has passed; an announced change is not', async () => {
  const clock = new TestClock('2026-11-22T10:00:00Z');
  const later = await World.create(clock);
  try {
    const gateway = await later.gateway({ SYNC_DELTA_SECONDS: '600' });
    const tenant = await Tenant.synced(gateway, later.control, { candidates: 20, seed: 43 });
    const missed = async () => (await gateway.get(`/v1/tenants/${tenant.id}/status`)).body.webhooks.missed;
    const poll = async () => {
      const { length } = await tenant.runs();
      clock.advanceMs(601_000);
      await until(async () => ((await tenant.runs()).length > length ? true : null));
      await tenant.settled();
    };
    await tenant.atSource('patch', '/records/candidates/3', { fields: { last_name: 'Unannounced' } });
    await poll();
    expect(await missed()).toBe(0);
    clock.advanceMs(61_000);
    await until(async () => ((await missed()) === 1 ? true : null));

    await tenant.atSource('patch', '/records/candidates/4', { fields: { last_name: 'Announced late' } });
    await poll();
    expect(await sendWebhook(gateway.url, dataChanged(tenant.sourceId, 'ats_candidates'))).toBe(200);
    clock.advanceMs(61_000);
    await poll();
    clock.advanceMs(61_000);
    await poll();
    expect(await missed()).toBe(1);
  } finally {
    await later.close();
  }
}, 60_000);
