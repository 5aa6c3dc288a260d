import { randomUUID } from 'node:crypto';
import { inspect } from 'node:util';
import { GatewayError } from '#libs/model';
import { createDatabase } from '#libs/testkit';
import { Integration } from './entities/index.js';
import { Store } from './store.js';
import type { Transaction } from './transaction.js';
import { connect, NOW, StoreWorld, type Link } from './world.for-spec.js';

const MARKER = 'zq7-marker';

let world: StoreWorld;
let link: Link;

beforeAll(async () => {
  world = await StoreWorld.create();
  link = await world.link();
});
afterAll(() => world.close());

const integration = (tx: Transaction, changes: object) =>
  tx.em.insert(Integration, {
    tenantId: link.tenantId,
    id: randomUUID(),
    type: 'native',
    ats: MARKER,
    connector: MARKER,
    settings: { secret: MARKER },
    active: false,
    state: 'connected',
    createdAt: NOW,
    updatedAt: NOW,
    ...changes,
  });

const FAILURES: readonly (readonly [string, string, string, (tx: Transaction) => Promise<unknown>])[] = [
  [
    'a unique key',
    'conflict',
    '23505',
    async (tx) => {
      for (let n = 0; n < 2; n++)
        await tx.run(`insert into identity values ($1, $2, $3, $2, $3, $2)`, [link.tenantId, MARKER, link.integrationId]);
    },
  ],
  [
    'a foreign key',
    'conflict',
    '23503',
    (tx) => tx.run(`insert into identity values ($1, $2, $3, $2, $3, $2)`, [link.tenantId, MARKER, randomUUID()]),
  ],
  ['a check', 'internal', '23514', (tx) => integration(tx, { type: MARKER })],
  ['a column that must not be null', 'internal', '23502', (tx) => integration(tx, { state: null })],
  ['a cast', 'internal', '22P02', (tx) => tx.rows('select $1::text::uuid as id', [MARKER])],
  ['a time', 'internal', '22007', (tx) => tx.rows('select $1::text::timestamptz as at', [MARKER])],
  ['JSON', 'internal', '22P02', (tx) => tx.rows('select $1::text::jsonb as json', [`{"${MARKER}`])],
  ['NUL', 'internal', '22021', (tx) => tx.rows('select $1::text as text', [`${MARKER}\0`])],
  ['a statement', 'internal', '42601', (tx) => tx.rows(`select '${MARKER}' from from`)],
  [
    'what a trigger or function says',
    'internal',
    'P0001',
    (tx) => tx.rows(`do $$ begin raise exception '${MARKER}' using detail = '${MARKER}'; end $$`),
  ],
];

test.each(FAILURES)('an error over %s says which rule was broken, never by what', async (_what, kind, sqlState, work) => {
  const error: unknown = await world.in(link, work).catch((thrown: unknown) => thrown);
  expect(error).toBeInstanceOf(GatewayError);
  expect(error).toMatchObject({ kind, context: { sqlState } });
  const told =
    error instanceof Error
      ? [JSON.stringify(error), String(error), error.stack, inspect(error, { depth: null, showHidden: true })].join()
      : '';
  expect(told).toContain(kind);
  expect(told).not.toContain(MARKER);
});

test('an error of the work itself passes as it is, and nothing commits', async () => {
  const own = new TypeError('own');
  const work = world.in(link, async (tx) => {
    await tx.run(`update tenant set name = 'changed'`);
    throw own;
  });
  await expect(work).rejects.toBe(own);
  expect(await world.rows(link, 'select name from tenant')).toEqual([{ name: 'Test' }]);
});

test('a connection lost within a transaction is worth another try, and takes no place in the pool', async () => {
  const small = await Store.open({ url: world.database.appUrl, poolMax: 1, privileged: 'refuse' });
  const killer = await connect(world.database.appUrl);
  for (const when of ['at rest', 'in a statement']) {
    const cut = small.inTenant(link.tenantId, async (tx) => {
      const [session] = await tx.rows<{ pid: number }>('select pg_backend_pid() as pid');
      const kill = () => killer.query('select pg_terminate_backend($1)', [session?.pid]);
      if (when === 'at rest') await kill();
      else setTimeout(() => void kill(), 50);
      return tx.rows('select pg_sleep(5)');
    });
    await expect(cut).rejects.toMatchObject({ kind: 'internal', retry: { when: 'later' } });
  }
  expect(await small.inPlatform((tx) => tx.rows('select 1 as n'))).toEqual([{ n: 1 }]);
  await Promise.all([killer.end(), small.close()]);
});

test('a login that owns tables is refused where privileged logins are, and named so', async () => {
  const opened = Store.open({ url: world.database.ownerUrl, poolMax: 1, privileged: 'refuse' });
  await expect(opened).rejects.toMatchObject({
    kind: 'config-invalid',
    context: { ownsTables: true, superuser: false, bypassesRowSecurity: false },
  });
});

test('a login that is a member of the owner is refused like the owner', async () => {
  const admin = await connect(world.database.adminUrl);
  await admin.query(`create role member_of_the_owner login password 'member' in role gateway_owner`);
  const url = new URL(world.database.appUrl);
  url.username = 'member_of_the_owner';
  url.password = 'member';
  const opened = Store.open({ url: url.href, poolMax: 1, privileged: 'refuse' });
  await expect(opened).rejects.toMatchObject({ kind: 'config-invalid', context: { ownsTables: true } });
  await admin.query('drop role member_of_the_owner');
  await admin.end();
});

test('an owner is let in where privileged logins are allowed, and still sees no tenant', async () => {
  const store = await Store.open({ url: world.database.ownerUrl, poolMax: 1, privileged: 'allow' });
  expect(await store.inTenant(randomUUID(), (tx) => tx.rows('select id from tenant'))).toEqual([]);
  await store.close();
});

test('a database that lacks a migration is refused', async () => {
  const behind = await createDatabase();
  const owner = await connect(behind.ownerUrl);
  await owner.query('delete from schema_migration');
  await owner.end();
  await expect(Store.open({ url: behind.appUrl, poolMax: 1, privileged: 'refuse' })).rejects.toMatchObject({ kind: 'config-invalid' });
  await behind.drop();
});

test.each(['postgres://someone:secret@127.0.0.1:1/none', 'postgres://someone:secret@no-such-host.invalid/none'])(
  'a database that cannot be reached is refused without a word of the login',
  async (url) => {
    const error: unknown = await Store.open({ url, poolMax: 1, privileged: 'refuse' }).catch((thrown: unknown) => thrown);
    expect(error).toMatchObject({ kind: 'config-invalid' });
    expect(inspect(error, { depth: null, showHidden: true })).not.toMatch(/secret|someone/);
  },
);
