import { randomUUID } from 'node:crypto';
import type { Api } from './world/api.js';
import { gathered } from './world/gathered.js';
import { DPA, Tenant } from './world/tenant.js';
import { World } from './world/world.js';

let world: World;
let api: Api;
let tenant: Tenant;
let base: string;

beforeAll(async () => {
  world = await World.create();
  api = await world.gateway();
  tenant = await Tenant.synced(api, world.control, { candidates: 250, seed: 51 });
  base = `/v1/tenants/${tenant.id}`;
});
afterAll(() => world.close());

test.each(['jobs', 'users', 'candidates', 'applications'])('pages of %s joined are the whole, without a double', async (list) => {
  const whole = await api.all(`${base}/${list}?limit=250`);
  const paged = await api.all(`${base}/${list}?limit=7`);
  expect(paged).toEqual(whole);
  expect(new Set(paged.map(({ id }) => id)).size).toBe(paged.length);
});

test('filters narrow a list to what they say', async () => {
  const { client } = api;
  const applications = await gathered(client.applications(tenant.id));
  const one = applications.find(({ stageId, jobId }) => stageId !== null && jobId !== null);
  for (const key of ['jobId', 'stageId', 'candidateId'] as const) {
    const matching = applications.filter((application) => application[key] === one?.[key]);
    expect(await gathered(client.applications(tenant.id, { [key]: one?.[key] }))).toEqual(matching);
  }
  const jobs = await gathered(client.jobs(tenant.id));
  expect(await gathered(client.jobs(tenant.id, { status: 'open', visibility: 'public' }))).toEqual(
    jobs.filter((job) => job.status === 'open' && job.visibility === 'public'),
  );
  const candidates = await gathered(client.candidates(tenant.id));
  const email = candidates.find((candidate) => candidate.email !== null)?.email ?? '';
  expect(await gathered(client.candidates(tenant.id, { email: email.toUpperCase() }))).toEqual(
    candidates.filter((candidate) => candidate.email === email),
  );
});

test('updatedSince lists what changed since, oldest change first', async () => {
  const updatedSince = new Date().toISOString();
  for (const index of [3, 1, 2])
    await tenant.atSource('patch', `/records/candidates/${index}`, { fields: { last_name: `Changed ${index}` } });
  await tenant.sync('delta');
  const changed = await gathered(api.client.candidates(tenant.id, { updatedSince, limit: 2 }));
  expect(new Set(changed.map(({ lastName }) => lastName))).toEqual(new Set(['Changed 1', 'Changed 2', 'Changed 3']));
});

test('every record has every key of its kind', async () => {
  const keys = {
    job: 'name status visibility location stages hiringTeam',
    user: 'firstName lastName email',
    candidate: 'firstName lastName email remoteCreatedAt applications',
    application: 'candidateId jobId stageId stageName remoteCreatedAt',
  };
  for (const [resource, own] of Object.entries(keys)) {
    const expected = [...own.split(' '), 'id', 'remoteId', 'remoteUpdatedAt', 'changedAt', 'deletedAt'].sort();
    for (const record of await api.all(`${base}/${resource}s`)) expect(Object.keys(record).sort()).toEqual(expected);
  }
});

test.each([
  ['limit=0'],
  ['limit=251'],
  ['limit=1e2'],
  ['limit=5&limit=6'],
  ['cursor=x'],
  ['cursor='],
  ['updatedSince=yesterday'],
  ['updatedSince=2026-02-30T00:00:00Z'],
  ['includeDeleted=yes'],
  ['phone=1'],
  ['__proto__=1'],
  ['status=open'],
])('candidates?%s is an invalid request', async (query) => {
  const { body, headers } = await api.get(`${base}/candidates?${query}`);
  expect(body).toMatchObject({ status: 400, code: 'invalid-request', requestId: expect.any(String), detail: expect.any(String) });
  expect(headers.get('content-type')).toContain('application/problem+json');
});

test.each([
  ['no token', null, 401],
  ['a broken token', 'a.b.c', 401],
])('%s is not authenticated', async (_name, token, status) => {
  const answer = await api.as(token).get(`${base}/candidates`);
  expect(answer.status).toBe(status);
  expect(answer.headers.get('www-authenticate')).toBe('Bearer');
});

test('an expired token, one of another key and one without the scope are refused', async () => {
  expect((await api.as(await world.token({ expiresIn: '-1m' })).get(`${base}/jobs`)).status).toBe(401);
  const other = await World.create();
  expect((await api.as(await other.token()).get(`${base}/jobs`)).status).toBe(401);
  await other.close();
  expect((await api.as(await world.token({ scopes: ['results:write'] })).get(`${base}/jobs`)).body).toMatchObject({
    status: 403,
    code: 'forbidden',
  });
  expect((await api.as(await world.token({ scopes: ['ats:read'] })).get(`/platform/v1/tenants`)).status).toBe(403);
});

test('unknown tenants, records and routes are not found', async () => {
  for (const path of [
    `/v1/tenants/${randomUUID()}/jobs`,
    `${base}/jobs/${randomUUID()}`,
    `${base}/jobs/1`,
    '/v1/nothing',
    `/v1/tenants/x/jobs`,
  ]) {
    expect((await api.get(path)).body).toMatchObject({ status: 404, code: 'not-found' });
  }
});

test('a POST under an Idempotency-Key has its effect once', async () => {
  const key = { 'idempotency-key': randomUUID() };
  const path = `/platform/v1/tenants/${tenant.id}/consents`;
  const before = (await api.get(path)).body.data.length;
  const entry = { ...DPA, documentVersion: '2026-3' };
  const [first, second] = [await api.post(path, entry, key), await api.post(path, entry, key)];
  expect(second).toMatchObject({ status: first.status, body: first.body });
  expect((await api.get(path)).body.data).toHaveLength(before + 1);
  expect((await api.post(path, { ...entry, documentVersion: 'other' }, key)).body).toMatchObject({
    status: 422,
    code: 'idempotency-key-reused',
  });
  const many = { 'idempotency-key': randomUUID() };
  const statuses = (await Promise.all(Array.from({ length: 8 }, () => api.post(path, entry, many)))).map(({ status }) => status);
  expect((await api.get(path)).body.data).toHaveLength(before + 2);
  expect(statuses.every((status) => status === 201 || status === 409)).toBe(true);
});

test.each([
  [{ kind: 'dpa-signed' }],
  [{ ...DPA, extra: 1 }],
  [{ ...DPA, covers: { read: ['phone'], write: [] } }],
  [{ ...DPA, effectiveFrom: '2026-01-01' }],
  [{ kind: 'forget-everything' }],
  [{ kind: 'integration-enabled', by: 'x', endChoice: 'delete' }],
  ['{"kind": "integration-enabled", "by": "x", "__proto__": {"a": 1}}'],
  ['{"kind": '],
])('a ledger entry that is none is refused and not recorded: %j', async (entry) => {
  const path = `/platform/v1/tenants/${tenant.id}/consents`;
  const before = (await api.get(path)).body;
  expect((await api.post(path, entry)).body).toMatchObject({ status: 400, code: 'invalid-request' });
  expect((await api.get(path)).body).toEqual(before);
});

test('an error never repeats what the caller sent', async () => {
  const marker = 'secret-marker-5711';
  const answers = [
    await api.get(`${base}/candidates?email[]=${marker}`),
    await api.get(`${base}/candidates?updatedSince=${marker}`),
    await api.post(`/platform/v1/tenants/${tenant.id}/integrations`, {
      type: 'kombo',
      ats: 'sandbox',
      settings: { komboIntegrationId: marker },
    }),
    await api.post(`/platform/v1/tenants/${tenant.id}/consents`, { kind: marker }),
    await api.put(`/platform/v1/tenants/${tenant.id}`, { name: [marker] }),
  ];
  for (const { status, body } of answers) {
    expect(status).toBe(400);
    expect(JSON.stringify(body)).not.toContain(marker);
  }
});

test('the number of requests is limited, with headers that say how', async () => {
  const limited = await world.gateway({ RATE_LIMIT_PER_MINUTE: '5', GATEWAY_ROLES: 'api' });
  const answers = [];
  for (let count = 0; count < 7; count++) answers.push(await limited.get(`${base}/jobs?limit=1`));
  expect(answers.map(({ status }) => status)).toEqual([200, 200, 200, 200, 200, 429, 429]);
  expect(answers.at(0)?.headers.get('ratelimit-limit')).toBe('5');
  expect(Number(answers.at(6)?.headers.get('retry-after'))).toBeGreaterThan(0);
});

test('health answers without a token', async () => {
  expect((await api.as(null).get('/health/live')).status).toBe(200);
  expect((await api.as(null).get('/health/ready')).body).toEqual({
    status: 'ok',
    database: 'writable',
    migrations: 'current',
    queue: 'claiming',
    scheduler: 'ticking',
    stopping: false,
  });
});
