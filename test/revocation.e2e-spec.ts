import { setTimeout as pause } from 'node:timers/promises';
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

const REVOCATIONS = [
  [{ kind: 'integration-disabled', by: 'customer' }, 'integration-disabled'],
  [{ kind: 'dpa-terminated', effectiveFrom: '2026-01-02T00:00:00Z', endChoice: 'delete' }, 'consent-missing'],
  [{ kind: 'sub-processor-objected', subProcessor: 'kombo' }, 'consent-does-not-cover'],
] as const;

/** How many requests for the integration's records the source has received. */
async function callsOf(tenant: Tenant): Promise<number> {
  const { body } = await world.control.get('/requests');
  const log: { path: string; headers?: Record<string, string> }[] = body.requests;
  return log.filter((request) => JSON.stringify(request).includes(tenant.sourceId)).length;
}

test.each(REVOCATIONS)(
  '%j in mid-run stops it: nothing commits and no call starts after the revocation',
  async (entry, code) => {
    await world.control.delete('/requests');
    const tenant = await Tenant.link(api, world.control, { candidates: 20_000, seed: 21 });
    await world.control.post('/faults', { kind: 'latency', ms: 40, times: null, integrationId: tenant.sourceId });
    await tenant.consent(DPA);
    await tenant.consent(ENABLED);
    await tenant.activate();
    const running = await until(async () => {
      const [run] = await tenant.runs();
      return run.progress.pages >= 6 ? run : null;
    });

    await tenant.consent(entry);
    const calls = await callsOf(tenant);
    const atRevocation = await tenant.run(running.id);
    expect(atRevocation).toMatchObject({ state: 'cancelled', error: code });
    expect((await api.get(`/v1/tenants/${tenant.id}/candidates`)).body).toMatchObject({ status: 403, code });

    await pause(500);
    expect((await tenant.run(running.id)).progress).toEqual(atRevocation.progress);
    expect(await callsOf(tenant)).toBe(calls);
    expect((await api.post(`/v1/tenants/${tenant.id}/refresh`)).body).toMatchObject({ status: 403, code });
    await world.control.delete('/faults');
  },
  60_000,
);

test('an agreement renewed in mid-run does not stop it', async () => {
  const tenant = await Tenant.link(api, world.control, { candidates: 2_000, seed: 22 });
  await world.control.post('/faults', { kind: 'latency', ms: 30, times: null, integrationId: tenant.sourceId });
  await tenant.consent(DPA);
  await tenant.consent(ENABLED);
  await tenant.activate();
  await until(async () => ((await tenant.runs())[0].progress.pages >= 3 ? true : null));
  await tenant.consent({ ...DPA, documentVersion: '2026-2' });
  expect(await tenant.settled()).toMatchObject({ state: 'succeeded' });
  expect(await tenant.records('candidates')).toHaveLength(2_000);
  await world.control.delete('/faults');
});

test('enabling again after a revocation serves and syncs again, with the same ids', async () => {
  const tenant = await Tenant.synced(api, world.control, { candidates: 100, seed: 23 });
  const before = await tenant.records('candidates');
  await tenant.consent({ kind: 'integration-disabled', by: 'customer' });
  expect((await api.get(`/v1/tenants/${tenant.id}/candidates`)).status).toBe(403);
  await tenant.consent(ENABLED);
  expect(await tenant.settled()).toMatchObject({ state: 'succeeded', mode: 'delta' });
  expect(await tenant.records('candidates')).toEqual(before);
});

test('an agreement that covers jobs only brings in jobs only', async () => {
  const tenant = await Tenant.link(api, world.control, { candidates: 100, seed: 24 });
  await tenant.consent({ ...DPA, covers: { read: ['job'], write: [] } });
  await tenant.consent(ENABLED);
  await tenant.activate();
  await tenant.settled();
  expect((await tenant.records('jobs')).length).toBeGreaterThan(0);
  expect((await api.get(`/v1/tenants/${tenant.id}/candidates`)).body).toMatchObject({ status: 403, code: 'consent-does-not-cover' });
  const { body } = await world.control.get('/requests');
  const asked = body.requests.filter((request: object) => JSON.stringify(request).includes(tenant.sourceId));
  expect(new Set(asked.map(({ path }: { path: string }) => path))).toEqual(new Set(['/ats/jobs']));
});
