import type { Api } from './world/api.js';
import { APPLICATION, CANDIDATE, JOB, linkPartner, partnerTenant, USER, type PartnerTenant } from './world/partner-tenant.js';
import { CONTENT } from './world/results.js';
import { DPA, ENABLED, ok, until } from './world/tenant.js';
import { World } from './world/world.js';

let world: World;
let api: Api;
let tenant: PartnerTenant;

beforeAll(async () => {
  world = await World.create();
  api = await world.gateway();
  tenant = await partnerTenant(api);
});
afterAll(() => world.close());

const records = (of: { readonly id: string }, list: string) => api.all(`/v1/tenants/${of.id}/${list}`);
const pushAll = async ({ partner }: PartnerTenant) => {
  // References come before what they name: any order is taken.
  ok(await partner.put('/partner/v1/applications/a-1', APPLICATION));
  ok(await partner.put('/partner/v1/candidates/c-1', CANDIDATE));
  ok(await partner.put('/partner/v1/jobs/j-1', JOB));
  ok(await partner.put('/partner/v1/users/u-1', USER));
};

describe('an ATS that sends its records itself', () => {
  it('sees them served as any other’s, whatever order they came in', async () => {
    await pushAll(tenant);
    const [job] = await records(tenant, 'jobs');
    const [user] = await records(tenant, 'users');
    const [candidate] = await records(tenant, 'candidates');
    const [application] = await records(tenant, 'applications');
    expect(job).toMatchObject({
      remoteId: 'j-1',
      name: 'Engineer',
      location: { name: 'Stockholm, SE', city: 'Stockholm', country: 'SE' },
      hiringTeam: [{ userId: user.id }],
    });
    expect(candidate).toMatchObject({ firstName: 'Nils', applications: [{ id: application.id, jobId: job.id }] });
    expect(application).toMatchObject({ candidateId: candidate.id, jobId: job.id, stageId: job.stages[1].id });
  });

  it('changes nothing by sending the same again, and keeps its ids when it changes something', async () => {
    const [before] = await records(tenant, 'candidates');
    ok(await tenant.partner.put('/partner/v1/candidates/c-1', CANDIDATE));
    expect(await records(tenant, 'candidates')).toEqual([before]);
    ok(await tenant.partner.put('/partner/v1/candidates/c-1', { ...CANDIDATE, lastName: 'Holmberg' }));
    expect(await records(tenant, 'candidates')).toMatchObject([{ id: before.id, lastName: 'Holmberg' }]);
  });

  it('is refused any field that is not on the list, by its name', async () => {
    for (const [path, body, name] of [
      ['candidates/c-9', { ...CANDIDATE, phone: 'kanarie-7' }, 'phone'],
      ['jobs/j-9', { ...JOB, salary: 'kanarie-7' }, 'salary'],
      ['jobs/j-9', { ...JOB, location: { street: 'kanarie-7' } }, 'location.street'],
      ['applications/a-9', { ...APPLICATION, answers: ['kanarie-7'] }, 'answers'],
      ['users/u-9', { ...USER, email: 7 }, 'email'],
    ] as const) {
      const { status, body: problem } = await tenant.partner.put(`/partner/v1/${path}`, body);
      expect([name, status, problem.code]).toEqual([name, 400, 'invalid-request']);
      expect(problem.detail).toContain(`"${name}"`);
      expect(JSON.stringify(problem)).not.toContain('kanarie-7');
    }
    expect(await records(tenant, 'candidates')).toHaveLength(1);
  });

  it('sends many at once: the good ones are kept, and of each other one it is said what is wrong', async () => {
    const { body } = ok(
      await tenant.partner.post('/partner/v1/batch', {
        items: [
          { resource: 'candidate', remoteId: 'c-2', record: { firstName: 'Eva' } },
          { resource: 'candidate', remoteId: 'c-3', record: { firstName: 'Ole', phone: '+47 kanarie-7' } },
          { resource: 'application', remoteId: 'a-2', record: { candidateId: 'c-2', jobId: 'j-1' } },
          { resource: 'salary', remoteId: 's-1', record: {} },
          { resource: 'user', remoteId: 'u-1', deleted: true },
          { resource: 'user', remoteId: 'u-2' },
        ],
      }),
    );
    expect(body.items.map(({ outcome }: { outcome: string }) => outcome)).toEqual([
      'stored',
      'refused',
      'stored',
      'refused',
      'deleted',
      'refused',
    ]);
    expect(body.items[1].detail).toContain('"phone"');
    expect(JSON.stringify(body)).not.toContain('kanarie-7');
    expect(new Set((await records(tenant, 'candidates')).map(({ firstName }) => firstName))).toEqual(new Set(['Eva', 'Nils']));
    expect(await records(tenant, 'users')).toHaveLength(0);
  });

  it('sends 1,000 in one batch, and no more', async () => {
    const items = Array.from({ length: 1_000 }, (_, n) => ({ resource: 'candidate', remoteId: `m-${n}`, record: { firstName: `M${n}` } }));
    const other = await partnerTenant(api);
    expect(ok(await other.partner.post('/partner/v1/batch', { items })).body.items).toHaveLength(1_000);
    expect(await records(other, 'candidates')).toHaveLength(1_000);
    expect((await other.partner.post('/partner/v1/batch', { items: [...items, items[0]] })).status).toBe(400);
  });

  it('deletes a candidate with their applications, and a second time it is gone already', async () => {
    expect((await tenant.partner.delete('/partner/v1/candidates/c-2')).status).toBe(204);
    expect((await tenant.partner.delete('/partner/v1/candidates/c-2')).status).toBe(204);
    expect((await records(tenant, 'applications')).map(({ remoteId }) => remoteId)).toEqual(['a-1']);
    expect((await tenant.partner.delete('/partner/v1/salaries/c-2')).status).toBe(404);
  });

  it('has results held ready for it', async () => {
    const [application] = await records(tenant, 'applications');
    const path = `/v1/tenants/${tenant.id}/applications/${application.id}/results/role-fit`;
    ok(await api.put(path, CONTENT));
    const delivered = await until(async () => {
      const { body } = await api.get(path);
      return body.state === 'delivered' ? body : null;
    });
    expect(delivered.receipt).toMatchObject({ channel: 'reading' });
  });

  it('orders an assessment, and reads its result', async () => {
    const { data } = ok(await tenant.partner.get('/partner/v1/assessments')).body;
    expect(data).toContainEqual({ id: 'role-fit', name: 'Role fit' });
    const order = { orderId: 'o-1', packageId: 'role-fit', applicationId: 'a-1' };
    expect(ok(await tenant.partner.post('/partner/v1/orders', order)).body).toMatchObject({ orderId: 'o-1', state: 'received' });
    expect(ok(await tenant.partner.post('/partner/v1/orders', order)).body).toMatchObject({ state: 'received' });
    expect((await tenant.partner.post('/partner/v1/orders', { ...order, packageId: 'astrology' })).body.detail).toContain('"packageId"');
    expect((await tenant.partner.post('/partner/v1/orders', { ...order, orderId: 'o-2', applicationId: 'a-9' })).status).toBe(400);

    const [received] = await records(tenant, 'orders');
    expect(received).toMatchObject({ remoteId: 'o-1', state: 'received' });
    const path = `/v1/tenants/${tenant.id}/applications/${received.applicationId}/results/ordered`;
    ok(await api.put(path, CONTENT));
    const completed = await until(async () => {
      const { body } = await tenant.partner.get('/partner/v1/orders/o-1');
      return body.state === 'completed' ? body : null;
    });
    expect(completed.results).toContainEqual({ key: 'ordered', ...CONTENT, completedAt: '2026-11-22T10:00:00.000Z' });
    expect(ok(await tenant.partner.get('/partner/v1/applications/a-1/results')).body.data).toHaveLength(2);
  });

  it('takes an order back, until it is over', async () => {
    ok(await tenant.partner.post('/partner/v1/orders', { orderId: 'o-3', packageId: 'logic', applicationId: 'a-1' }));
    expect(ok(await tenant.partner.post('/partner/v1/orders/o-3/cancel')).body.state).toBe('cancelled');
    expect((await tenant.partner.post('/partner/v1/orders/o-1/cancel')).status).toBe(409);
    expect((await tenant.partner.get('/partner/v1/orders/o-9')).status).toBe(404);
  });

  it('is not synced: there is nothing to read', async () => {
    expect((await api.post(`/platform/v1/tenants/${tenant.id}/syncs`, { mode: 'full' })).body).toMatchObject({ code: 'unsupported' });
    expect((await api.get(`/v1/tenants/${tenant.id}/status`)).body).toMatchObject({ integration: { type: 'partner', state: 'connected' } });
  });
});

describe('a partner’s key', () => {
  it('opens its own tenant alone, and nothing of the internal API', async () => {
    const other = await partnerTenant(api);
    ok(await other.partner.put('/partner/v1/candidates/c-1', { firstName: 'Other' }));
    expect(await records(tenant, 'candidates')).toMatchObject([{ firstName: 'Nils' }]);
    expect((await tenant.partner.get(`/v1/tenants/${tenant.id}/candidates`)).status).toBe(401);
    expect((await api.put('/partner/v1/candidates/c-1', CANDIDATE)).status).toBe(401);
    expect((await api.as(`${tenant.key.slice(0, -1)}x`).put('/partner/v1/candidates/c-1', CANDIDATE)).status).toBe(401);
  });

  it('is replaced by a second one while both work, and opens nothing once it is taken back', async () => {
    const base = `/platform/v1/tenants/${tenant.id}/integrations/${tenant.integrationId}/keys`;
    const second = ok(await api.post(base)).body;
    expect((await api.post(base)).body).toMatchObject({ status: 409 });
    const { data } = ok(await api.get(base)).body;
    expect(data).toHaveLength(2);
    expect(JSON.stringify(data)).not.toContain('apk_');
    const first = data.find(({ id }: { id: string }) => id !== second.id);
    expect((await api.delete(`${base}/${first.id}`)).status).toBe(204);
    expect((await tenant.partner.put('/partner/v1/users/u-5', USER)).status).toBe(401);
    expect((await api.as(second.key).put('/partner/v1/users/u-5', USER)).status).toBe(200);
  });
});

describe('what an ATS sends', () => {
  it('enters only under an agreement in force, enabled, and for the active integration', async () => {
    const linked = await linkPartner(api);
    const { key } = ok(await api.post(`/platform/v1/tenants/${linked.id}/integrations/${linked.integrationId}/keys`)).body;
    const partner = api.as(key);
    const put = async () => (await partner.put('/partner/v1/candidates/c-1', CANDIDATE)).body.code ?? 'stored';
    const consent = (entry: object) => api.post(`/platform/v1/tenants/${linked.id}/consents`, entry);
    expect(await put()).toBe('consent-missing');
    await consent({ ...DPA, subProcessors: [], covers: { read: ['job'], write: [] } });
    expect(await put()).toBe('integration-disabled');
    await consent(ENABLED);
    ok(await api.post(`/platform/v1/tenants/${linked.id}/integrations/${linked.integrationId}/activate`));
    expect(await put()).toBe('consent-does-not-cover');
    await consent({ ...DPA, documentVersion: '2', subProcessors: [] });
    expect(await put()).toBe('stored');
    await consent({ kind: 'integration-disabled', by: 'customer' });
    expect(await put()).toBe('integration-disabled');
  });

  it('is left out where the customer’s job scope leaves it out', async () => {
    const scoped = await partnerTenant(api);
    ok(await api.patch(`/platform/v1/tenants/${scoped.id}/policy`, { jobScope: { stageNameContains: 'alva' } }));
    const { partner } = scoped;
    expect(ok(await partner.put('/partner/v1/jobs/j-1', JOB)).body.id).not.toBeNull();
    expect(ok(await partner.put('/partner/v1/jobs/j-2', { ...JOB, stages: [{ id: 's', name: 'Screening' }] })).body.id).toBeNull();
    expect(ok(await partner.put('/partner/v1/applications/a-2', { ...APPLICATION, jobId: 'j-2' })).body.id).toBeNull();
    expect(await records(scoped, 'jobs')).toHaveLength(1);
  });
});
