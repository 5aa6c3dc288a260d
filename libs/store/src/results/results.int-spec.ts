import { randomUUID } from 'node:crypto';
import { allowResult, type AllowedResult } from '#libs/allowlist';
import { decide, grantFor } from '#libs/consent';
import type { ResultContent } from '#libs/model';
import { after, NOW, StoreWorld, type Link } from '../world.for-spec.js';
import { acceptResult, type ResultName } from './accept.js';
import { beginAttempt, claimDelivery, holdDelivery, keepLease, readForDelivery, type ClaimedDelivery } from './claim.js';
import { listResults, readResult } from './receipts.js';
import { decideParked, settleDelivery, type Settlement } from './settle.js';

const CONTENT: ResultContent = {
  completedAt: '2026-11-22T09:00:00.000Z',
  roleFit: 82,
  matchPercent: null,
  scores: [],
  summary: null,
  reportUrl: 'https://reports.alva.example/r/1',
};

let world: StoreWorld;
let link: Link;
let name: ResultName;

beforeAll(async () => {
  world = await StoreWorld.create();
});
beforeEach(async () => {
  link = await world.link();
  name = { tenantId: link.tenantId, applicationId: randomUUID(), resultKey: 'role-fit' };
});
afterEach(() => world.in(link, (tx) => tx.run('delete from result where tenant_id = $1', [link.tenantId])));
afterAll(() => world.close());

function allowed(content: ResultContent): AllowedResult {
  const decision = { ...decide([], NOW), open: true, read: [], write: ['result' as const], refusal: null };
  const integration = { id: link.integrationId, type: 'native' as const };
  const narrowing = { hiddenFields: {}, jobScope: null };
  const outcome = grantFor({ tenantId: link.tenantId, decision, epoch: '1', integration, purpose: 'write-back', narrowing });
  if (!outcome.granted) throw new Error(outcome.detail);
  return allowResult(outcome.grant, content, ['reports.alva.example']);
}

const accept = (roleFit = 82, revise = false, now = NOW) =>
  world.in(link, (tx) =>
    acceptResult(tx, name, { content: allowed({ ...CONTENT, roleFit }), contentHash: String(roleFit), now, giveUpAt: after(1000), revise }),
  );
const claim = (now = NOW, except: readonly string[] = []) =>
  world.store.inPlatform((tx) => claimDelivery(tx, { now, leaseUntil: new Date(now.getTime() + 60_000), except }));
const claimed = async (now = NOW): Promise<ClaimedDelivery> => {
  const found = await claim(now);
  if (found === null) throw new Error('nothing was due');
  return found;
};
const settle = (delivery: ClaimedDelivery, settlement: Settlement) =>
  world.in(link, (tx) => settleDelivery(tx, delivery, settlement, after(5)));
const read = () => world.in(link, (tx) => readResult(tx, name));
const content = () => world.in(link, (tx) => readForDelivery(tx, name)).then((stored) => stored?.content ?? null);
const delivered = (channel = 'note'): Settlement => ({ state: 'delivered', integrationId: link.integrationId, channel, remoteId: '7' });

describe('a result that is taken in', () => {
  it('has its outbox row in the same transaction, or neither is there', async () => {
    await accept();
    expect(await read()).toMatchObject({ state: 'queued', revision: 1, attempts: 0 });
    const undone = { ...name, resultKey: 'undone' };
    const acceptance = { content: allowed(CONTENT), contentHash: 'h', now: NOW, giveUpAt: after(1), revise: false };
    const failing = world.in(link, async (tx) => {
      await acceptResult(tx, undone, acceptance);
      throw new Error('undone');
    });
    await expect(failing).rejects.toThrow('undone');
    expect(await world.in(link, (tx) => readResult(tx, undone))).toBeNull();
  });

  it('is taken once, however many take it at the same time', async () => {
    expect((await Promise.all(Array.from({ length: 8 }, () => accept()))).toSorted()).toEqual(['accepted', ...Array(7).fill('unchanged')]);
    expect(await read()).toMatchObject({ revision: 1 });
  });

  it('gives way to another one while it waits, and once delivered only where that is asked for', async () => {
    await accept(82);
    expect(await accept(83)).toBe('accepted');
    const delivery = await claimed();
    expect(await accept(84)).toBe('under-way');
    await settle(delivery, delivered());
    expect(await accept(84)).toBe('delivered');
    expect(await accept(83)).toBe('unchanged');
    expect(await accept(84, true)).toBe('accepted');
    expect(await read()).toMatchObject({ state: 'queued', revision: 3, receipt: { revision: 2, remoteId: '7' } });
  });

  it('does not give way while nobody knows whether it arrived', async () => {
    await accept();
    const delivery = await claimed();
    await settle(delivery, { state: 'parked', error: 'remote-unavailable', code: null, inDoubt: true });
    expect(await accept(83, true)).toBe('in-doubt');
  });
});

describe('a delivery', () => {
  it('is taken up by one of many, and not before it is due', async () => {
    await accept();
    expect(await claim(new Date(NOW.getTime() - 1))).toBeNull();
    expect(await claim(NOW, [link.tenantId])).toBeNull();
    expect((await Promise.all(Array.from({ length: 6 }, () => claim()))).filter((found) => found !== null)).toHaveLength(1);
  });

  it('goes to another worker when its lease has run out, and the first one may neither send nor settle any more', async () => {
    await accept();
    const first = await claimed();
    expect(await world.in(link, (tx) => beginAttempt(tx, first, 'note'))).toBe(true);
    expect(await world.in(link, (tx) => keepLease(tx, first, after(100)))).toBe(true);
    expect(await claim(after(99))).toBeNull();
    const second = await claimed(after(101));
    expect(second).toMatchObject({ attempt: 2, inDoubt: true, channel: 'note' });
    for (const lost of [
      (await world.in(link, (tx) => holdDelivery(tx, first))) || (await world.in(link, (tx) => beginAttempt(tx, first, 'note'))),
      await world.in(link, (tx) => keepLease(tx, first, after(500))),
      await settle(first, delivered()),
    ])
      expect(lost).toBe(false);
    expect(await settle(second, delivered())).toBe(true);
  });

  it('forgets the content once it was delivered or refused for good, and keeps it for an ATS that reads it itself', async () => {
    for (const [settlement, isKept] of [
      [delivered(), false],
      [delivered('reading'), true],
      [{ state: 'rejected', error: 'invalid-request', code: null }, false],
      [{ state: 'parked', error: 'config-invalid', code: null, inDoubt: false }, true],
    ] as const) {
      name = { ...name, applicationId: randomUUID() };
      await accept();
      await settle(await claimed(), settlement);
      expect([settlement.state, (await content()) !== null]).toEqual([settlement.state, isKept]);
    }
  });
});

describe('a parked result', () => {
  const park = async () => {
    await accept();
    await settle(await claimed(), { state: 'parked', error: 'remote-unavailable', code: '500', inDoubt: true });
  };
  const decision = (made: Parameters<typeof decideParked>[2]) =>
    world.in(link, (tx) => decideParked(tx, name, made, { now: after(10), giveUpAt: after(2000) }));

  it('is listed for the platform team, without its content', async () => {
    await park();
    const filter = { state: 'parked' as const, tenantId: link.tenantId, tenants: null, before: null, limit: 10 };
    const [listed] = await world.store.inPlatform((tx) => listResults(tx, filter));
    expect(listed).toMatchObject({ resultKey: 'role-fit', lastError: 'remote-unavailable', lastCode: '500', inDoubt: true });
    expect(JSON.stringify(listed)).not.toContain('reports.alva');
  });

  it.each([
    ['retry', 'queued', true],
    ['give-up', 'rejected', false],
    ['delivered', 'delivered', false],
  ] as const)('that a person decides to %s is %s, once', async (made, state, isKept) => {
    await park();
    expect(await decision(made)).toBe(true);
    expect(await decision(made)).toBe(false);
    expect(await read()).toMatchObject({ state, inDoubt: false });
    expect((await content()) !== null).toBe(isKept);
  });
});
