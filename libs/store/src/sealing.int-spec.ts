import { randomBytes } from 'node:crypto';
import { containsCanary, CANARY } from '#libs/testkit';
import { Sealer, type Place } from './sealing.js';
import { StoreWorld, type Link } from './world.for-spec.js';

const PLACE: Place = { table: 'integration', column: 'sealed_credentials', rowId: 'row' };
const newKey = () => randomBytes(32).toString('base64');

let world: StoreWorld;
let link: Link;
const sealer = new Sealer(newKey());

beforeAll(async () => {
  world = await StoreWorld.create();
  link = await world.link();
});
afterAll(() => world.close());

const seal = (plain: string) => world.in(link, (tx) => sealer.seal(tx, link.tenantId, PLACE, plain));
const open = (sealed: Buffer, place = PLACE, by = sealer, owner = link) =>
  world.in(owner, (tx) => by.open(tx, owner.tenantId, place, sealed));
const REFUSED = { kind: 'internal', detail: expect.stringContaining('does not open') };

test.each(['', 'secret', '{"a":"ö👩🏽‍💻"}', 'x'.repeat(100_000)])('opens what it sealed', async (plain) => {
  expect(await open(await seal(plain))).toBe(plain);
});

test('the same secret never looks the same twice', async () => {
  expect(await seal('secret')).not.toEqual(await seal('secret'));
});

test('a value with any one byte altered does not open', async () => {
  const sealed = await seal('secret');
  for (let at = 0; at < sealed.length; at++) {
    const altered = Buffer.from(sealed);
    altered[at] = (altered[at] ?? 0) ^ 1;
    await expect(open(altered)).rejects.toMatchObject(REFUSED);
  }
});

test.each([0, 11, 12, 27, 28, -1])('a value cut to %i bytes does not open', async (length) => {
  await expect(open((await seal('secret')).subarray(0, length))).rejects.toMatchObject(REFUSED);
});

test.each([
  { rowId: 'other' },
  { column: 'other' },
  { table: 'other' },
  { table: 'integration sealed_credentials', column: 'row', rowId: '' },
])('a value moved to %j does not open', async (elsewhere) => {
  await expect(open(await seal('secret'), { ...PLACE, ...elsewhere })).rejects.toMatchObject(REFUSED);
});

test('another tenant cannot open it', async () => {
  const stranger = await world.link();
  await expect(open(await seal('secret'), PLACE, sealer, stranger)).rejects.toMatchObject(REFUSED);
});

test('another ENCRYPTION_KEY does not open it', async () => {
  await expect(open(await seal('secret'), PLACE, new Sealer(newKey()))).rejects.toMatchObject(REFUSED);
});

test('without the tenant’s key nothing opens any more', async () => {
  const shredded = await world.link();
  const sealed = await world.in(shredded, (tx) => sealer.seal(tx, shredded.tenantId, PLACE, 'secret'));
  await world.rows(shredded, 'delete from tenant_key');
  await expect(open(sealed, PLACE, sealer, shredded)).rejects.toMatchObject(REFUSED);
});

test('a tenant’s first two secrets, sealed at once, both open', async () => {
  const fresh = await world.link();
  const both = await Promise.all(['one', 'two'].map((plain) => world.in(fresh, (tx) => sealer.seal(tx, fresh.tenantId, PLACE, plain))));
  expect(await Promise.all(both.map((sealed) => open(sealed, PLACE, sealer, fresh)))).toEqual(['one', 'two']);
});

test('no table holds a secret or a key in clear', async () => {
  const fresh = await world.link();
  const value = await world.in(fresh, (tx) => sealer.seal(tx, fresh.tenantId, PLACE, CANARY.note));
  await world.rows(fresh, 'update integration set sealed_credentials = $1', [value]);
  const rows = await world.rows(
    fresh,
    'select i::text as integration, k::text as key, length(wrapped_key) as length from integration i, tenant_key k',
  );
  expect(rows).toEqual([expect.objectContaining({ length: 60 })]);
  expect(containsCanary(JSON.stringify(rows))).toBeUndefined();
  expect(containsCanary(value.toString('latin1'))).toBeUndefined();
});

test.each(['', 'short', randomBytes(31).toString('base64'), randomBytes(33).toString('base64')])(
  'a key that is not 32 bytes is refused',
  (key) => {
    expect(() => new Sealer(key)).toThrow(expect.objectContaining({ kind: 'config-invalid' }));
  },
);

test('what belongs to no tenant opens in its own place alone, and under its own key', () => {
  const sealed = sealer.sealOfPlatform(PLACE, 'secret');
  expect(sealer.openOfPlatform(PLACE, sealed)).toBe('secret');
  expect(sealed.toString('latin1')).not.toContain('secret');
  expect(() => sealer.openOfPlatform({ ...PLACE, rowId: 'other' }, sealed)).toThrow('does not open');
  expect(() => new Sealer(newKey()).openOfPlatform(PLACE, sealed)).toThrow('does not open');
});
