import { randomUUID } from 'node:crypto';
import { setTimeout as pause } from 'node:timers/promises';
import { systemClock } from '#libs/model';
import { TestClock } from '#libs/testkit';
import type { Api } from './world/api.js';
import { spawnGateway } from './world/gateway-process.js';
import type { Receiver } from './world/receiver.js';
import { rowsIn } from './world/rows.js';
import { arrived, Subscribing } from './world/subscribing.js';
import { ok, until } from './world/tenant.js';
import { World } from './world/world.js';

let world: World;
let api: Api;
let subscribing: Subscribing;

afterEach(async () => {
  await subscribing.end();
  await world.close();
});

async function begin(variables: Readonly<Record<string, string>> = {}): Promise<void> {
  world = await World.create();
  api = await world.gateway(variables);
  subscribing = await Subscribing.create(world, api);
}

/** The ids that were posted, each at its first post. */
const firsts = (receiver: Receiver): readonly string[] => [...new Set(receiver.ids())];

test('what fails is repeated with the same id, and no later event of a record comes before an earlier one', async () => {
  await begin();
  const receiver = await subscribing.receiver();
  const { id } = await subscribing.to(receiver);
  const records = Array.from({ length: 6 }, () => randomUUID());
  const taken: string[] = [];
  let posts = 0;
  receiver.answering = (received, response) => {
    posts += 1;
    const isTaken = posts % 29 !== 7;
    if (isTaken) taken.push(received.id);
    response.writeHead(isTaken ? 200 : 503).end();
  };
  const ids: (readonly string[])[] = [];
  for (let round = 0; round < 60; round++) ids.push(await subscribing.note(...records.map((recordId) => ({ recordId }))));
  const all = ids.flat();
  const hurrying = setInterval(() => void subscribing.hurry(), 100);
  await until(async () => (new Set(taken).size === all.length ? true : null), 60_000).finally(() => clearInterval(hurrying));
  for (const record of records.keys()) {
    const ofRecord = ids.map((round) => round[record] ?? '');
    expect([...new Set(taken)].filter((each) => ofRecord.includes(each))).toEqual(ofRecord);
  }
  // What had been taken beside a failure is not posted again.
  expect(taken).toHaveLength(all.length);
  expect(posts).toBeGreaterThan(all.length);
  await subscribing.inState(id, 'active');
});

test('receivers that are dead or slow delay nobody else', async () => {
  await begin();
  const [healthy, dead, slow] = [await subscribing.receiver(), await subscribing.receiver(), await subscribing.receiver()];
  dead.fallSilent();
  slow.answering = (_received, response) => void setTimeout(() => response.writeHead(200).end(), 3_000);
  for (const receiver of [healthy, dead, slow]) await subscribing.to(receiver);
  await pause(700);
  const tookMs: number[] = [];
  for (let number = 0; number < 60; number++) {
    const notedMs = performance.now();
    const [received] = (await arrived(healthy, await subscribing.note({}))).slice(-1);
    tookMs.push((received?.atMs ?? Infinity) - notedMs);
    await pause(20);
  }
  expect(Math.max(...tookMs)).toBeLessThan(1_000);
  expect(dead.received.length).toBeLessThan(17);
});

test('a receiver that is gone (410) is told nothing more, until it is enabled again: then all that it missed', async () => {
  await begin();
  const receiver = await subscribing.receiver();
  const { id } = await subscribing.to(receiver);
  receiver.answer(410);
  const missed = [...(await subscribing.note({}))];
  expect(await subscribing.inState(id, 'disabled')).toMatchObject({ disabledReason: 'gone', lastError: 'gone', lastStatusCode: 410 });
  missed.push(...(await subscribing.note({})));
  await pause(800);
  expect(receiver.received).toHaveLength(1);
  receiver.take();
  expect(ok(await api.post(`/v1/subscriptions/${id}/enable`)).body).toMatchObject({ state: 'active', disabledReason: null });
  await arrived(receiver, missed);
  expect(firsts(receiver)).toEqual(missed);
});

test('a receiver that is down is tried over 75 hours with one call each time, and then disabled', async () => {
  const clock = new TestClock(systemClock.now().toISOString());
  world = await World.create(clock);
  api = (await world.gateway()).as(await world.token({ expiresIn: '200h' }));
  subscribing = await Subscribing.create(world, api);
  const receiver = await subscribing.receiver();
  const { id } = await subscribing.to(receiver);
  receiver.answer(500);
  await subscribing.note({});
  const startedMs = clock.now().getTime();
  let attempts = 0;
  for (let state = 'active'; state !== 'disabled'; attempts++) {
    const { body } = await until(async () => {
      const answer = await api.get(`/v1/subscriptions/${id}`);
      return answer.body.failures > attempts ? answer : null;
    });
    expect(receiver.received).toHaveLength(attempts + 1);
    state = body.state;
    if (state === 'retrying') clock.set(body.nextAttemptAt);
  }
  expect(clock.now().getTime() - startedMs).toBe(75 * 3600_000);
  expect(attempts).toBeGreaterThan(17);
  expect((await api.get(`/v1/subscriptions/${id}`)).body).toMatchObject({
    disabledReason: 'failing-too-long',
    lastError: 'status',
    lastStatusCode: 500,
  });
  expect(new Set(receiver.ids()).size).toBe(1);
});

test('a subscription whose secret does not open any more keeps no other one from its events', async () => {
  await begin();
  const [spoiled, receiver] = [await subscribing.receiver(), await subscribing.receiver()];
  await subscribing.to(spoiled);
  await rowsIn(world.database, `update subscription set secret = '\\x00', fence = fence + 1, lease_until = null`);
  await subscribing.to(receiver);
  await arrived(receiver, await subscribing.noteMany(3));
  expect(spoiled.received).toEqual([]);
});

test('a wait that the receiver asks for is kept', async () => {
  await begin();
  const receiver = await subscribing.receiver();
  const { id } = await subscribing.to(receiver);
  receiver.answer(429, { 'retry-after': '3600' });
  await subscribing.note({});
  const { nextAttemptAt } = await subscribing.inState(id, 'retrying');
  expect(Date.parse(nextAttemptAt) - systemClock.now().getTime()).toBeGreaterThan(3_590_000);
});

test('a replay from an event or from a time posts the same events with the same ids', async () => {
  await begin();
  const receiver = await subscribing.receiver();
  const { id } = await subscribing.to(receiver);
  const old = await subscribing.note({ at: '2026-11-20T10:00:00Z' }, { at: '2026-11-20T11:00:00Z' }, { at: '2026-11-20T12:00:00Z' });
  await arrived(receiver, old);
  for (const from of [old[1], '2026-11-20T11:00:00Z']) {
    const before = receiver.received.length;
    ok(await api.post(`/v1/subscriptions/${id}/replay`, { from }));
    await until(async () => (receiver.received.length >= before + 2 ? true : null));
    await pause(200);
    expect(new Set(receiver.ids().slice(before))).toEqual(new Set(old.slice(1)));
  }
  const texts = new Map(receiver.received.slice(0, 3).map((each) => [each.id, each.text]));
  for (const { id: eventId, text } of receiver.received) expect(text).toBe(texts.get(eventId));
  for (const from of ['evt_999999999', 'yesterday', '2026-13-40T00:00:00Z'])
    expect((await api.post(`/v1/subscriptions/${id}/replay`, { from })).status).toBe(400);
});

test('two workers share the subscriptions, and no event is posted twice', async () => {
  await begin();
  await world.gateway({ GATEWAY_ROLES: 'worker' });
  const all = await Promise.all(Array.from({ length: 12 }, () => subscribing.receiver()));
  for (const receiver of all) await subscribing.to(receiver);
  const ids = (await Promise.all(Array.from({ length: 5 }, () => subscribing.noteMany(40)))).flat();
  for (const receiver of all) await arrived(receiver, ids);
  await pause(500);
  for (const receiver of all) expect(receiver.received).toHaveLength(ids.length);
});

test('a worker that is killed loses nothing; the next one repeats, with the same ids, at most what was under way', async () => {
  await begin({ GATEWAY_ROLES: 'api' });
  const receiver = await subscribing.receiver();
  await subscribing.to(receiver);
  const taken: string[] = [];
  receiver.answering = ({ id }, response) => {
    taken.push(id);
    setTimeout(() => response.writeHead(200).end(), 5);
  };
  const ids = (await Promise.all(Array.from({ length: 10 }, () => subscribing.noteMany(150)))).flat();
  for (const share of [0.2, 0.6]) {
    const worker = await spawnGateway(world.variables({ GATEWAY_ROLES: 'worker' }));
    await until(async () => (new Set(taken).size > ids.length * share ? true : null));
    await worker.end('SIGKILL');
    await rowsIn(world.database, 'update subscription set lease_until = now()');
  }
  const last = await spawnGateway(world.variables({ GATEWAY_ROLES: 'worker' }));
  await until(async () => (new Set(taken).size === ids.length ? true : null), 60_000);
  expect(await last.end('SIGTERM')).toBe(0);
  expect(taken.length - ids.length).toBeLessThanOrEqual(2 * 200);
  expect(new Set(taken)).toEqual(new Set(ids));
});

test('a worker that ends in order leaves its subscriptions to the next one at once, with nothing repeated', async () => {
  await begin({ GATEWAY_ROLES: 'api' });
  const receiver = await subscribing.receiver();
  await subscribing.to(receiver);
  receiver.answering = (_received, response) => void setTimeout(() => response.writeHead(200).end(), 5);
  const ids = await subscribing.noteMany(1_500);
  for (const share of [0.2, 0.5, 1]) {
    const worker = await spawnGateway(world.variables({ GATEWAY_ROLES: 'worker' }));
    await until(async () => (receiver.received.length >= ids.length * share ? true : null), 5_000);
    expect(await worker.end('SIGTERM')).toBe(0);
  }
  expect(receiver.received).toHaveLength(ids.length);
});
