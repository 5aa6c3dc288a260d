import { randomUUID } from 'node:crypto';
import { verifyChain } from '#libs/consent';
import { Bench, DISABLED, DPA, ENABLED, type Link } from '../pipeline/bench.for-spec.js';

let bench: Bench;
let link: Link;

beforeAll(async () => {
  bench = await Bench.create();
});
beforeEach(async () => {
  bench.clock.set('2026-11-22T10:00:00Z');
  link = await bench.link();
});
afterAll(() => bench.close());

const entries = () => bench.store.inTenant(link.tenantId, (tx) => bench.ledger.entries(tx, link.tenantId));
const ask = (purpose: 'sync' | 'serve' | 'write-back' = 'sync') =>
  bench.store.inTenant(link.tenantId, (tx) => bench.grants.ask(tx, link.tenantId, purpose));
const gate = async () => (await bench.rows<{ open: boolean; epoch: string }>(link, 'select open, epoch::int from consent_gate'))[0];

test('entries come back as they were chained, and the chain holds', async () => {
  const read = await entries();
  expect(read.map(({ seq, content, recordedAt, recordedBy }) => [seq, content, recordedAt, recordedBy])).toEqual([
    [1, DPA, '2026-11-22T10:00:00.000Z', 'test'],
    [2, ENABLED, '2026-11-22T10:00:00.000Z', 'test'],
  ]);
  expect(verifyChain(read).intact).toBe(true);
});

test('entries appended at once form one chain', async () => {
  await Promise.all(Array.from({ length: 8 }, () => bench.record(link, ENABLED)));
  const read = await entries();
  expect(read.map(({ seq }) => seq)).toEqual([1, 2, 3, 4, 5, 6, 7, 8, 9, 10]);
  expect(verifyChain(read).intact).toBe(true);
});

test('the gate follows every entry in the same transaction', async () => {
  expect(await gate()).toEqual({ open: true, epoch: 2 });
  await bench.record(link, DISABLED);
  expect(await gate()).toEqual({ open: false, epoch: 3 });
  const undone = bench.store.inTenant(link.tenantId, async (tx) => {
    await bench.ledger.append(tx, link.tenantId, ENABLED, 'test');
    throw new Error('undone');
  });
  await expect(undone).rejects.toThrow('undone');
  expect([await gate(), (await entries()).length]).toEqual([{ open: false, epoch: 3 }, 3]);
});

test('an unknown tenant has no ledger', async () => {
  const stranger = { tenantId: randomUUID() };
  await expect(bench.record(stranger, ENABLED)).rejects.toMatchObject({ kind: 'not-found' });
  const asked = bench.store.inTenant(stranger.tenantId, (tx) => bench.grants.ask(tx, stranger.tenantId, 'sync'));
  await expect(asked).rejects.toMatchObject({ kind: 'not-found' });
});

test('an agreement that begins later opens the gate when its time comes, without an entry', async () => {
  link = await bench.link({ ...DPA, effectiveFrom: '2026-11-23T00:00:00Z', effectiveTo: '2026-11-24T00:00:00Z' }, ENABLED);
  expect(await ask()).toMatchObject({ granted: false, kind: 'consent-missing', reasons: ['dpa-not-yet-effective'] });
  bench.clock.set('2026-11-23T00:00:00Z');
  expect(await ask()).toMatchObject({ granted: true, grant: { epoch: '3' } });
  expect(await gate()).toEqual({ open: true, epoch: 3 });
  expect(await ask()).toMatchObject({ granted: true, grant: { epoch: '3' } });
  bench.clock.set('2026-11-24T00:00:00Z');
  expect(await ask()).toMatchObject({ granted: false, kind: 'consent-missing', reasons: ['dpa-expired'] });
});

test('a grant is of the gate’s epoch, the active integration and the policy', async () => {
  await bench.narrow(link, { hidden: { user: ['email'] }, stage: 'Alva' });
  const outcome = await ask();
  expect(outcome).toMatchObject({ granted: true, grant: { ...link, epoch: '3', jobScope: { stageNameContains: 'Alva' } } });
  if (outcome.granted) expect([...(outcome.grant.fields.get('user') ?? [])]).toEqual(['firstName', 'lastName', 'remoteUpdatedAt']);
});

test('no grant without an active integration, and for what the agreement does not cover', async () => {
  expect(await ask('write-back')).toMatchObject({ granted: false, kind: 'consent-does-not-cover' });
  await bench.rows(link, 'update integration set active = false');
  expect(await ask()).toMatchObject({ granted: false, kind: 'integration-disabled' });
});

test('a gate whose decision cannot be read grants nothing', async () => {
  for (const decision of ['{}', '{"open": true}', '"open"', 'null']) {
    await bench.rows(link, 'update consent_gate set decision = $1', [decision]);
    expect(await ask()).toMatchObject({ granted: false, kind: 'consent-missing' });
  }
});
