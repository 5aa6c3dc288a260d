import { randomUUID } from 'node:crypto';
import { setTimeout as pause } from 'node:timers/promises';
import { NOW, StoreWorld, type Link } from '../world.for-spec.js';
import { FEED_START, feedEnd, readFeed, type FeedPosition, type FeedRow } from './feed.js';

const WRITERS = 16;
const CHANGES = 1_000;

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

test('with many writers at once a reader by cursor sees each change once, and those of a record in their order', async () => {
  const records = Array.from({ length: 40 }, () => randomUUID());
  await world.in(link, async (tx) => {
    for (const id of records)
      await tx.run(
        `insert into job (tenant_id, id, status, visibility, stages, hiring_team, changed_at) values ($1, $2, 'open', 'public', '[]', '[]', $3)`,
        [link.tenantId, id, NOW.toISOString()],
      );
  });
  const start = await world.store.inPlatform(feedEnd);
  const seen: FeedRow[] = [];
  let isWriting = true;
  const reading = (async () => {
    let at = start;
    while (isWriting) at = await drain(at, seen, 97);
    await drain(at, seen, 97);
  })();
  const write = async (writer: number) => {
    for (let n = 0; n < CHANGES / WRITERS; n++) {
      const record = records[(writer * 7 + n * 13) % records.length];
      await world.in(link, async (tx) => {
        // A transaction has its number before it waits for the record: their order is not that of the changes.
        await tx.run('insert into change (tenant_id, resource, record_id, kind, fields, at) values ($1, $2, $3, $4, $5, $6)', [
          link.tenantId,
          'noise',
          randomUUID(),
          'noise',
          '{}',
          NOW.toISOString(),
        ]);
        await tx.run(
          `with counted as (update job set name = (coalesce(name, '0')::int + 1)::text where tenant_id = $1 and id = $2 returning name)
           insert into change (tenant_id, resource, record_id, kind, fields, at) select $1, 'job', $2, name, '{}', $3 from counted`,
          [link.tenantId, record, NOW.toISOString()],
        );
      });
    }
  };
  await Promise.all(Array.from({ length: WRITERS }, (_, writer) => write(writer)));
  isWriting = false;
  await reading;
  expect(new Set(seen.map(({ seq }) => seq)).size).toBe(seen.length);
  expect(seen).toHaveLength(2 * WRITERS * Math.ceil(CHANGES / WRITERS));
  for (const record of records) {
    const numbers = seen.filter(({ recordId }) => recordId === record).map(({ kind }) => Number(kind));
    expect(numbers).toEqual(numbers.map((_, place) => place + 1));
  }
}, 60_000);

test('somebody who begins at the start sees all that is there', async () => {
  const seen: FeedRow[] = [];
  await drain(FEED_START, seen);
  const rows = await world.rows(link, 'select 1 from change');
  expect(seen).toHaveLength(rows.length);
});
