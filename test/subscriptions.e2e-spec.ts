import { randomUUID } from 'node:crypto';
import { setTimeout as pause } from 'node:timers/promises';
import { Webhook } from 'standardwebhooks';
import type { Api } from './world/api.js';
import { noteChanges, type Change } from './world/changes.js';
import { Receiver } from './world/receiver.js';
import { rowsIn } from './world/rows.js';
import { ok, until } from './world/tenant.js';
import { World } from './world/world.js';

let world: World;
let api: Api;
let tenantId: string;
const receivers: Receiver[] = [];

const newTenant = async (): Promise<string> => {
  const id = randomUUID();
  ok(await api.put(`/platform/v1/tenants/${id}`, { name: 'Test' }));
  return id;
};

beforeAll(async () => {
  world = await World.create();
  api = await world.gateway();
});
beforeEach(async () => {
  tenantId = await newTenant();
});
afterEach(async () => {
  for (const { id } of await api.all('/v1/subscriptions')) await api.delete(`/v1/subscriptions/${id}`);
  await Promise.all(receivers.splice(0).map((receiver) => receiver.stop()));
});
afterAll(() => world.close());

async function receiving(): Promise<Receiver> {
  const receiver = await Receiver.start();
  receivers.push(receiver);
  return receiver;
}

/** To the events of this test's tenant, unless told otherwise. */
async function subscribe(receiver: Receiver, body: object = {}, by: Api = api) {
  return ok(await by.post('/v1/subscriptions', { url: receiver.url, types: ['*'], tenantIds: [tenantId], ...body })).body;
}

const note = (...changes: Partial<Change>[]) =>
  noteChanges(
    world.database,
    changes.map((change) => ({ tenantId, ...change })),
  );
const arrived = (receiver: Receiver, ids: readonly string[]) =>
  until(async () => (ids.every((id) => receiver.ids().includes(id)) ? receiver.received : null));
const standing = (id: string, state: string) =>
  until(async () => {
    const { body } = await api.get(`/v1/subscriptions/${id}`);
    return body.state === state ? body : null;
  });
/** Lets what waits after a failure be due now. */
const hurry = (id: string) => rowsIn(world.database, `update subscription set due_at = now() - interval '1 second' where id = $1`, [id]);

describe('a subscription', () => {
  it('is told of each event once, signed as Standard Webhooks says, soon after its commit', async () => {
    const receiver = await receiving();
    const { secret } = await subscribe(receiver, { types: ['candidate.updated'] });
    await pause(700);
    const [id] = await note({}, { resource: 'job' });
    const [received] = await arrived(receiver, [id ?? '']);
    expect(new Webhook(secret).verify(received?.text ?? '', received?.headers ?? {})).toEqual({
      type: 'candidate.updated',
      timestamp: expect.stringMatching(/Z$/),
      data: { id, type: 'candidate.updated', tenantId, recordId: expect.any(String), fields: ['lastName'], at: expect.any(String) },
    });
    expect(received?.headers).toMatchObject({ 'content-type': 'application/json', 'webhook-id': id });
    await pause(300);
    expect(receiver.ids()).toEqual([id]);
  });
});
