import fc from 'fast-check';
import { errorOf } from '../source.for-spec.js';
import { KOMBO_LIKE, SimulatedProcesses } from './simulated.for-spec.js';

const perWindow = ({ source }: SimulatedProcesses) => {
  const windows = Map.groupBy(source.requests, ({ window }) => window);
  return [...windows.values()].map((requests) => {
    const of = (wanted: string) => requests.filter(({ urgency }) => urgency === wanted).length;
    return { notice: of('notice'), poll: of('poll') };
  });
};

describe('all processes together', () => {
  test('never exceed the window, nor polls their half of it, whatever its true size, their number, and how long calls take', async () => {
    const worlds = fc.record({
      processes: fc.integer({ min: 1, max: 6 }),
      most: fc.integer({ min: 3, max: 200 }),
      windowMs: fc.integer({ min: 1, max: 60 }).map((seconds) => seconds * 1000),
      slowest: fc.double({ min: 0.001, max: 0.9, noNaN: true }),
      callers: fc.integer({ min: 1, max: 40 }),
      seed: fc.integer({ min: 1, max: 2 ** 31 - 2 }),
    });
    await fc.assert(
      fc.asyncProperty(worlds, async ({ processes, most, windowMs, slowest, callers, seed }) => {
        const world = new SimulatedProcesses(KOMBO_LIKE, { processes, most, windowMs });
        let random = seed;
        world.latencyMs = () => (((random = (random * 16807) % 2147483647) / 2147483647) * slowest * windowMs) / 2;
        for (let n = 0; n < callers; n++) world.keepCalling(n, { tenantId: `t${n}`, urgency: n % 2 === 0 ? 'notice' : 'poll' });
        await world.time.pass(windowMs * 4);
        expect(world.source.refused).toBe(0);
        expect(Math.max(...perWindow(world).map(({ poll }) => poll))).toBeLessThanOrEqual(Math.floor(most / 2));
      }),
      { numRuns: 150 },
    );
  }, 60_000);

  test('use nearly all of the window when they need it, with few exchanges', async () => {
    const world = new SimulatedProcesses(KOMBO_LIKE, { processes: 4 });
    for (let n = 0; n < 20; n++) world.keepCalling(n, { urgency: 'notice', tenantId: `t${n}` });
    await world.time.pass(5 * 60_000);
    for (const { notice } of perWindow(world).slice(0, 4)) expect(notice).toBeGreaterThan(290);
    expect(world.exchanges).toBeLessThan(world.source.requests.length / 2);
  });

  test('take over a limit that the source raises or lowers', async () => {
    const world = new SimulatedProcesses(KOMBO_LIKE, { processes: 2 });
    for (let n = 0; n < 6; n++) world.keepCalling(n, { urgency: 'notice', tenantId: `t${n}` });
    await world.time.pass(59_000);
    world.source.limit = 1_000;
    await world.time.pass(60_000);
    expect(perWindow(world)[1]?.notice).toBeGreaterThan(900);
    world.source.limit = 50;
    await world.time.pass(120_000);
    expect(perWindow(world)[3]?.notice).toBe(50);
  });

  test('share the key with others whom they do not know: at most what was taken ahead is refused', async () => {
    const world = new SimulatedProcesses(KOMBO_LIKE, { processes: 2 });
    const stranger = async () => {
      for (;;) {
        await world.time.sleep(400);
        world.source.take('stranger');
      }
    };
    stranger().catch(() => undefined);
    for (let n = 0; n < 4; n++) world.keepCalling(n, { urgency: 'notice', tenantId: `t${n}` });
    await world.time.pass(4 * 60_000);
    const ours = world.source.requests.filter(({ urgency }) => urgency !== 'stranger');
    expect(ours.length).toBeGreaterThan(4 * 150);
    const refused = Map.groupBy(
      ours.filter((request) => request.refused),
      ({ window }) => window,
    );
    expect(Math.max(0, ...[...refused.values()].map(({ length }) => length))).toBeLessThanOrEqual(2 * 8);
  });

  test('lose what a killed process held for one window only', async () => {
    const world = new SimulatedProcesses(KOMBO_LIKE, { processes: 2, most: 60 });
    // The first call finds out; then the process takes some ahead and is never heard of again.
    await Promise.all([world.call(0, { urgency: 'notice' }), world.time.pass(1_000)]);
    world.kill(0, world.pacer(0).take({ tenantId: 'a', urgency: 'notice', signal: new AbortController().signal, withinMs: 1_000 }));
    await world.time.pass(100);
    for (let n = 0; n < 3; n++) world.keepCalling(1, { urgency: 'notice', tenantId: `t${n}` });
    await world.time.pass(4 * 60_000);
    expect(world.source.refused).toBe(0);
    expect(perWindow(world)[1]?.notice).toBeGreaterThanOrEqual(56);
    expect(perWindow(world).slice(2, 4)).toEqual([
      { notice: 60, poll: 0 },
      { notice: 60, poll: 0 },
    ]);
  });
});

test('a process that ends gives back what it had taken ahead, and keeps nobody waiting', async () => {
  const world = new SimulatedProcesses(KOMBO_LIKE, { most: 40 });
  for (let n = 0; n < 2; n++) await Promise.all([world.call(0), world.time.pass(100)]);
  expect(world.standing?.out.poll).toBeGreaterThan(1);
  for (let n = 0; n < 20; n++) world.keepCalling(0);
  await world.time.pass(5_000);
  const waiting = errorOf(world.call(0));
  await world.time.pass(5_000);
  await Promise.all([world.pacer().close(), world.time.pass(10)]);
  expect(await waiting).toMatchObject({ kind: 'internal', retry: { when: 'later' } });
  expect(await errorOf(world.call(0))).toMatchObject({ kind: 'internal', retry: { when: 'later' } });
  expect(world.standing).toMatchObject({ out: { notice: 0, poll: 0 }, used: { notice: 0, poll: 20 } });
});

describe('a notice', () => {
  test('gets through at once while polls have used up their half', async () => {
    const world = new SimulatedProcesses(KOMBO_LIKE, { processes: 2, most: 60 });
    for (let n = 0; n < 10; n++) world.keepCalling(0, { tenantId: `t${n}` });
    await world.time.pass(10_000);
    expect(perWindow(world)).toEqual([{ notice: 0, poll: 30 }]);
    const startMs = world.time.nowMs();
    const pages = (async () => {
      for (let page = 0; page < 4; page++) await world.call(1, { tenantId: 'b', urgency: 'notice' });
      return world.time.nowMs() - startMs;
    })();
    await world.time.pass(1_000);
    expect(await pages).toBeLessThan(500);
  });
});

test('tenants take turns: who asks with many calls at once gets no more than the others', async () => {
  const world = new SimulatedProcesses(KOMBO_LIKE, { most: 30 });
  const tenants = ['a', 'a', 'a', 'a', 'b', 'c', 'd', 'e'].map((tenantId) => world.keepCalling(0, { tenantId, urgency: 'notice' }));
  await world.time.pass(60_000 * 20);
  const done = tenants.map((tenant) => tenant.done);
  expect(done.reduce((sum, n) => sum + n, 0)).toBeGreaterThan(590);
  expect(Math.min(...done.slice(4))).toBeGreaterThan(60);
});

test('processes that wait get their parts of the next window, however fast one of them is', async () => {
  const world = new SimulatedProcesses(KOMBO_LIKE, { processes: 3, most: 12 });
  const done = [0, 1, 2].map((process) =>
    Array.from({ length: 4 }, (_, n) => world.keepCalling(process, { tenantId: `${process}${n}`, urgency: 'notice' })),
  );
  await world.time.pass(10 * 60_000);
  const totals = done.map((callers) => callers.reduce((sum, caller) => sum + caller.done, 0));
  expect(Math.min(...totals)).toBeGreaterThan(25);
});

describe('a wait', () => {
  const exhausted = async () => {
    const world = new SimulatedProcesses(KOMBO_LIKE, { most: 4 });
    for (let n = 0; n < 4; n++) await Promise.all([world.call(0, { urgency: 'notice' }), world.time.pass(100)]);
    return world;
  };

  test('ends when its run is stopped, and costs no permit', async () => {
    const world = await exhausted();
    const stopping = new AbortController();
    const waiting = errorOf(world.call(0, { urgency: 'notice', signal: stopping.signal }));
    await world.time.pass(1_000);
    stopping.abort();
    expect(await waiting).toMatchObject({ kind: 'remote-unavailable', context: { reason: 'cancelled' } });
    await expect(world.pacer().take({ tenantId: 'a', urgency: 'poll', signal: stopping.signal, withinMs: 1 })).rejects.toThrow(
      'remote-unavailable',
    );
    world.keepCalling(0, { urgency: 'notice' });
    await world.time.pass(61_000);
    expect(perWindow(world)[1]).toEqual({ notice: 4, poll: 0 });
  });

  test('that would be too long is not begun: it names the time', async () => {
    const world = await exhausted();
    const refused = errorOf(world.call(0, { urgency: 'notice', withinMs: 30_000 }));
    await world.time.pass(10);
    const error = await refused;
    expect(error).toMatchObject({ kind: 'remote-rate-limited', retry: { when: 'later' }, context: { reason: 'quota' } });
    if (error.retry.when === 'later') expect(error.retry.afterMs).toBeGreaterThan(55_000);
  });

  test('is told to the observer, and so is that there was none', async () => {
    const world = await exhausted();
    void world.call(0, { urgency: 'poll' });
    await world.time.pass(70_000);
    const [first, ...others] = world.waits;
    expect(first).toEqual({ urgency: 'notice', waitedMs: expect.any(Number), granted: true });
    expect(first?.waitedMs).toBeLessThan(10);
    expect(others.at(-1)).toEqual({ urgency: 'poll', waitedMs: expect.any(Number), granted: true });
    expect(others.at(-1)?.waitedMs).toBeGreaterThan(58_000);
  });

  test('ends with the error of a database that is away', async () => {
    const world = new SimulatedProcesses(KOMBO_LIKE);
    world.isDatabaseAway = true;
    const failed = errorOf(world.call(0));
    await world.time.pass(10);
    expect(await failed).toMatchObject({ kind: 'internal', retry: { when: 'later' } });
    world.isDatabaseAway = false;
    await Promise.all([world.call(0), world.time.pass(1_000)]);
    expect(world.source.requests).toHaveLength(1);
  });
});

describe('after a refusal', () => {
  test('a process uses nothing of what it had taken ahead', async () => {
    const world = new SimulatedProcesses(KOMBO_LIKE);
    for (let n = 0; n < 2; n++) await Promise.all([world.call(0), world.time.pass(100)]);
    expect(world.standing?.out.poll).toBeGreaterThan(1);
    world.source.isUsedUp = () => true;
    await Promise.all([world.call(0), world.time.pass(50)]);
    for (let n = 0; n < 4; n++) world.keepCalling(0);
    await world.time.pass(10_000);
    expect(world.source.refused).toBe(1);
  });

  test('nobody calls until the source may be asked again, and then one call a window finds out', async () => {
    const world = new SimulatedProcesses(KOMBO_LIKE, { processes: 4, most: 40, windowMs: 60_000 });
    for (let n = 0; n < 12; n++) world.keepCalling(n, { urgency: 'notice', tenantId: `t${n}`, withinMs: 3_600_000 });
    await world.time.pass(1_000);
    // Others use the key up, again and again.
    const storm = setStorm(world);
    await world.time.pass(10 * 60_000);
    const before = world.source.requests.length;
    await world.time.pass(10 * 60_000);
    expect(world.source.requests.length - before).toBeLessThanOrEqual(10);
    expect(world.source.requests.length - before).toBeGreaterThanOrEqual(8);
    storm.over = true;
    await world.time.pass(5 * 60_000);
    expect(perWindow(world).at(-2)).toEqual({ notice: 40, poll: 0 });
  });

  test('a lost probe is followed by another one', async () => {
    const world = new SimulatedProcesses(KOMBO_LIKE, { most: 40 });
    const end = await Promise.all([
      world.pacer().take({ tenantId: 'a', urgency: 'poll', signal: new AbortController().signal, withinMs: 1 }),
      world.time.pass(10),
    ]);
    const waiting = world.call(0);
    await world.time.pass(5_000);
    expect(world.source.requests).toHaveLength(0);
    end[0]({ end: 'unused' });
    await Promise.all([waiting, world.time.pass(1_000)]);
    expect(world.source.requests).toHaveLength(1);
  });
});

/** While it lasts, every window is used up by somebody else before we come. */
function setStorm(world: SimulatedProcesses): { over: boolean } {
  const storm = { over: false };
  const { limit } = world.source;
  world.source.isUsedUp = () => !storm.over && limit > 0;
  return storm;
}
