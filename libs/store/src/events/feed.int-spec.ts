import { randomUUID } from 'node:crypto';
import { setTimeout as pause } from 'node:timers/promises';
import { NOW, StoreWorld, type Link } from '../world.for-spec.js';
import { beyond, FEED_START, feedEnd, readFeed, type FeedPosition, type FeedRow } from './feed.js';

const WRITERS = 16;
const CHANGES = 10_000;
const AT_ONCE = 50;

let world: StoreWorld;
let link: Link;
beforeAll(async () => {
  world = await StoreWorld.create(WRITERS + 4);
  link = await world.link();
});
afterAll(() => world.close());

const read = (position: FeedPosition, limit = 250) => world.store.inPlatform((tx) => readFeed(tx, { position, limit, tenants: null }));

/** Everything from a position on, page by page, until nothing more is there. */
async function drain(position: FeedPosition, into: FeedRow[], limit?: number): Promise<FeedPosition> {
  for (let at = position; ;) {
    const page = await read(at, limit);
    into.push(...page.rows);
    at = page.position;
    if (!page.isFull) return at;
  }
}

test('a slow transaction’s row is not skipped, and none comes twice', async () => {
  const start = await world.store.inPlatform(feedEnd);
  const record = randomUUID();
  const note = (tx: Parameters<Parameters<StoreWorld['in']>[1]>[0], kind: string) =>
    tx.run(`insert into change (tenant_id, resource, record_id, kind, fields, at) values ($1, 'job', $2, $3, '{}', $4)`, [
      link.tenantId,
      record,
      kind,
      NOW.toISOString(),
    ]);
  let release = (): void => undefined;
  const held = new Promise<void>((resolve) => (release = resolve));
  const slow = world.in(link, async (tx) => {
    await note(tx, 'slow');
    await held;
  });
  await pause(50);
  await world.in(link, (tx) => note(tx, 'quick'));
  const seen: FeedRow[] = [];
  const after = await drain(start, seen);
  expect(seen.map(({ kind }) => kind)).toEqual(['quick']);
  release();
  await slow;
  await drain(after, seen);
  expect(seen.map(({ kind }) => kind)).toEqual(['quick', 'slow']);
});

/** Changes some records in one transaction: their numbers count on, and a transaction has its own number before it waits for them. */
const changeSome = (ids: readonly string[]) =>
  world.in(link, async (tx) => {
    await tx.rows('select pg_current_xact_id()');
    // In one order, or two transactions would wait for each other.
    await tx.rows('select 1 from job where tenant_id = $1 and id = any($2::uuid[]) order by id for update', [link.tenantId, ids]);
    await tx.run(
      `with counted as (update job set name = (coalesce(name, '0')::int + 1)::text where tenant_id = $1 and id = any($2::uuid[]) returning id, name)
       insert into change (tenant_id, resource, record_id, kind, fields, at) select $1, 'job', id, name, '{}', $3 from counted`,
      [link.tenantId, ids, NOW.toISOString()],
    );
  });

test('with 16 writers of 10,000 changes each a reader by cursor sees each change once, and those of a record in their order', async () => {
  const records = Array.from({ length: 400 }, () => randomUUID());
  await world.in(link, (tx) =>
    tx.run(
      `insert into job (tenant_id, id, status, visibility, stages, hiring_team, changed_at)
       select $1, id, 'open', 'public', '[]', '[]', $3 from unnest($2::uuid[]) as id`,
      [link.tenantId, records, NOW.toISOString()],
    ),
  );
  const start = await world.store.inPlatform(feedEnd);
  const seen: FeedRow[] = [];
  const writing = { goesOn: true };
  const reading = (async () => {
    let at = start;
    while (writing.goesOn) at = await drain(at, seen, 97);
    await drain(at, seen, 97);
  })();
  const write = async (writer: number) => {
    for (let done = 0; done < CHANGES; done += AT_ONCE) {
      const first = (writer * 37 + done * 13) % records.length;
      await changeSome(Array.from({ length: AT_ONCE }, (_, n) => records[(first + n) % records.length] ?? ''));
    }
  };
  await Promise.all(Array.from({ length: WRITERS }, (_, writer) => write(writer)));
  writing.goesOn = false;
  await reading;
  expect(seen).toHaveLength(WRITERS * CHANGES);
  expect(new Set(seen.map(({ seq }) => seq)).size).toBe(seen.length);
  const numbers = new Map<string, number>();
  for (const { recordId, kind } of seen) {
    expect(Number(kind)).toBe((numbers.get(recordId) ?? 0) + 1);
    numbers.set(recordId, Number(kind));
  }
}, 180_000);

test('somebody who begins at the start sees all that is there', async () => {
  const seen: FeedRow[] = [];
  await drain(FEED_START, seen);
  const rows = await world.rows(link, 'select 1 from change');
  expect(seen).toHaveLength(rows.length);
});

test('somebody who goes back to an event sees everything after it again', async () => {
  const seen: FeedRow[] = [];
  await drain(FEED_START, seen);
  const middle = seen[Math.floor(seen.length / 2)];
  const again: FeedRow[] = [];
  await drain(beyond(middle?.seq ?? ''), again, 7919);
  expect(again).toEqual(seen.filter(({ seq }) => BigInt(seq) > BigInt(middle?.seq ?? 0)));
});
