import type { Api } from './world/api.js';
import { CONTENT, delivered, doneThroughKombo, resultIn, resultPath, writtenAt } from './world/results.js';
import { DPA, ok, Tenant } from './world/tenant.js';
import { makeAccount, syncNative } from './world/native-tenant.js';
import { World } from './world/world.js';

let world: World;
let api: Api;
let tenant: Tenant;
let applications: readonly { readonly id: string }[];
let next = 0;

beforeAll(async () => {
  world = await World.create();
  api = await world.gateway();
  tenant = await Tenant.synced(api, world.control, { candidates: 60, seed: 11 });
  applications = await tenant.records('applications');
});
beforeEach(() => world.control.delete('/faults'));
afterAll(() => world.close());

/** One that no test has used. */
function freshApplication(): string {
  const application = applications[next++];
  if (application === undefined) throw new Error('no application is left');
  return application.id;
}
const freshPath = (key?: string) => resultPath(tenant, freshApplication(), key);
const done = () => doneThroughKombo(tenant, world.control);
const fault = (of: object) => world.control.post('/faults', { path: '/ats/applications/*/result-links', ...of });

describe('a result', () => {
  it('is written into the ATS once, with its scores and its link, and its receipt says by which channel', async () => {
    const before = (await done()).length;
    const path = { tenantId: tenant.id, id: freshApplication(), resultKey: 'role-fit' };
    expect(await api.client.putResult(path, CONTENT)).toMatchObject({ state: 'queued' });
    expect(await delivered(api.client, path)).toMatchObject({
      attempts: 1,
      lastError: null,
      receipt: { revision: 1, channel: 'result-link' },
    });
    const written = (await done()).slice(before);
    expect(written).toHaveLength(1);
    expect(written[0].body).toMatchObject({
      url: CONTENT.reportUrl,
      details: { attributes: expect.arrayContaining([{ key: 'Role fit', value: '82 of 99' }]) },
    });
  });

  it('that is sent again changes nothing; another body is refused once it was delivered, and taken as a revision', async () => {
    const { client } = api;
    const path = { tenantId: tenant.id, id: freshApplication(), resultKey: 'role-fit' };
    await client.putResult(path, CONTENT);
    await delivered(client, path);
    const count = (await done()).length;
    expect(await client.putResult(path, CONTENT)).toMatchObject({ state: 'delivered', revision: 1 });
    await expect(client.putResult(path, { ...CONTENT, roleFit: 20 })).rejects.toMatchObject({ status: 409, code: 'conflict' });
    expect(await done()).toHaveLength(count);
    await client.putResult(path, { ...CONTENT, roleFit: 20 }, { revise: true });
    expect(await delivered(client, path)).toMatchObject({ revision: 2, receipt: { revision: 2 } });
    expect(await done()).toHaveLength(count + 1);
  });

  it('takes nothing but a summary: any other key is refused by its name, anywhere in it, and no word of it is kept', async () => {
    const path = freshPath();
    for (const [body, name] of [
      [{ ...CONTENT, answers: ['kanarie-9'] }, 'answers'],
      [{ ...CONTENT, scores: [{ ...CONTENT.scores[0], raw: 'kanarie-9' }] }, 'scores.0.raw'],
      [{ ...CONTENT, roleFit: 100 }, 'roleFit'],
      [{ ...CONTENT, summary: 'x'.repeat(501) }, 'summary'],
      [{ ...CONTENT, reportUrl: 'http://reports.alva.example/r/1' }, 'reportUrl'],
      [{ ...CONTENT, reportUrl: 'https://elsewhere.example/r/1' }, 'reportUrl'],
      [{ ...CONTENT, scores: [{ ...CONTENT.scores[0], value: 11 }] }, 'scores.value'],
    ] as const) {
      const refused = await api.put(path, body);
      expect([name, refused.status, refused.body.code]).toEqual([name, 400, 'invalid-request']);
      expect(JSON.stringify(refused.body)).toContain(name);
      expect(JSON.stringify(refused.body)).not.toContain('kanarie-9');
    }
    expect((await api.get(path)).status).toBe(404);
  });

  it('of an application that is not there, or of another tenant, is not found', async () => {
    expect((await api.put(resultPath(tenant, '0190a0a0-0000-7000-8000-000000000000'), CONTENT)).status).toBe(404);
    const other = await Tenant.synced(api, world.control, { candidates: 5, seed: 12 });
    expect((await api.put(resultPath(other, applications[0]?.id ?? ''), CONTENT)).status).toBe(404);
  });

  it('goes out as a note where the ATS has no links', async () => {
    await fault({ kind: 'error', status: 400, code: 'INTEGRATION.ACTION_NOT_AVAILABLE', times: null });
    const path = freshPath();
    await api.put(path, CONTENT);
    expect(await resultIn(api, path, ['delivered'])).toMatchObject({ receipt: { channel: 'note' } });
    const last = (await done()).at(-1);
    expect(last.body.content.split('\n').at(-1)).toBe(CONTENT.reportUrl);
  });

  it('is tried again where the ATS was not there, and rejected at once where it refuses', async () => {
    await fault({ kind: 'error', status: 503, code: 'REMOTE.SERVICE_UNAVAILABLE', times: 1 });
    const path = freshPath();
    await api.put(path, CONTENT);
    expect(await resultIn(api, path, ['delivered'])).toMatchObject({ attempts: 2 });
    await fault({ kind: 'error', status: 400, code: 'REMOTE.INPUT_INVALID', times: null });
    const refused = freshPath();
    await api.put(refused, CONTENT);
    expect(await resultIn(api, refused, ['rejected'])).toMatchObject({
      attempts: 1,
      lastError: 'invalid-request',
      lastCode: 'REMOTE.INPUT_INVALID',
    });
  });

  it('whose answer was lost waits for a person, who retries it or gives it up; it is never sent twice', async () => {
    const count = (await done()).length;
    await fault({ kind: 'drop', late: true, times: null });
    const path = freshPath();
    await api.put(path, CONTENT);
    expect(await resultIn(api, path, ['parked'])).toMatchObject({ inDoubt: true, attempts: 1, lastError: 'remote-unavailable' });
    expect(await done()).toHaveLength(count + 1);
    const listed = await api.get(`/platform/v1/results?state=parked&tenantId=${tenant.id}`);
    expect(listed.body.data).toHaveLength(1);
    await world.control.delete('/faults');
    const [{ id }] = listed.body.data;
    const seen = await api.post(`/platform/v1/results/${id}/give-up`, { delivered: true });
    expect(seen.body).toMatchObject({ state: 'delivered', inDoubt: false });
    expect((await api.post(`/platform/v1/results/${id}/retry`)).body).toMatchObject({ status: 409 });
    expect(await done()).toHaveLength(count + 1);
  });

  it('is written anew when a person says that it is not there', async () => {
    const count = (await done()).length;
    await fault({ kind: 'drop', late: false, times: 1 });
    const path = freshPath();
    await api.put(path, CONTENT);
    const { id } = await resultIn(api, path, ['parked']);
    expect((await api.post(`/platform/v1/results/${id}/retry`)).status).toBe(200);
    await resultIn(api, path, ['delivered']);
    expect(await done()).toHaveLength(count + 1);
  });

  it('is refused without leave to write, and what waits is not sent after a revocation', async () => {
    const other = await Tenant.synced(api, world.control, { candidates: 5, seed: 13 });
    const [application] = await other.records('applications');
    const path = resultPath(other, application.id);
    await world.control.post('/faults', {
      path: '/ats/applications/*/result-links',
      kind: 'error',
      status: 503,
      code: 'REMOTE.SERVICE_UNAVAILABLE',
      times: 1,
    });
    await api.put(path, CONTENT);
    await resultIn(api, path, ['queued']);
    await other.consent({ ...DPA, documentVersion: '2026-2', covers: { ...DPA.covers, write: [] } });
    expect((await api.put(path, CONTENT)).body).toMatchObject({ status: 403, code: 'consent-does-not-cover' });
    await new Promise((resolve) => setTimeout(resolve, 7000));
    expect((await api.get(path)).body).toMatchObject({ state: 'queued', lastError: 'consent-does-not-cover' });
    expect(await doneThroughKombo(other, world.control)).toHaveLength(0);
  });

  it('that waits when another integration becomes the active one never goes out by the old one', async () => {
    const other = await Tenant.synced(api, world.control, { candidates: 5, seed: 15 });
    const [application] = await other.records('applications');
    const made = ok(await world.control.post('/integrations', { candidates: 5, seed: 15 })).body;
    const path = resultPath(other, application.id);
    await world.control.post('/faults', {
      path: '/ats/applications/*/result-links',
      kind: 'error',
      status: 503,
      code: 'REMOTE.SERVICE_UNAVAILABLE',
      times: 1,
    });
    await api.put(path, CONTENT);
    await resultIn(api, path, ['queued']);
    const base = `/platform/v1/tenants/${other.id}/integrations`;
    // Another ATS: nothing there is known to be this application.
    const second = ok(await api.post(base, { type: 'kombo', ats: 'another', settings: { komboIntegrationId: made.integrationId } })).body;
    ok(await api.post(`${base}/${second.id}/activate`));
    // The other ATS has no such application: before it was read a person is told so, afterwards the application is gone.
    const ended = await resultIn(api, path, ['parked', 'rejected', 'delivered']);
    expect(`${ended.state} ${ended.lastError}`).toMatch(/^(parked config-invalid|rejected not-found)$/);
    expect(ended.inDoubt).toBe(false);
    expect(await doneThroughKombo(other, world.control)).toHaveLength(0);
  });

  it('goes out by a native integration, and a revision takes the place of the former', async () => {
    const account = await makeAccount(world.controlOf('lever'), { candidates: 8, seed: 14 });
    const native = await syncNative(api, world.controlOf('lever'), 'lever', account);
    const [application] = await native.records('applications');
    const path = resultPath(native, application.id);
    await api.put(path, CONTENT);
    expect(await resultIn(api, path, ['delivered'])).toMatchObject({ receipt: { channel: 'note', remoteId: expect.any(String) } });
    await api.put(`${path}?revise=true`, { ...CONTENT, roleFit: 13 });
    await resultIn(api, path, ['delivered']);
    const written = await writtenAt(native, world.controlOf('lever'));
    expect(written).toHaveLength(1);
    expect(JSON.stringify(written)).toContain('Role fit: 13 of 99');
  });
});
