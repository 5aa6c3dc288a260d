import type { Api } from './world/api.js';
import { DPA, ENABLED, Tenant, until } from './world/tenant.js';
import { World } from './world/world.js';

let world: World;
let api: Api;

beforeAll(async () => {
  world = await World.create();
  api = await world.gateway();
});
afterAll(() => world.close());

const narrow = (tenant: Tenant, policy: unknown) => api.patch(`/platform/v1/tenants/${tenant.id}/policy`, policy);

test('a hidden field is gone for readers at once, stays away in syncs, and comes back when it is shown again', async () => {
  const tenant = await Tenant.synced(api, world.control, { candidates: 100, seed: 31 });
  const before = await tenant.records('candidates');
  expect(before.some(({ email }) => email !== null)).toBe(true);

  expect((await narrow(tenant, { hiddenFields: { candidate: ['email'], job: ['location'] } })).status).toBe(200);
  expect((await tenant.records('candidates')).every(({ email }) => email === null)).toBe(true);
  expect((await tenant.records('jobs')).every(({ location }) => location === null)).toBe(true);
  await tenant.settled();
  await tenant.sync('full');
  expect((await tenant.records('candidates')).every(({ email }) => email === null)).toBe(true);

  await narrow(tenant, { hiddenFields: {} });
  await tenant.settled();
  const changedAt = expect.any(String);
  expect(await tenant.records('candidates')).toEqual(before.map((one) => ({ ...one, changedAt })));
});

test('a job scope lets in only jobs with such a stage, their applications and those candidates', async () => {
  const tenant = await Tenant.synced(api, world.control, { candidates: 400, seed: 32, jobs: 12 });
  const all = { jobs: await tenant.records('jobs'), applications: await tenant.records('applications') };
  const inScope = all.jobs.filter(({ stages }) => stages.some(({ name }: { name: string }) => name.toLowerCase().includes('alva')));
  expect(inScope.length).toBeGreaterThan(0);
  expect(inScope.length).toBeLessThan(all.jobs.length);
  const jobIds = new Set(inScope.map(({ id }) => id));
  const applications = all.applications.filter(({ jobId }) => jobIds.has(jobId));
  const candidateIds = new Set(applications.map(({ candidateId }) => candidateId));

  const expectScoped = async () => {
    const ids = async (list: string) => new Set((await tenant.records(list)).map(({ id }) => id));
    expect(await ids('jobs')).toEqual(jobIds);
    expect(await ids('applications')).toEqual(new Set(applications.map(({ id }) => id)));
    expect(await ids('candidates')).toEqual(candidateIds);
  };
  await narrow(tenant, { jobScope: { stageNameContains: 'aLVA' } });
  await expectScoped();
  expect(await tenant.settled()).toMatchObject({ state: 'succeeded' });
  await expectScoped();

  await narrow(tenant, { jobScope: null });
  await tenant.settled();
  expect(await tenant.records('candidates')).toHaveLength(400);
});

test('a tenant that was scoped before its first sync never holds anything else', async () => {
  const tenant = await Tenant.link(api, world.control, { candidates: 300, seed: 33, jobs: 12 });
  await narrow(tenant, { jobScope: { stageNameContains: 'Alva' } });
  await tenant.consent(DPA);
  await tenant.consent(ENABLED);
  await tenant.activate();
  await tenant.settled();
  const jobs = await api.all(`/v1/tenants/${tenant.id}/jobs?includeDeleted=true`);
  expect(jobs.every(({ stages }) => stages.some(({ name }: { name: string }) => name.includes('Alva')))).toBe(true);
  const jobIds = new Set(jobs.map(({ id }) => id));
  const applications = await api.all(`/v1/tenants/${tenant.id}/applications?includeDeleted=true`);
  expect(applications.length).toBeGreaterThan(0);
  expect(applications.every(({ jobId }) => jobIds.has(jobId))).toBe(true);
  const candidates = await api.all(`/v1/tenants/${tenant.id}/candidates?includeDeleted=true`);
  expect(new Set(candidates.map(({ id }) => id))).toEqual(new Set(applications.map(({ candidateId }) => candidateId)));
});

test('a job that gets its stage later enters with its applications and candidates', async () => {
  const tenant = await Tenant.synced(api, world.control, { candidates: 300, seed: 34, jobs: 12 });
  const all = await tenant.records('jobs');
  const outside = all.find(
    ({ stages, status }) => status === 'open' && !stages.some(({ name }: { name: string }) => name.includes('Alva')),
  );
  await narrow(tenant, { jobScope: { stageNameContains: 'Alva' } });
  await tenant.settled();
  expect((await api.get(`/v1/tenants/${tenant.id}/jobs/${outside.id}`)).body.deletedAt).not.toBeNull();

  await tenant.atSource('post', `/records/jobs/remote:${outside.remoteId}/stages`, { name: 'Alva Assessment' });
  await tenant.sync('delta');
  expect((await api.get(`/v1/tenants/${tenant.id}/jobs/${outside.id}`)).body.deletedAt).toBeNull();
  await until(async () =>
    (await tenant.runs()).filter(({ mode, state }: { mode: string; state: string }) => mode === 'full' && state === 'succeeded').length ===
    3
      ? true
      : null,
  );
  const applications = await api.all(`/v1/tenants/${tenant.id}/applications?jobId=${outside.id}`);
  expect(applications.length).toBeGreaterThan(0);
  for (const { candidateId } of applications)
    expect((await api.get(`/v1/tenants/${tenant.id}/candidates/${candidateId}`)).body.deletedAt).toBeNull();
});

test.each([
  [{ hiddenFields: { candidate: ['phone'] } }],
  [{ hiddenFields: { note: ['text'] } }],
  [{ hiddenFields: { job: ['stages'] }, jobScope: { stageNameContains: 'Alva' } }],
  [{ shownFields: {} }],
  [{ hiddenFields: { constructor: 1 } }],
  ['{"hiddenFields": {"__proto__": {}}}'],
  [{ retentionDays: 0 }],
  [{ jobScope: { stageNameContains: '' } }],
])('a policy that makes no sense is refused: %j', async (policy) => {
  const tenant = await Tenant.link(api, world.control, { candidates: 100, seed: 35 });
  expect((await narrow(tenant, policy)).body).toMatchObject({ status: 400, code: 'invalid-request' });
});
