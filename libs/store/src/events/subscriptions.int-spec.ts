import { randomUUID } from 'node:crypto';
import { setTimeout as pause } from 'node:timers/promises';
import type { Transaction } from '../transaction.js';
import { after, NOW, StoreWorld } from '../world.for-spec.js';
import { claimSubscriptions, keepSubscriptions, leaveSubscriptions, stillHeld, type HeldSubscription } from './claim-subscriptions.js';
import { FEED_START } from './feed.js';
import { listDeliveries, settleSubscription, type DeliveryAttempt, type SubscriptionProgress } from './settle-subscription.js';
import { addSubscription, enableSubscription, moveSubscription, readSubscription, removeSubscription } from './subscriptions.js';

const VIEWER = { subject: 'test', tenants: null };
const NOTHING: SubscriptionProgress = { position: FEED_START, ahead: [], attempts: [], failing: null };

let world: StoreWorld;
beforeAll(async () => {
  world = await StoreWorld.create();
});
afterAll(() => world.close());
beforeEach(() => inPlatform((tx) => tx.run('delete from subscription')));

const inPlatform = <T>(work: (tx: Transaction) => Promise<T>) => world.store.inPlatform(work);

async function make(): Promise<string> {
  const id = randomUUID();
  const choice = { url: 'https://hooks.example/', types: ['*'], tenantIds: null, stageName: null, description: null };
  await inPlatform((tx) =>
    addSubscription(tx, { ...choice, id, createdBy: 'test', now: NOW, secret: Buffer.from([1]), position: FEED_START }),
  );
  return id;
}

const claim = (now = NOW, limit = 10, except: readonly string[] = []) =>
  inPlatform((tx) => claimSubscriptions(tx, { now, leaseUntil: new Date(now.getTime() + 15_000), except, limit }));
const settle = (held: HeldSubscription, progress: Partial<SubscriptionProgress>) =>
  inPlatform((tx) => settleSubscription(tx, held, { ...NOTHING, ...progress }));
const read = (id: string) => inPlatform((tx) => readSubscription(tx, VIEWER, id));

async function claimed(now?: Date): Promise<HeldSubscription> {
  const [held] = await claim(now);
  if (held === undefined) throw new Error('nothing was to be claimed');
  return held;
}

const attempt = (number: number): DeliveryAttempt => ({
  ...{
    eventId: `evt_${number}`,
    type: 'job.updated',
    attempt: 1,
    state: 'delivered',
    status: 200,
    error: null,
    durationMs: 3,
    at: after(number),
  },
});
const failing = { failures: 1, since: NOW, dueAt: after(5), error: 'timeout', status: null, disabled: null };

describe('the lease', () => {
  it('is one worker’s, however many claim at once', async () => {
    const ids = await Promise.all(Array.from({ length: 20 }, make));
    const shares = await Promise.all(Array.from({ length: 6 }, () => claim(NOW, 5)));
    const all = shares.flat().map(({ id }) => id);
    expect(new Set(all).size).toBe(all.length);
    expect([...all, ...(await claim()).map(({ id }) => id), ...(await claim()).map(({ id }) => id)].sort()).toEqual(ids.sort());
  });

  it('is not waited for: what another one is claiming is passed over', async () => {
    const ids = [await make(), await make()];
    let release = (): void => undefined;
    const held = new Promise<void>((resolve) => (release = resolve));
    const slow = inPlatform(async (tx) => {
      const [first] = await claimSubscriptions(tx, { now: NOW, leaseUntil: after(15), except: [], limit: 1 });
      await held;
      return first?.id;
    });
    await pause(50);
    const others = await Promise.race([claim(), pause(2_000)]);
    release();
    expect(others).toHaveLength(1);
    expect(new Set([await slow, others?.[0]?.id])).toEqual(new Set(ids));
  });

  it('ends when it is not kept, and is another’s then: the former holder can neither keep nor settle', async () => {
    const id = await make();
    const first = await claimed();
    expect(await claim(after(14))).toEqual([]);
    await inPlatform((tx) => keepSubscriptions(tx, [first], after(30)));
    expect(await claim(after(29))).toEqual([]);
    const second = await claimed(after(30));
    expect([second.id, second.fence]).toEqual([id, first.fence + 1]);
    expect(await inPlatform((tx) => stillHeld(tx, [first]))).toEqual(new Set());
    expect(await settle(first, { position: { ...FEED_START, seq: '7' } })).toBe(false);
    await inPlatform((tx) => leaveSubscriptions(tx, [first]));
    await inPlatform((tx) => keepSubscriptions(tx, [first], after(900)));
    expect(await claim(after(31))).toEqual([]);
    expect((await claimed(after(45))).position).toEqual(FEED_START);
  });

  it('is given up in order, and is another’s at once', async () => {
    await make();
    const held = await claimed();
    await inPlatform((tx) => leaveSubscriptions(tx, [held]));
    expect((await claimed()).id).toBe(held.id);
  });

  it('is not claimed by its own holder again', async () => {
    const id = await make();
    await claimed();
    expect(await claim(after(60), 10, [id])).toEqual([]);
  });

  it.each([
    ['a replay', (tx: Transaction, id: string) => moveSubscription(tx, id, FEED_START, NOW)],
    ['an enabling', (tx: Transaction, id: string) => enableSubscription(tx, id, NOW)],
    ['a deletion', removeSubscription],
  ])('ends with %s', async (_what, change) => {
    const id = await make();
    const held = await claimed();
    await inPlatform((tx) => change(tx, id));
    expect(await inPlatform((tx) => stillHeld(tx, [held]))).toEqual(new Set());
    expect(await settle(held, { attempts: [attempt(1)] })).toBe(false);
    expect(await inPlatform((tx) => tx.rows('select 1 from subscription_delivery'))).toEqual([]);
  });
});

describe('what is settled', () => {
  it('is where the next worker goes on, with what was delivered ahead', async () => {
    await make();
    const position = { after: '5:5:', until: '9:9:', seq: '12' };
    expect(await settle(await claimed(), { position, ahead: ['14', '15'], failing })).toBe(true);
    expect(await claim(after(4))).toEqual([]);
    expect(await claimed(after(5))).toMatchObject({ position, ahead: ['14', '15'], failures: 1, failingSince: NOW.toISOString() });
  });

  it('shows how the subscription stands', async () => {
    const id = await make();
    const held = await claimed();
    expect(await read(id)).toMatchObject({ state: 'active', lastError: null, nextAttemptAt: null, lastDeliveredAt: null });
    await settle(held, { failing: { ...failing, error: 'status', status: 503 } });
    expect(await read(id)).toMatchObject({
      state: 'retrying',
      lastError: 'status',
      lastStatusCode: 503,
      nextAttemptAt: after(5).toISOString(),
    });
    await settle(await claimed(after(5)), { attempts: [attempt(1)] });
    expect(await read(id)).toMatchObject({ state: 'active', lastError: null, failures: 0, lastDeliveredAt: after(1).toISOString() });
    await settle(held, { failing: { ...failing, disabled: 'gone' } });
    expect(await read(id)).toMatchObject({ state: 'active' });
  });

  it('may disable it: then nobody takes it up, until it is enabled', async () => {
    const id = await make();
    await settle(await claimed(), { failing: { ...failing, disabled: 'failing-too-long' } });
    expect(await read(id)).toMatchObject({ state: 'disabled', disabledReason: 'failing-too-long', nextAttemptAt: null });
    expect(await claim(after(100_000))).toEqual([]);
    await inPlatform((tx) => enableSubscription(tx, id, after(100_000)));
    expect(await claimed(after(100_000))).toMatchObject({ failures: 0, failingSince: null });
  });

  it('tells of the latest thousand attempts, page by page, the newest first', async () => {
    const id = await make();
    const held = await claimed();
    for (let from = 0; from < 1_250; from += 125)
      await settle(held, { attempts: Array.from({ length: 125 }, (_, at) => attempt(from + at)) });
    const page = (before: string | null) => inPlatform((tx) => listDeliveries(tx, { id, before, now: after(2_000), limit: 400 }));
    const pages = [await page(null)];
    for (let last = pages[0]?.at(-1); last !== undefined; last = pages.at(-1)?.at(-1)) pages.push(await page(last.number));
    expect(pages.flat().map(({ eventId }) => eventId)).toEqual(Array.from({ length: 1_000 }, (_, at) => `evt_${1_249 - at}`));
  });
});
