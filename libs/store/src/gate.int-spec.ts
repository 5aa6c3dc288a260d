import { setTimeout as pause } from 'node:timers/promises';
import { advanceEpoch, lockGate, lockTenant, readGate, tenantExists, writeGate } from './gate.js';
import { grantOf } from './records/allowed.for-spec.js';
import { after, NOW, StoreWorld, type Link } from './world.for-spec.js';

let world: StoreWorld;
let link: Link;

beforeAll(async () => {
  world = await StoreWorld.create();
});
beforeEach(async () => {
  link = await world.link();
});
afterAll(() => world.close());

const CLOSED = { open: false, nextChangeAt: null, decision: {} };
const lock = (epoch: string, now = NOW) => world.in(link, (tx) => lockGate(tx, grantOf(link, epoch), now));

test('only a grant of the gate’s own epoch locks it', async () => {
  expect([await lock('1'), await lock('0'), await lock('2')]).toEqual([true, false, false]);
});

test('a closed gate is not to be had, not even under its own epoch', async () => {
  await world.in(link, (tx) => writeGate(tx, link.tenantId, CLOSED));
  expect([await lock('1'), await lock('2')]).toEqual([false, false]);
});

test('the gate says nothing from the moment on at which time may change it', async () => {
  await world.in(link, (tx) => writeGate(tx, link.tenantId, { open: true, nextChangeAt: after(60), decision: {} }));
  expect([await lock('2', after(59.999)), await lock('2', after(60)), await lock('2', after(61))]).toEqual([true, false, false]);
});

test('a missing row is closed', async () => {
  await world.rows(link, 'delete from consent_gate');
  expect(await lock('1')).toBe(false);
  expect(await world.in(link, (tx) => readGate(tx, link.tenantId))).toBeNull();
});

test('every entry of the ledger and every change of what narrows it ends older grants', async () => {
  await world.in(link, (tx) => writeGate(tx, link.tenantId, { ...CLOSED, open: true }));
  expect([await lock('1'), await lock('2')]).toEqual([false, true]);
  await world.in(link, (tx) => advanceEpoch(tx, link.tenantId));
  expect([await lock('2'), await lock('3')]).toEqual([false, true]);
});

test('a revocation waits for the transaction that holds the gate, and the next one is refused', async () => {
  const order: string[] = [];
  let revoked: Promise<void> = Promise.resolve();
  await world.in(link, async (tx) => {
    expect(await lockGate(tx, grantOf(link), NOW)).toBe(true);
    revoked = world
      .in(link, async (revoking) => {
        await writeGate(revoking, link.tenantId, CLOSED);
        order.push('revocation written');
      })
      .then(() => void order.push('revocation committed'));
    await waitsForALock();
    await tx.run(`update tenant set name = 'written under the grant'`);
    order.push('holder done');
  });
  await revoked;
  expect(order).toEqual(['holder done', 'revocation written', 'revocation committed']);
  expect(await lock('1')).toBe(false);
});

test('who asks for the gate during a revocation waits for it, and is refused', async () => {
  let asked: Promise<boolean> = Promise.resolve(true);
  await world.in(link, async (revoking) => {
    await writeGate(revoking, link.tenantId, CLOSED);
    asked = lock('1');
    await waitsForALock();
  });
  expect(await asked).toBe(false);
});

test('a revocation that is rolled back leaves the grant as it was', async () => {
  const undone = world.in(link, async (tx) => {
    await writeGate(tx, link.tenantId, CLOSED);
    throw new Error('undone');
  });
  await expect(undone).rejects.toThrow('undone');
  expect(await lock('1')).toBe(true);
});

test('any number of transactions hold the gate at once', async () => {
  const both = world.in(link, async (tx) => [await lockGate(tx, grantOf(link), NOW), await lock('1')]);
  expect(await both).toEqual([true, true]);
});

test('another tenant’s gate is out of reach', async () => {
  const stranger = await world.link();
  expect(await world.in(stranger, (tx) => lockGate(tx, grantOf(link), NOW))).toBe(false);
});

test('the gate is read together with what narrows the grant', async () => {
  await world.rows(link, `insert into tenant_policy values ($1, '{"user": ["email"]}', 'Alva', null, $2)`, [
    link.tenantId,
    NOW.toISOString(),
  ]);
  expect(await world.in(link, (tx) => readGate(tx, link.tenantId))).toEqual({
    epoch: '1',
    nextChangeAt: null,
    decision: {},
    hiddenFields: { user: ['email'] },
    jobStageContains: 'Alva',
    integrationId: link.integrationId,
    integrationType: 'native',
  });
});

test('the tenant’s lock is one transaction’s at a time, and a page of records does not wait for it', async () => {
  let second: Promise<boolean> = Promise.resolve(false);
  await world.in(link, async (tx) => {
    expect(await lockTenant(tx, link.tenantId)).toBe(true);
    second = world.in(link, (other) => lockTenant(other, link.tenantId));
    await waitsForALock();
    const id = link.integrationId;
    await world.rows(link, `insert into identity values ($1, 'job', $2, 'j', $2, null)`, [link.tenantId, id]);
  });
  expect(await second).toBe(true);
});

test('a tenant exists to itself alone', async () => {
  const stranger = await world.link();
  const seen = await world.in(link, async (tx) => [await tenantExists(tx, link.tenantId), await tenantExists(tx, stranger.tenantId)]);
  expect(seen).toEqual([true, false]);
});

/** Until a session of this database waits for another one's lock. */
async function waitsForALock(): Promise<void> {
  for (;;) {
    const waiting = await world.store.inPlatform((tx) =>
      tx.rows(`select pid from pg_stat_activity where datname = current_database() and cardinality(pg_blocking_pids(pid)) > 0`),
    );
    if (waiting.length > 0) return;
    await pause(5);
  }
}
