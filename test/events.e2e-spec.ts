import { setTimeout as pause } from 'node:timers/promises';
import type { Api } from './world/api.js';
import { CONTENT, resultIn, resultPath } from './world/results.js';
import { DPA, ENABLED, ok, Tenant } from './world/tenant.js';
import { World } from './world/world.js';

interface Event {
  readonly id: string;
  readonly type: string;
  readonly recordId: string;
  readonly fields: readonly string[];
}

let world: World;
let api: Api;
let tenant: Tenant;

beforeAll(async () => {
  world = await World.create();
  api = await world.gateway();
  tenant = await Tenant.synced(api, world.control, { candidates: 200, seed: 5 });
});
afterAll(() => world.close());

const eventsOf = (of: Tenant, query = '') => api.get(`/v1/events?tenantId=${of.id}${query}`);
const typesIn = (body: { data: Event[] }): string[] => body.data.map(({ type }) => type);

/** What comes after everything that is there now. */
async function after(of: Tenant, happen: () => Promise<unknown>): Promise<Event[]> {
  const { body } = await eventsOf(of, '&from=end');
  await happen();
  return (await eventsOf(of, `&cursor=${body.nextCursor}`)).body.data;
}

test('a first sync is one event, however many records it brings', async () => {
  const { body } = await eventsOf(tenant);
  expect(typesIn(body)).toEqual(['consent.granted', 'integration.switched', 'sync.baseline-completed']);
  expect(body.data[2]).toMatchObject({ tenantId: tenant.id, recordId: (await tenant.runs())[0].id, integrationId: tenant.integrationId });
});

test('a change names the record and the field, and nothing of what it says', async () => {
  const events = await after(tenant, async () => {
    await tenant.atSource('patch', '/records/candidates/17', { fields: { first_name: 'Zzyzx' } });
    await tenant.sync('delta');
  });
  expect(events).toEqual([
    {
      id: expect.stringMatching(/^evt_\d+$/),
      type: 'candidate.updated',
      tenantId: tenant.id,
      recordId: expect.any(String),
      fields: expect.arrayContaining(['firstName']),
      at: expect.any(String),
    },
  ]);
  const changed = await api.get(`/v1/tenants/${tenant.id}/candidates/${events[0]?.recordId}`);
  expect(changed.body.firstName).toBe('Zzyzx');
});

test('a move to another stage carries the ids of both', async () => {
  const [application] = await tenant.records('applications');
  const { stages } = (await api.get(`/v1/tenants/${tenant.id}/jobs/${application.jobId}`)).body;
  const target = stages.find((stage: { id: string }) => stage.id !== application.stageId);
  const all = (await tenant.atSource('post', '/sync', { type: 'DELTA' })) && (await indexOf(application.remoteId));
  const events = await after(tenant, async () => {
    await tenant.atSource('post', `/records/applications/${all}/move`, { stage: target.position });
    await tenant.sync('delta');
  });
  expect(events.filter(({ type }) => type === 'application.updated')).toEqual([
    expect.objectContaining({
      recordId: application.id,
      fields: expect.arrayContaining(['stageId']),
      formerStageId: application.stageId,
      stageId: target.id,
    }),
  ]);
});

/** The place of an application at the source. */
async function indexOf(remoteId: string): Promise<number> {
  for (let index = 0; index < 400; index++) {
    const { body } = await world.control.get(`/integrations/${tenant.sourceId}/records/applications/${index}`);
    if (body.record?.remote_id === remoteId) return index;
  }
  throw new Error('the source has no such application');
}

test('a deletion is told as one', async () => {
  const events = await after(tenant, async () => {
    await tenant.atSource('delete', '/records/candidates/42');
    await tenant.sync('delta');
  });
  expect(events.map(({ type }) => type)).toContain('candidate.deleted');
});

test('a result that has arrived is told, with the key by which it was sent', async () => {
  const [, application] = await tenant.records('applications');
  const path = resultPath(tenant, application.id);
  const events = await after(tenant, async () => {
    ok(await api.put(path, CONTENT));
    await resultIn(api, path, ['delivered']);
  });
  expect(events).toEqual([
    expect.objectContaining({ type: 'result.delivered', recordId: application.id, resultKey: path.split('/').at(-1) }),
  ]);
});

test('the end of consent and its return are told', async () => {
  const events = await after(tenant, async () => {
    await tenant.consent({ kind: 'integration-disabled', by: 'customer' });
    await tenant.consent(ENABLED);
  });
  expect(events.map(({ type }) => type)).toEqual(['consent.revoked', 'consent.granted']);
});

test('a login that fails is told as another state of the integration, and the run as failed', async () => {
  const events = await after(tenant, async () => {
    ok(await world.control.post('/faults', { kind: 'error', status: 401, times: null }));
    await tenant.sync('delta');
    await world.control.delete('/faults');
    ok(await api.post(`/platform/v1/tenants/${tenant.id}/integrations/${tenant.integrationId}/check`));
  });
  expect(events.map(({ type }) => type)).toEqual(expect.arrayContaining(['sync.failed', 'integration.state-changed']));
});

test('a read that waits is answered as something happens, and after its time with nothing', async () => {
  const { body } = await eventsOf(tenant, '&from=end');
  const startedMs = performance.now();
  const waiting = eventsOf(tenant, `&cursor=${body.nextCursor}&wait=20`);
  await pause(300);
  await tenant.consent({ ...DPA, documentVersion: '2026-2', covers: { ...DPA.covers, write: [] } });
  const answer = await waiting;
  expect(typesIn(answer.body)).toEqual(['consent.revoked']);
  expect(performance.now() - startedMs).toBeLessThan(10_000);
  const empty = await eventsOf(tenant, `&cursor=${answer.body.nextCursor}&wait=1`);
  expect(empty.body).toEqual({ data: [], nextCursor: expect.any(String) });
});

test('page by page it is the same as at once', async () => {
  const whole = (await eventsOf(tenant, '&limit=250')).body.data;
  const pages: Event[] = [];
  for (let cursor = ''; ;) {
    const { body } = await eventsOf(tenant, `&limit=3${cursor === '' ? '' : `&cursor=${cursor}`}`);
    if (body.data.length === 0) break;
    pages.push(...body.data);
    cursor = body.nextCursor;
  }
  expect(pages).toEqual(whole);
});

test('a token of some tenants sees their events only, and no other tenant is there for it', async () => {
  const other = await Tenant.synced(api, world.control, { candidates: 20, seed: 6 });
  const limited = api.as(await world.token({ scopes: ['ats:read'], tenants: [other.id] }));
  const seen = (await limited.get('/v1/events?limit=250')).body.data;
  expect(new Set(seen.map(({ tenantId }: { tenantId: string }) => tenantId))).toEqual(new Set([other.id]));
  expect((await limited.get(`/v1/events?tenantId=${tenant.id}`)).status).toBe(404);
  expect((await api.get('/v1/events?tenantId=5f0cdb26-3d2a-4b5c-8e1c-000000000000')).status).toBe(404);
});

test.each([
  'cursor=abc',
  `cursor=${Buffer.from('[1,"9:1:",null,"0"]').toString('base64url')}`,
  'wait=31',
  'wait=-1',
  'limit=0',
  'from=middle',
  'tenantId=x',
  'types=job.created',
])('%s is refused', async (query) => {
  expect((await api.get(`/v1/events?${query}`)).body).toMatchObject({ status: 400, code: 'invalid-request' });
});
