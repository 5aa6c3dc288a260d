import type { Api } from './world/api.js';
import { linkPartner } from './world/partner-tenant.js';
import { makeAccount } from './world/native-tenant.js';
import { CONTENT, resultIn } from './world/results.js';
import { DPA, ENABLED, ok, until } from './world/tenant.js';
import { World } from './world/world.js';

const CANARY = 'kanarie-77';

let world: World;
let api: Api;
beforeAll(async () => {
  world = await World.create();
  api = await world.gateway();
});
afterAll(() => world.close());

interface Provider {
  readonly ats: string;
  /** What the integration is given of what the ATS gives its partner. */
  readonly credentials: (partner: Readonly<Record<string, string>>, key: string) => object;
}

const PROVIDERS: readonly Provider[] = [
  { ats: 'greenhouse', credentials: (_partner, assessmentKey) => ({ assessmentKey }) },
  { ats: 'ashby', credentials: ({ apiKey }) => ({ ashbyApiKey: apiKey }) },
  { ats: 'workable', credentials: ({ callbackToken }) => ({ workableToken: callbackToken }) },
  { ats: 'teamtailor', credentials: () => ({}) },
];

/** A customer of the ATS who has connected us by its own protocol. */
async function install({ ats, credentials }: Provider) {
  const account = await makeAccount(world.controlOf(ats), { candidates: 20, jobs: 4, users: 4, seed: 7 });
  const { id, integrationId } = await linkPartner(api);
  const base = `/platform/v1/tenants/${id}`;
  const { key } = ok(await api.post(`${base}/integrations/${integrationId}/keys`)).body;
  const control = world.controlOf(`providers/${ats}`);
  const asked = { account: account.id, baseUrl: `${api.url}/partner/${ats}`, partnerKey: key, canary: CANARY };
  const installation = ok(await control.post('/installations', asked)).body;
  const { apiUrl } = installation.partner;
  const settings = { protocol: ats, apiUrl, ...(ats === 'workable' ? { subdomain: 'customer' } : {}) };
  ok(await api.patch(`${base}/integrations/${integrationId}`, { settings, credentials: credentials(installation.partner, key) }));
  const consent = (entry: object) => api.post(`${base}/consents`, entry).then(ok);
  const enable = async () => {
    await consent({ ...DPA, subProcessors: [] });
    await consent(ENABLED);
    ok(await api.post(`${base}/integrations/${integrationId}/activate`));
  };
  return { id, path: `/installations/${installation.id}`, control, enable, consent };
}

describe.each(PROVIDERS)('$ats, by its own protocol for assessment providers', (provider) => {
  let installed: Awaited<ReturnType<typeof install>>;
  let orderId: string;
  const at = (path: string) => `${installed.path}${path}`;
  const send = async (path: string, body: object = {}) => ok(await installed.control.post(at(path), body)).body;
  const shown = async (id: string) =>
    (await installed.control.get(at('/orders'))).body.orders.find((each: { orderId: string }) => each.orderId === id);
  const orders = () => api.all(`/v1/tenants/${installed.id}/orders`);

  beforeAll(async () => {
    installed = await install(provider);
  });

  it('lists what can be sent, as the ATS wants it', async () => {
    const { accepted, problems, tests } = await send('/list');
    expect([accepted, problems, tests.map(({ id }: { id: string }) => id)]).toEqual([true, [], ['logic', 'role-fit']]);
  });

  it('is told in its own form that the customer has not enabled us, and nothing is kept', async () => {
    const refused = await send('/orders', { candidate: 2, test: 'logic' });
    expect([refused.status, refused.accepted]).toEqual([422, false]);
    // Greenhouse reads the status alone.
    if (provider.ats !== 'greenhouse') expect(refused.message).toContain('Alva is not enabled');
    await installed.enable();
    expect(await orders()).toEqual([]);
  });

  it('sends a candidate, of whom the allowlisted fields are kept and nothing else', async () => {
    const sent = await send('/orders', { candidate: 2, test: 'logic' });
    expect([sent.status >= 200 && sent.status < 300, sent.accepted, sent.problems]).toEqual([true, true, []]);
    ({ orderId } = sent);
    const [order] = await orders();
    expect(order).toMatchObject({ state: 'received', packageId: 'logic' });
    const candidate = ok(await api.get(`/v1/tenants/${installed.id}/candidates/${order.candidateId}`)).body;
    expect(candidate).toMatchObject({ firstName: expect.any(String), lastName: expect.any(String), email: expect.stringContaining('@') });
    const everything = await Promise.all(
      ['jobs', 'users', 'candidates', 'applications', 'orders'].map((list) => api.get(`/v1/tenants/${installed.id}/${list}`)),
    );
    expect(JSON.stringify(everything.map(({ body }) => body))).not.toContain(CANARY);
  });

  it('may send the same again: it is one order', async () => {
    const again = await send(`/orders/${orderId}/again`);
    // Ashby’s own word for it is 409.
    expect([200, 201, 409]).toContain(again.status);
    expect(await orders()).toHaveLength(1);
  });

  it('is told the result, which it takes, and the order is completed', async () => {
    const [order] = await orders();
    const path = `/v1/tenants/${installed.id}/applications/${order.applicationId}/results/logic`;
    ok(await api.put(path, CONTENT));
    expect(await resultIn(api, path, ['delivered', 'rejected', 'parked'])).toMatchObject({
      state: 'delivered',
      receipt: { channel: `${provider.ats}-assessment` },
    });
    const test = await until(async () => {
      const found = await shown(orderId);
      return found.url === null ? null : found;
    });
    expect(test).toMatchObject({ url: CONTENT.reportUrl, refused: 0 });
    expect(Number(test.score)).toBe(82);
    expect((await orders())[0]).toMatchObject({ state: 'completed' });
  });

  it('is refused with a wrong key, and for a test that is not offered', async () => {
    ok(await installed.control.patch(at(''), { wrongKey: true }));
    expect((await send('/orders', { candidate: 4, test: 'logic' })).status).toBe(401);
    ok(await installed.control.patch(at(''), { wrongKey: false }));
    const unknown = await send('/orders', { candidate: 5, test: 'astrology' });
    expect([unknown.status, unknown.accepted]).toEqual([422, false]);
    expect(await orders()).toHaveLength(1);
  });
});

test('Ashby cancels what it has started', async () => {
  const provider = PROVIDERS.find(({ ats }) => ats === 'ashby');
  if (provider === undefined) throw new Error('no Ashby');
  const { control, path, enable, id } = await install(provider);
  await enable();
  const { orderId } = ok(await control.post(`${path}/orders`, { candidate: 2, test: 'role-fit' })).body;
  expect(ok(await control.post(`${path}/orders/${orderId}/cancel`)).body).toMatchObject({ accepted: true, problems: [] });
  expect(await api.all(`/v1/tenants/${id}/orders`)).toMatchObject([{ state: 'cancelled' }]);
});

test('Teamtailor’s event is refused with a wrong signature', async () => {
  const provider = PROVIDERS.find(({ ats }) => ats === 'teamtailor');
  if (provider === undefined) throw new Error('no Teamtailor');
  const { control, path, enable, id } = await install(provider);
  await enable();
  ok(await control.post(`${path}/list`));
  ok(await control.patch(path, { wrongSignature: true }));
  expect(ok(await control.post(`${path}/orders`, { candidate: 2, test: 'role-fit' })).body.status).toBe(401);
  expect(await api.all(`/v1/tenants/${id}/orders`)).toEqual([]);
});
