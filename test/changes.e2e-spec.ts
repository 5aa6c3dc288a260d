import type { Api } from './world/api.js';
import { Tenant } from './world/tenant.js';
import { World } from './world/world.js';

let world: World;
let api: Api;
let tenant: Tenant;

beforeAll(async () => {
  world = await World.create();
  api = await world.gateway();
  tenant = await Tenant.synced(api, world.control, { candidates: 300, seed: 11 });
});
afterAll(() => world.close());

/** A record by its place at the source: the gateway's view of it. */
async function record(list: string, index: number) {
  const { body } = await tenant
    .atSource('post', '/sync', { type: 'DELTA' })
    .then(() => world.control.get(`/integrations/${tenant.sourceId}/records/${list}/${index}`));
  const all = await api.all(`/v1/tenants/${tenant.id}/${list}?includeDeleted=true`);
  return all.find((one) => one.remoteId === body.record?.remote_id);
}

test('a change at the source is readable after a delta, and only that record has moved', async () => {
  const before = await tenant.records('candidates');
  const old = await record('candidates', 17);
  await tenant.atSource('patch', '/records/candidates/17', { fields: { first_name: 'Åsa-Lena' } });

  const run = await tenant.sync('delta');
  expect(run).toMatchObject({ mode: 'delta', state: 'succeeded', progress: { created: 0, changed: 1, deleted: 0 } });

  const after = await tenant.records('candidates');
  const moved = after.filter((one, index) => JSON.stringify(one) !== JSON.stringify(before[index]));
  expect(moved).toEqual([{ ...old, firstName: 'Åsa-Lena', remoteUpdatedAt: expect.any(String), changedAt: expect.any(String) }]);
  expect(moved[0].changedAt > old.changedAt).toBe(true);
});

test('a move to another stage shows on the application and on its candidate, with the stage that the job names', async () => {
  const before = await record('applications', 5);
  const job = (await api.get(`/v1/tenants/${tenant.id}/jobs/${before.jobId}`)).body;
  const target = job.stages.find((stage: { id: string }) => stage.id !== before.stageId);
  await tenant.atSource('post', '/records/applications/5/move', { stage: target.position });
  await tenant.sync('delta');

  const after = (await api.get(`/v1/tenants/${tenant.id}/applications/${before.id}`)).body;
  expect(after).toMatchObject({ id: before.id, stageId: target.id, stageName: target.name });
  const candidate = (await api.get(`/v1/tenants/${tenant.id}/candidates/${before.candidateId}`)).body;
  expect(candidate.applications).toContainEqual({ id: before.id, jobId: before.jobId, stageId: target.id });
});

test('a candidate deleted at the source is gone from the list after a delta, and stays as a tombstone without a name', async () => {
  const before = await record('candidates', 42);
  await tenant.atSource('delete', '/records/candidates/42');
  const run = await tenant.sync('delta');
  expect(run.progress.deleted).toBeGreaterThan(0);

  expect(await tenant.records('candidates')).not.toContainEqual(expect.objectContaining({ id: before.id }));
  const tombstone = (await api.get(`/v1/tenants/${tenant.id}/candidates/${before.id}`)).body;
  expect(tombstone).toMatchObject({
    id: before.id,
    firstName: null,
    lastName: null,
    email: null,
    deletedAt: expect.any(String),
    applications: [],
  });
});

test('a record that comes back keeps its id', async () => {
  const before = await record('candidates', 43);
  await tenant.atSource('delete', '/records/candidates/43');
  await tenant.sync('delta');
  await tenant.atSource('post', '/records/candidates/43/restore');
  await tenant.sync('delta');
  expect((await api.get(`/v1/tenants/${tenant.id}/candidates/${before.id}`)).body).toMatchObject({
    ...before,
    remoteUpdatedAt: expect.any(String),
    changedAt: expect.any(String),
  });
});

test('an unchanged full run changes nothing', async () => {
  const before = await Promise.all(['jobs', 'users', 'candidates', 'applications'].map(tenant.records));
  const run = await tenant.sync('full');
  expect(run).toMatchObject({ state: 'succeeded', progress: { created: 0, changed: 0, deleted: 0, setAside: 0 } });
  expect(await Promise.all(['jobs', 'users', 'candidates', 'applications'].map(tenant.records))).toEqual(before);
});

test('a full run that would delete an unusual share holds the deletions until somebody decides', async () => {
  for (let index = 100; index < 220; index++) await tenant.atSource('delete', `/records/candidates/${index}`);
  const count = (await tenant.records('candidates')).length;
  const run = await tenant.sync('full');
  expect(run).toMatchObject({ state: 'succeeded', progress: { deleted: 0 } });
  expect(run.progress.heldDeletions).toBeGreaterThanOrEqual(240);
  expect(await tenant.records('candidates')).toHaveLength(count);

  const decided = await api.post(`/platform/v1/tenants/${tenant.id}/syncs/${run.id}/deletions`, { decision: 'carry-out' });
  expect(decided.body).toMatchObject({ decision: 'carry-out', deleted: run.progress.heldDeletions });
  expect(await tenant.records('candidates')).toHaveLength(count - 120);
  expect((await api.post(`/platform/v1/tenants/${tenant.id}/syncs/${run.id}/deletions`, { decision: 'keep' })).status).toBe(409);
});

test('a refresh during a run answers with that run', async () => {
  const answers = await Promise.all(Array.from({ length: 5 }, () => api.post(`/v1/tenants/${tenant.id}/refresh`, { resources: ['job'] })));
  expect(answers.map(({ status }) => status)).toEqual([202, 202, 202, 202, 202]);
  const ids = new Set(answers.map(({ body }) => body.id));
  expect(ids.size).toBeLessThan(5);
  for (const id of ids) expect(await tenant.ended(id)).toMatchObject({ state: 'succeeded', resources: ['job'] });
});

test('status says how fresh each resource is', async () => {
  const { body } = await api.get(`/v1/tenants/${tenant.id}/status`);
  expect(body).toMatchObject({
    consent: null,
    integration: { type: 'kombo', ats: 'sandbox', state: 'connected' },
    nextRunAt: expect.any(String),
  });
  const listed = await api.get(`/v1/tenants/${tenant.id}/candidates?limit=1`);
  expect(body.resources.candidate).toMatchObject({ freshAsOf: listed.body.freshAsOf, count: (await tenant.records('candidates')).length });
});
