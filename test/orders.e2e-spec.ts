import type { GatewayClient, Order } from '#libs/client';
import type { Api } from './world/api.js';
import { gathered } from './world/gathered.js';
import { CONTENT, delivered, doneThroughKombo } from './world/results.js';
import { ok, Tenant, until } from './world/tenant.js';
import { World } from './world/world.js';

let world: World;
let api: Api;
let client: GatewayClient;
let tenant: Tenant;
let assessment: string;

beforeAll(async () => {
  world = await World.create();
  api = await world.gateway();
  client = api.client;
  ok(await world.control.put('/webhooks', { url: `${api.url}/webhooks/kombo` }));
  tenant = await Tenant.synced(api, world.control, { candidates: 30, seed: 31 });
  assessment = ok(await tenant.atSource('post', '/assessment')).body.assessmentIntegrationId;
  const settings = { komboAssessmentIntegrationId: assessment };
  ok(await api.patch(`/platform/v1/tenants/${tenant.id}/integrations/${tenant.integrationId}`, { settings }));
  await tenant.settled();
});
afterAll(() => world.close());

const at = () => world.control.get(`/assessments/${assessment}`).then(({ body }) => body);
const order = async (body: object) => ok(await world.control.post(`/assessments/${assessment}/orders`, body)).body;
const orders = () => gathered(client.orders(tenant.id));
const orderOf = (remoteId: string, isSo: (found: Order) => boolean) =>
  until(async () => (await orders()).find((each) => each.remoteId === remoteId && isSo(each)) ?? null);

describe('an assessment that a recruiter orders in the ATS', () => {
  it('is one of those that were published', async () => {
    const { packages } = await until(async () => ((await at()).packages.length > 0 ? at() : null));
    expect(packages.map(({ id, name }: { id: string; name: string }) => [id, name])).toEqual([
      ['logic', 'Logic test'],
      ['role-fit', 'Role fit'],
    ]);
  });

  it('is received at once, joined to its application, and completed by the result, which goes to the order', async () => {
    const { orderId, webhookStatus } = await order({ application: 3, package: 'logic' });
    expect(webhookStatus).toBe(200);
    const received = await orderOf(orderId, ({ applicationId }) => applicationId !== null);
    const application = await client.application(tenant.id, received.applicationId ?? '');
    expect(received).toMatchObject({
      state: 'received',
      packageId: 'logic',
      candidateId: application.candidateId,
      jobId: application.jobId,
    });
    const path = { tenantId: tenant.id, id: received.id };
    expect((await client.call('POST /v1/tenants/{tenantId}/orders/{id}/start', { path })).state).toBe('started');

    const result = { tenantId: tenant.id, id: application.id, resultKey: 'logic' };
    await client.putResult(result, CONTENT);
    expect(await delivered(client, result)).toMatchObject({ receipt: { channel: 'assessment-order', remoteId: orderId } });
    const [there] = (await at()).orders.filter(({ id }: { id: string }) => id === orderId);
    expect(there).toMatchObject({ status: 'COMPLETED', results: [{ score: 82, max_score: 99, result_url: CONTENT.reportUrl }] });
    expect(await doneThroughKombo(tenant, world.control)).toHaveLength(0);
    expect((await client.call('GET /v1/tenants/{tenantId}/orders/{id}', { path })).state).toBe('completed');
  });

  it('is looked up where the answer to its result was lost, and never written twice', async () => {
    const { orderId } = await order({ application: 4, package: 'logic' });
    const { applicationId } = await orderOf(orderId, (found) => found.applicationId !== null);
    ok(await world.control.post('/faults', { path: '/assessment/orders/*/result', kind: 'drop', late: true, times: 1 }));
    const path = { tenantId: tenant.id, id: applicationId ?? '', resultKey: 'logic' };
    await client.putResult(path, CONTENT);
    expect(await delivered(client, path)).toMatchObject({ attempts: 2, receipt: { channel: 'assessment-order' } });
    const [there] = (await at()).orders.filter(({ id }: { id: string }) => id === orderId);
    expect(there.results).toHaveLength(1);
  });

  it('within the application form is answered with where the candidate goes on, and refused where it is not offered', async () => {
    const { orderId, assessmentUrl } = await order({ application: 10, package: 'logic', inline: true });
    const received = await orderOf(orderId, () => true);
    expect(assessmentUrl).toBe(`https://start.alva.example/${received.id}`);
    expect(await order({ application: 11, package: 'astrology', inline: true })).toMatchObject({ webhookStatus: 422, assessmentUrl: null });
  });

  it('is rejected where the package is not known, with a message for the recruiter', async () => {
    const { status, webhookStatus, orderId } = await order({ application: 5, package: 'astrology' });
    expect([status, webhookStatus]).toEqual(['REJECTED', 422]);
    expect((await orders()).map(({ remoteId }) => remoteId)).not.toContain(orderId);
  });

  it('is found without a webhook, and cancelled when the recruiter cancels it', async () => {
    const { orderId } = await order({ application: 6, package: 'role-fit', webhook: false });
    const { orderId: other } = await order({ application: 7, package: 'role-fit' });
    await orderOf(other, () => true);
    await orderOf(orderId, ({ state }) => state === 'received');
    ok(await world.control.post(`/assessments/${assessment}/orders/${orderId}/cancel`));
    await order({ application: 8, package: 'role-fit' });
    await orderOf(orderId, ({ state }) => state === 'cancelled');
    await orderOf(other, ({ state }) => state === 'received');
  });

  it('is rejected where the tenant does not consent, and nothing of it is stored', async () => {
    const before = await orders();
    await tenant.consent({ kind: 'integration-disabled', by: 'customer' });
    expect(await order({ application: 9, package: 'logic' })).toMatchObject({ status: 'REJECTED', webhookStatus: 422 });
    await expect(orders()).rejects.toMatchObject({ code: 'integration-disabled' });
    await tenant.consent({ kind: 'integration-enabled', by: 'customer' });
    expect(await orders()).toHaveLength(before.length);
  });
});
