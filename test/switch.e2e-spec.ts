import type { Api } from './world/api.js';
import { makeAccount, type Account } from './world/native-tenant.js';
import { JOB, USER } from './world/partner-tenant.js';
import { CONTENT, resultIn, resultPath } from './world/results.js';
import { rowsIn } from './world/rows.js';
import { compared, comparedAgain, cutOver, idsOf, nativeBeside, rollBack } from './world/switching.js';
import { DPA, ok, Tenant, until } from './world/tenant.js';
import { World } from './world/world.js';

const ATS = 'greenhouse';
const LISTS = ['users', 'jobs', 'candidates', 'applications'];

let world: World;
let api: Api;
let account: Account;
let tenant: Tenant;
let native: string;

beforeAll(async () => {
  world = await World.create();
  api = await world.gateway();
});
beforeEach(async () => {
  account = await makeAccount(world.controlOf(ATS), { candidates: 60, jobs: 12, users: 8, seed: 7 });
  tenant = await Tenant.synced(api, world.control, { tool: ATS, account: account.id });
  native = await nativeBeside(api, tenant, ATS, account);
});
afterAll(() => world.close());

const path = (rest: string): string => `/platform/v1/tenants/${tenant.id}${rest}`;
const allIds = () => Promise.all(LISTS.map((list) => idsOf(tenant, list)));
const newestEvents = async (from: string): Promise<string[]> =>
  (await api.get(`/v1/events?tenantId=${tenant.id}&cursor=${from}`)).body.data.map(({ type }: { type: string }) => type);
const eventsNow = async (): Promise<string> => (await api.get(`/v1/events?tenantId=${tenant.id}&from=end`)).body.nextCursor;

test('a preview tells what the tenant would lose and gain, and reads nothing', async () => {
  const { body } = ok(await api.get(path(`/switches/preview?toIntegrationId=${native}`)));
  expect(body).toEqual({
    fields: { lost: [], gained: ['user.remoteUpdatedAt'] },
    capabilities: { lost: ['orders'], gained: [] },
  });
  expect((await api.get(path('/switches'))).body.data).toEqual([]);
});

test('a comparison matches by remote id, names who asked, why and under which agreement, and readers notice nothing', async () => {
  const before = await allIds();
  const cursor = await eventsNow();
  const found = await compared(api, tenant, native);
  expect(found).toMatchObject({
    state: 'ready',
    verdict: 'ready',
    reasons: [],
    reason: 'a test',
    askedBy: 'test',
    documentVersion: '2026-1',
    fromIntegrationId: tenant.integrationId,
    toIntegrationId: native,
    diff: {
      candidate: { here: 60, there: 60, matched: { remoteId: 60 }, onlyHere: { count: 0 }, onlyThere: { count: 0 } },
      job: { fields: { hiringTeam: { equal: 12 }, stages: { equal: 12 } } },
    },
  });
  expect(found.progress.read.candidate).toBe(60);
  expect(await allIds()).toEqual(before);
  expect(await newestEvents(cursor)).toEqual([]);
});

test('the shadow holds nothing of what records say, and is forgotten with the switch', async () => {
  const { id } = await compared(api, tenant, native);
  const dump = async () => {
    const rows = await rowsIn(
      world.database,
      `select row_to_json(s)::text as row from shadow_record s union all select row_to_json(k)::text from shadow_key k`,
    );
    return JSON.stringify(rows);
  };
  const shadow = await dump();
  const people = await tenant.records('candidates');
  expect(shadow.length).toBeGreaterThan(1000);
  for (const { firstName, lastName, email } of people) {
    for (const text of [firstName, lastName, email]) if (text !== null && text.length > 4) expect(shadow).not.toContain(text);
  }
  expect((await api.delete(path(`/switches/${id}`))).status).toBe(204);
  expect(await dump()).not.toContain(id);
  expect((await api.get(path(`/switches/${id}`))).body.state).toBe('cancelled');
});

test('a switch that nobody goes on with for a week is given up, with its shadow', async () => {
  const { id } = await compared(api, tenant, native);
  await rowsIn(world.database, `update integration_switch set updated_at = updated_at - interval '8 days' where id = $1`, [id]);
  await until(async () => ((await api.get(path(`/switches/${id}`))).body.state === 'cancelled' ? true : null));
  expect(await rowsIn(world.database, 'select 1 from shadow_record where switch_id = $1', [id])).toEqual([]);
  expect((await api.post(path(`/switches/${id}/cutover`))).status).toBe(409);
});

test('a cutover keeps every id, is told once, and its first complete read is one event', async () => {
  const before = await allIds();
  const cursor = await eventsNow();
  const found = await compared(api, tenant, native);
  const switched = await cutOver(api, tenant, found);
  expect(switched).toMatchObject({ state: 'cut-over', cutOverBy: 'test', documentVersion: '2026-1', rollbackUntil: expect.any(String) });
  expect(await tenant.settled()).toMatchObject({ state: 'succeeded', integrationId: native, progress: { created: 0, deleted: 0 } });
  expect(await allIds()).toEqual(before);
  expect((await api.get(`/v1/tenants/${tenant.id}/status`)).body).toMatchObject({ integration: { type: 'native' } });
  expect(await newestEvents(cursor)).toEqual(['integration.switched', 'sync.baseline-completed']);
});

test('a rollback keeps every id, also of what came meanwhile', async () => {
  const found = await compared(api, tenant, native);
  await cutOver(api, tenant, found);
  await tenant.settled();
  ok(await world.controlOf(ATS).post(`/accounts/${account.id}/records/candidates`, {}));
  await tenant.sync('full');
  const before = await allIds();
  expect(before[2]?.size).toBe(61);
  ok(await tenant.atSource('post', '/sync', { type: 'FULL' }));
  const back = await rollBack(api, tenant, found.id);
  expect(back).toMatchObject({ state: 'rolled-back', rolledBackBy: 'test' });
  await tenant.settled();
  expect((await api.get(`/v1/tenants/${tenant.id}/status`)).body).toMatchObject({ integration: { type: 'kombo' } });
  expect(await allIds()).toEqual(before);
  expect((await api.post(path(`/switches/${found.id}/rollback`))).body).toMatchObject({ status: 409, code: 'conflict' });
});

test('a result that waits at the cutover goes out once, by the new way', async () => {
  const [application] = await tenant.records('applications');
  ok(await api.patch(path(`/integrations/${native}`), { settings: { noteUserId: '4000001' } }));
  const found = await compared(api, tenant, native);
  ok(
    await world.control.post('/faults', { path: '/ats/applications/*/result-links', kind: 'error', status: 503, code: null, times: null }),
  );
  const result = resultPath(tenant, application.id);
  ok(await api.put(result, CONTENT));
  await until(async () => ((await api.get(result)).body.lastError === 'remote-unavailable' ? true : null));
  await cutOver(api, tenant, found);
  ok(await world.control.delete('/faults'));
  await rowsIn(world.database, `update result_delivery set due_at = now() where state = 'queued'`);
  expect(await resultIn(api, result, ['delivered'])).toMatchObject({ receipt: { integrationId: native } });
});

test('one switch at a time; a switch that another activation has overtaken does not cut over', async () => {
  const found = await compared(api, tenant, native);
  expect((await api.post(path('/switches'), { toIntegrationId: native })).body).toMatchObject({ status: 409, code: 'conflict' });
  expect((await api.post(path('/switches'), { toIntegrationId: tenant.integrationId })).body).toMatchObject({ status: 409 });
  const activated = ok(await api.post(path(`/integrations/${native}/activate`))).body;
  expect(activated.ids).toEqual({
    user: { records: 8, kept: 8 },
    job: { records: 12, kept: 12 },
    candidate: { records: 60, kept: 60 },
    application: { records: expect.any(Number), kept: expect.any(Number) },
  });
  expect((await api.post(path(`/switches/${found.id}/cutover`))).body).toMatchObject({ status: 409, code: 'conflict' });
});

test('an activation at once keeps the ids where remote ids match', async () => {
  const before = await allIds();
  ok(await api.post(path(`/integrations/${native}/activate`)));
  expect(await tenant.settled()).toMatchObject({ state: 'succeeded', progress: { created: 0, deleted: 0 } });
  expect(await allIds()).toEqual(before);
});

test('a switch is refused where consent does not cover the target, and one under way ends with consent', async () => {
  const found = await compared(api, tenant, native);
  await cutOver(api, tenant, found);
  await tenant.settled();
  await tenant.consent({ ...DPA, documentVersion: '2026-2', subProcessors: [] });
  expect((await api.post(path('/switches'), { toIntegrationId: tenant.integrationId })).body).toMatchObject({
    status: 403,
    code: 'consent-does-not-cover',
  });
  expect((await api.post(path(`/switches/${found.id}/rollback`))).body).toMatchObject({ status: 403, code: 'consent-does-not-cover' });
  await tenant.consent(DPA);
  const back = ok(await api.post(path('/switches'), { toIntegrationId: tenant.integrationId })).body;
  await tenant.consent({ kind: 'integration-disabled', by: 'customer' });
  const ended = await comparedAgain(api, tenant, back.id);
  // It may have been compared before the consent's end; then it does not cut over.
  if (ended.state === 'failed') expect(ended.error).toBe('integration-disabled');
  else expect((await api.post(path(`/switches/${back.id}/cutover`), { accept: ended.reasons })).status).toBe(403);
});

test('what differs in the target is found, and what speaks against it has to be accepted by name', async () => {
  const control = world.controlOf(ATS);
  const wrong = await makeAccount(control, { candidates: 30, jobs: 12, users: 8, seed: 7 });
  const other = await nativeBeside(api, tenant, ATS, wrong);
  const found = await compared(api, tenant, other);
  expect(found).toMatchObject({ state: 'blocked', diff: { candidate: { here: 60 } } });
  expect(found.reasons).toContain('matched-under-99-percent:candidate');
  const refused = (await api.post(path(`/switches/${found.id}/cutover`))).body;
  expect(refused).toMatchObject({ status: 409, code: 'conflict', detail: expect.stringContaining('matched-under-99-percent:candidate') });
});

test('between two ATSs only natural keys match, and the diff says how much', async () => {
  const lever = await makeAccount(world.controlOf('lever'), { candidates: 60, jobs: 12, users: 8, seed: 7 });
  const other = await nativeBeside(api, tenant, 'lever', lever);
  const found = await compared(api, tenant, other);
  for (const resource of ['user', 'job', 'candidate', 'application']) expect(found.diff[resource].matched.remoteId).toBe(0);
  expect(found.diff.user.matched.naturalKey + found.diff.candidate.matched.naturalKey).toBeGreaterThanOrEqual(0);
  expect(found.state).toBe('blocked');
});

test('an ATS that sends its records itself fills the shadow, and keeps the ids once it is cut over', async () => {
  const before = await allIds();
  const partner = ok(await api.post(path('/integrations'), { type: 'partner', ats: ATS })).body.id;
  const { key } = ok(await api.post(path(`/integrations/${partner}/keys`))).body;
  const ats = api.as(key);
  expect((await ats.put('/partner/v1/users/1', USER)).body).toMatchObject({ status: 403, code: 'integration-disabled' });
  const asked = ok(await api.post(path('/switches'), { toIntegrationId: partner })).body;
  const [user] = await tenant.records('users');
  const [job] = await tenant.records('jobs');
  ok(await ats.put(`/partner/v1/users/${user.remoteId}`, { firstName: user.firstName, lastName: 'Other', email: user.email }));
  const items = [{ resource: 'job', remoteId: job.remoteId, record: { ...JOB, name: job.name, hiringTeam: [] } }];
  expect(ok(await ats.post('/partner/v1/batch', { items })).body.items ?? []).toBeDefined();
  ok(await api.post(path(`/switches/${asked.id}/compare`)));
  const found = await comparedAgain(api, tenant, asked.id);
  expect(found.diff.user).toMatchObject({
    here: 8,
    there: 1,
    matched: { remoteId: 1 },
    fields: { firstName: { equal: 1 }, lastName: { different: { count: 1, ids: [user.id] } } },
  });
  expect(await allIds()).toEqual(before);
  await cutOver(api, tenant, found);
  const stored = ok(await ats.put(`/partner/v1/users/${user.remoteId}`, { firstName: 'New', lastName: 'Name', email: user.email })).body;
  expect(stored.id).toBe(user.id);
  await rollBack(api, tenant, found.id);
  await tenant.settled();
  expect(await allIds()).toEqual(before);
});
