import type { Concurrency, TokenBucket } from '../../contract/rate.js';
import { exchange } from './exchange.js';
import { KOMBO_LIKE, SimulatedProcesses } from './simulated.for-spec.js';
import { freshState, NONE } from './state.js';

const BUCKET: TokenBucket = { name: 'requests', kind: 'token-bucket', scope: 'integration', counts: 'requests', most: 20, perSecond: 10 };
const CONCURRENCY: Concurrency = { name: 'actions', kind: 'concurrency', scope: 'integration', counts: 'writes', most: 5 };

/** The calls' latencies differ, and so does the order in which they arrive. */
const shaken = (world: SimulatedProcesses, slowestMs: number) => {
  let random = 4711;
  world.latencyMs = () => ((random = (random * 16807) % 2147483647) / 2147483647) * slowestMs;
  return world;
};

describe('a token bucket', () => {
  const bucket = (world: SimulatedProcesses) => {
    let tokens = BUCKET.most;
    let atMs = 0;
    let overdrawn = 0;
    world.source.isUsedUp = () => {
      const nowMs = world.time.nowMs();
      tokens = Math.min(BUCKET.most, tokens + ((nowMs - atMs) / 1000) * BUCKET.perSecond);
      atMs = nowMs;
      if (tokens >= 1) tokens--;
      else overdrawn++;
      return false;
    };
    return () => overdrawn;
  };

  test('is not overdrawn by any number of processes, and used at its rate', async () => {
    const world = shaken(new SimulatedProcesses(BUCKET, { processes: 3, most: 1_000_000 }), 300);
    const overdrawn = bucket(world);
    for (let n = 0; n < 12; n++) world.keepCalling(n, { urgency: 'notice', tenantId: `t${n}` });
    await world.time.pass(60_000);
    expect(overdrawn()).toBe(0);
    expect(world.source.requests.length).toBeGreaterThan(0.9 * 60 * BUCKET.perSecond);
  });

  test('keeps half of itself for notices', async () => {
    const world = new SimulatedProcesses(BUCKET, { processes: 2, most: 1_000_000 });
    for (let n = 0; n < 30; n++) world.keepCalling(n, { tenantId: `t${n}` });
    await world.time.pass(10_000);
    const done = Array.from({ length: 8 }, (_, n) => world.call(n, { urgency: 'notice' }));
    const startMs = world.time.nowMs();
    const end = Promise.all(done).then(() => world.time.nowMs() - startMs);
    await world.time.pass(2_000);
    expect(await end).toBeLessThan(300);
  });
});

describe('a limit of calls at once', () => {
  test('is kept by any number of processes, and polls keep to their half', async () => {
    const world = shaken(new SimulatedProcesses(CONCURRENCY, { processes: 3, most: 1_000_000 }), 400);
    const most = { all: 0, poll: 0 };
    world.source.isUsedUp = () => {
      const { notice, poll } = world.inFlight;
      most.all = Math.max(most.all, notice + poll + 1);
      most.poll = Math.max(most.poll, poll);
      return false;
    };
    for (let n = 0; n < 20; n++) world.keepCalling(n, { urgency: n % 4 === 0 ? 'notice' : 'poll', tenantId: `t${n}` });
    await world.time.pass(60_000);
    expect(most).toEqual({ all: 5, poll: 2 });
    expect(world.source.requests.length).toBeGreaterThan(300);
  });

  test('gets back what a killed process held, after a while', async () => {
    const world = new SimulatedProcesses(CONCURRENCY, { processes: 2, most: 1_000_000 });
    await Promise.all([world.call(0), world.time.pass(1_000)]);
    for (let n = 0; n < 5; n++)
      void world.pacer(0).take({ tenantId: 'a', urgency: 'notice', signal: new AbortController().signal, withinMs: 1_000 });
    await world.time.pass(1_000);
    const next = world.call(1, { urgency: 'notice', withinMs: 3_600_000 });
    await world.time.pass(100_000);
    expect(world.source.requests).toHaveLength(1);
    await Promise.all([next, world.time.pass(300_000)]);
    expect(world.source.requests).toHaveLength(2);
  });
});

describe('what is kept', () => {
  const asking = { process: 'p', done: [], seen: [], exceeded: null, wants: { notice: 3, poll: 3 } };

  test.each([
    ['so long', 90_000, 90_000],
    ['a second at least', 0, 1_000],
    ['a quarter of an hour at most', 86_400_000, 900_000],
    ['until the window ends, where it names no time', null, 60_000],
  ])('after a refusal nothing is granted for %s', (_title, afterMs, ms) => {
    const { reply } = exchange(KOMBO_LIKE, freshState(KOMBO_LIKE, 0), { ...asking, exceeded: { afterMs } }, 0);
    expect(reply).toMatchObject({ granted: NONE, retryInMs: { notice: ms, poll: ms } });
  });

  test('is begun anew where another version wrote it in another shape', () => {
    const { state } = exchange(KOMBO_LIKE, { ...freshState(KOMBO_LIKE, 0), shape: 0 as never, version: 7 }, asking, 5);
    expect(state.version).toBe(1);
  });

  test('follows the policy where no header goes before it', () => {
    const kept = { ...freshState({ ...CONCURRENCY, most: 2 }, 0), probe: null };
    expect(exchange(CONCURRENCY, kept, asking, 5).reply.granted).toEqual({ notice: 3, poll: 2 });
  });

  test.each([
    ['nobody is left waiting for what is there', { notice: 1, poll: 1 }, 'granted'],
    ['nothing is granted to who wants nothing', NONE, 'granted'],
  ])('%s', (_title, wants) => {
    const kept = { ...freshState({ ...KOMBO_LIKE, most: 10 }, 0), probe: null };
    expect(exchange({ ...KOMBO_LIKE, most: 10 }, kept, { ...asking, wants }, 5).reply.granted).toEqual(wants);
  });

  test('a window that begins is shared by the processes that wait for it; what one of them does not fetch is free a second later', () => {
    const limit = { ...KOMBO_LIKE, most: 10 };
    const wants = { notice: 10, poll: 0 };
    const used = { ...freshState(limit, 0), probe: null, used: { notice: 10, poll: 0 } };
    const { state: first } = exchange(limit, used, { ...asking, wants }, 10);
    const { state: waiting } = exchange(limit, first, { ...asking, process: 'q', wants }, 10);
    const { state, reply } = exchange(limit, waiting, { ...asking, wants }, 60_000);
    expect(reply.granted.notice).toBe(5);
    expect(exchange(limit, state, { ...asking, process: 'q', wants }, 60_001).reply.granted.notice).toBe(4);
    expect(exchange(limit, state, { ...asking, wants }, 61_001).reply.granted.notice).toBe(5);
  });
});
