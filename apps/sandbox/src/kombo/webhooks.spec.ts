import { createHmac } from 'node:crypto';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { setTimeout as pause } from 'node:timers/promises';
import { connectionFlowFailedWebhookPayloadFromJSON } from '../../../../node_modules/@kombo-api/sdk/esm/models/connectionflowfailedwebhookpayload.js';
import { dataChangedWebhookPayloadFromJSON } from '../../../../node_modules/@kombo-api/sdk/esm/models/datachangedwebhookpayload.js';
import { integrationCreatedWebhookPayloadFromJSON } from '../../../../node_modules/@kombo-api/sdk/esm/models/integrationcreatedwebhookpayload.js';
import { integrationDeletedWebhookPayloadFromJSON } from '../../../../node_modules/@kombo-api/sdk/esm/models/integrationdeletedwebhookpayload.js';
import { integrationStateChangedWebhookPayloadFromJSON } from '../../../../node_modules/@kombo-api/sdk/esm/models/integrationstatechangedwebhookpayload.js';
import { syncFinishedWebhookPayloadFromJSON } from '../../../../node_modules/@kombo-api/sdk/esm/models/syncfinishedwebhookpayload.js';
import { Kombo } from '../../../../node_modules/@kombo-api/sdk/esm/index.js';
import { StartedSandbox, type Parsed } from '../sandbox-under-spec.js';

interface Received {
  readonly text: string;
  readonly signature: string | undefined;
  readonly body: Parsed;
}

let sandbox: StartedSandbox;
let receiver: Server;
let received: Received[];
let id: string;

const BACK = { body: 'compact', copies: 1, delayMs: 0, reorder: false, loseEvery: 0, sign: 'right' };

beforeAll(async () => {
  sandbox = await StartedSandbox.start();
  receiver = createServer((request, response) => {
    let text = '';
    request.on('data', (chunk: Buffer) => (text += chunk.toString()));
    request.on('end', () => {
      const signature = request.headers['x-kombo-signature'];
      received.push({
        text,
        signature: typeof signature === 'string' ? signature : undefined,
        body: text.startsWith('{') ? JSON.parse(text) : null,
      });
      response.end('{}');
    });
  });
  await new Promise<void>((resolve) => receiver.listen(0, '127.0.0.1', resolve));
  const url = `http://127.0.0.1:${(receiver.address() as AddressInfo).port}/hook`;
  await sandbox.control('PUT', '/webhooks', { url });
});
beforeEach(async () => {
  await sandbox.control('PUT', '/webhooks', BACK);
  id = await sandbox.integration({ candidates: 20, originId: 'tenant-1' });
  received = [];
});
afterAll(async () => {
  receiver.closeAllConnections();
  receiver.close();
  await sandbox.close();
});

const byText = (a: string, b: string) => (a < b ? -1 : 1);
const sign = (text: string, secret = 'kombo-sim-secret') => createHmac('sha256', secret).update(text).digest('base64url');
const fire = (body: object) => sandbox.control('POST', `/integrations/${id}/webhooks`, body);

async function arrived(count: number): Promise<Received[]> {
  for (let tries = 0; tries < 200 && received.length < count; tries += 1) await pause(10);
  return received;
}

test('a change that Kombo sees is told, signed over its bytes; one that it has not seen is not', async () => {
  await sandbox.control('PATCH', `/integrations/${id}/records/candidates/1`, { fields: { last_name: 'New' } });
  await sandbox.control('PATCH', `/integrations/${id}/records/candidates/2`, { fields: { last_name: 'New' }, mirror: false });
  await sandbox.control('POST', `/integrations/${id}/records/jobs/0/stages`, { name: 'Extra' });
  const [first, second] = await arrived(2);
  expect(first?.signature).toBe(sign(first?.text ?? ''));
  expect(first?.body).toMatchObject({ type: 'data-changed', data: { integration_id: id, changed_models: [{ name: 'ats_candidates' }] } });
  expect(second?.body.data.changed_models).toContainEqual({ name: 'ats_application_stages' });
  await pause(50);
  expect(received).toHaveLength(2);
});

test('a sync tells what has changed, if anything has, and always that it has ended', async () => {
  await sandbox.control('PATCH', `/integrations/${id}/records/users/1`, { fields: { email: 'new@c.example' }, mirror: false });
  await sandbox.control('POST', `/integrations/${id}/sync`, { type: 'DELTA' });
  await sandbox.control('POST', `/integrations/${id}/sync`, { type: 'DELTA' });
  const types = (await arrived(3)).map(({ body }) => body.type);
  expect(types.toSorted(byText)).toEqual(['data-changed', 'sync-finished', 'sync-finished']);
});

test('every type parses with the SDK’s own schema', async () => {
  await sandbox.control('PATCH', `/integrations/${id}`, { canary: 'Zq7c' });
  await fire({ type: 'data-changed', models: ['ats_users', 'ats_join_jobs_users'] });
  await fire({ type: 'sync-finished' });
  await sandbox.control('PUT', `/integrations/${id}/state`, { status: 'INVALID' });
  await sandbox.control('DELETE', `/integrations/${id}`);
  const parsers: Record<string, (text: string) => { ok: boolean }> = {
    'data-changed': dataChangedWebhookPayloadFromJSON,
    'sync-finished': syncFinishedWebhookPayloadFromJSON,
    'integration-state-changed': integrationStateChangedWebhookPayloadFromJSON,
    'integration-deleted': integrationDeletedWebhookPayloadFromJSON,
  };
  const all = await arrived(4);
  expect(new Set(all.map(({ body }) => body.type))).toEqual(new Set(Object.keys(parsers)));
  for (const { text, body } of all) expect([body.type, parsers[body.type]?.(text).ok]).toEqual([body.type, true]);
  expect(all.filter(({ text }) => text.includes('Zq7c')).length).toBeGreaterThan(2);
});

test('they come pretty, twice, late, in another order, lost or with a wrong signature, as configured', async () => {
  await sandbox.control('PUT', '/webhooks', { body: 'pretty', copies: 3, loseEvery: 2 });
  const sent = [await fire({ type: 'data-changed' }), await fire({ type: 'data-changed' })];
  expect(sent.filter(({ status }) => status === 200)).toHaveLength(1);
  expect(new Set((await arrived(3)).map(({ body }) => body.id)).size).toBe(1);
  expect(received[0]?.text).toContain('\n  "type"');
  expect(received[0]?.signature).toBe(sign(received[0]?.text ?? ''));

  received = [];
  await sandbox.control('PUT', '/webhooks', { ...BACK, sign: 'wrong' });
  await fire({ type: 'data-changed' });
  await sandbox.control('PUT', '/webhooks', { ...BACK, sign: 'missing' });
  await fire({ type: 'data-changed' });
  expect(received.map(({ text, signature }) => signature === undefined || signature === sign(text))).toEqual([false, true]);

  received = [];
  await sandbox.control('PUT', '/webhooks', { ...BACK, reorder: true, delayMs: 300 });
  await Promise.all(Array.from({ length: 30 }, (_, n) => fire({ type: 'data-changed', id: `e${n}` })));
  expect(received.map(({ body }) => body.id)).not.toEqual(Array.from({ length: 30 }, (_, n) => `e${n}`));
  expect(new Set(received.map(({ body }) => body.id)).size).toBe(30);
});

test('an ATS without webhooks of its own is heard of after syncs only', async () => {
  await sandbox.control('PATCH', `/integrations/${id}`, { upstreamWebhooks: false });
  await sandbox.control('PATCH', `/integrations/${id}/records/candidates/1`, { fields: { last_name: 'New' } });
  await sandbox.control('POST', `/integrations/${id}/sync`, { type: 'DELTA' });
  await pause(50);
  expect(received.map(({ body }) => body.type)).toEqual(['sync-finished']);
});

test('a state is told when it is another, by whatever it changed', async () => {
  const states = async () => {
    await pause(50);
    return received
      .splice(0)
      .flatMap(({ body: { type, data } }) =>
        type === 'integration-state-changed' ? [[data.state, data.setup_status, data.qa_status]] : [],
      );
  };
  const put = (state: object) => sandbox.control('PUT', `/integrations/${id}/state`, state);
  await put({ setupStatus: 'FINAL_SYNC_PENDING', qaStatus: 'PENDING' });
  expect(await states()).toEqual([['ACTIVE', 'FINAL_SYNC_PENDING', 'PENDING']]);
  await put({ qaStatus: 'PENDING', dataExpiredAt: '2026-11-22T10:00:00.000Z' });
  expect(await states()).toEqual([]);
  await sandbox.control('POST', `/integrations/${id}/sync`, { type: 'FULL' });
  expect(await states()).toEqual([['ACTIVE', 'COMPLETED', 'PASSED']]);
  for (const _ of [1, 2]) {
    await sandbox.control('POST', `/integrations/${id}/sync`, { type: 'FULL', ends: 'AUTHENTICATION_FAILED' });
    await sandbox.control('POST', '/clock', { advanceSeconds: 3 * 86_400 });
  }
  expect(await states()).toEqual([['INVALID', 'COMPLETED', 'PASSED']]);
});

test('with a canary every text that nobody needs carries it, on every level and in keys', async () => {
  await sandbox.control('PATCH', `/integrations/${id}`, { canary: 'Zq7c' });
  for (const type of ['integration-created', 'integration-deleted', 'sync-finished', 'connection-flow-failed']) await fire({ type });
  for (const { body } of await arrived(4)) {
    const { end_user: user, new_object: object, ...data } = body.data;
    expect([user.organization_name, user.creator_email]).toEqual([expect.stringContaining('Zq7c'), expect.stringContaining('Zq7c')]);
    expect(JSON.stringify(object).match(/Zq7c/g)).toHaveLength(2);
    expect(Object.keys(data).filter((key) => key.includes('Zq7c'))).toHaveLength(1);
    if ('log_url' in data) expect(data.log_url).toContain('Zq7c');
    expect(data.integration_id ?? data.id ?? id).toBe(id);
  }
});

test('the log names what was sent, and forged bytes are sent as they are', async () => {
  await sandbox.control('DELETE', '/webhooks');
  await fire({ type: 'brand-new', id: 'known', data: { anything: 1 } });
  await sandbox.control('POST', '/webhooks', { raw: 'not JSON', signature: 'forged' });
  const { main } = await sandbox.control('GET', '/webhooks');
  expect(main).toMatchObject({
    pending: 0,
    sent: [
      { id: 'known', type: 'brand-new', status: 200, lost: false },
      { type: '(raw)', status: 200 },
    ],
  });
  expect(received.at(-1)).toMatchObject({ text: 'not JSON', signature: 'forged' });
});

describe('connecting', () => {
  const kombo = () => new Kombo({ api_key: 'kombo-sandbox-key', server_url: sandbox.komboUrl });
  const link = async (origin = 'tenant-9') => {
    const made = await kombo().connect.createConnectionLink({
      end_user_email: 'hr@customer.example',
      end_user_organization_name: 'Customer',
      end_user_origin_id: origin,
      integration_category: 'ATS',
      integration_tool: 'sandbox',
    });
    return new URL(made.data.link).searchParams.get('token') ?? '';
  };

  test.each(['before', 'after'] as const)('the integration is announced %s the token is exchanged', async (webhook) => {
    const followed = await sandbox.control('POST', `/connect/${await link()}`, { candidates: 7, webhook });
    const seenFirst = webhook === 'before' ? (await arrived(1)).length : received.length;
    expect(seenFirst).toBe(webhook === 'before' ? 1 : 0);
    const { data } = await kombo().connect.getIntegrationByToken({ token: followed.token });
    expect(data).toMatchObject({ id: followed.integrationId, end_user_origin_id: 'tenant-9', tool: 'sandbox' });
    const [told] = await arrived(1);
    expect(integrationCreatedWebhookPayloadFromJSON(told?.text ?? '').ok).toBe(true);
    expect(told?.body.data).toMatchObject({ id: followed.integrationId, end_user: { origin_id: 'tenant-9' } });
    await expect(kombo().connect.getIntegrationByToken({ token: followed.token })).rejects.toMatchObject({ statusCode: 400 });
  });

  test('the first sync of a new connection can be waited for', async () => {
    const { integrationId } = await sandbox.control('POST', `/connect/${await link()}`, { candidates: 3, firstSync: 'pending' });
    expect((await sandbox.kombo(integrationId, '/ats/jobs')).body.error.code).toBe('INTEGRATION.SETUP_SYNC_PENDING');
    await sandbox.control('POST', `/integrations/${integrationId}/sync`, { type: 'FULL' });
    expect(await sandbox.all(integrationId, '/ats/candidates')).toHaveLength(3);
  });

  test.each([
    { end_user_email: 'nobody' },
    { end_user_organization_name: '' },
    { language: 'sv' },
    { link_type: 'FAX' },
    { colour: 'red' },
  ])('a link is refused for %j', async (wrong) => {
    const right = { end_user_email: 'hr@customer.example', end_user_organization_name: 'Customer' };
    const headers = { authorization: 'Bearer kombo-sandbox-key' };
    const { status, body } = await sandbox.request('POST', '/kombo/v1/connect/create-link', headers, { ...right, ...wrong });
    expect([status, body.error.code]).toEqual([400, 'PLATFORM.INPUT_INVALID']);
  });

  test('an attempt that fails is told, and makes nothing', async () => {
    expect(await sandbox.control('POST', `/connect/${await link()}`, { fail: true })).toEqual({ integrationId: null, token: null });
    const [told] = await arrived(1);
    expect(connectionFlowFailedWebhookPayloadFromJSON(told?.text ?? '').ok).toBe(true);
  });

  test('a relink heals a broken login', async () => {
    await sandbox.control('PUT', `/integrations/${id}/state`, { status: 'INVALID' });
    const { data } = await kombo().general.createReconnectionLink({ integration_id: id, body: {} });
    const token = new URL(data.link).searchParams.get('token') ?? '';
    await sandbox.control('POST', `/connect/${token}`, {});
    expect(await sandbox.control('GET', `/integrations/${id}`)).toMatchObject({ state: { status: 'ACTIVE' } });
  });
});
