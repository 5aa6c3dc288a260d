import { decideHeld, heldCount } from '#libs/store';
import { Bench, type Link } from './bench.for-spec.js';
import { Source } from './source.for-spec.js';

let bench: Bench;
let link: Link;

beforeAll(async () => {
  bench = await Bench.create();
});
beforeEach(async () => {
  link = await bench.link();
});
afterAll(() => bench.close());

/** Candidates c0, c1, … of which the first `from` are left out. */
function candidates(to: number, from = 0, source = new Source(100)): Source {
  for (let n = from; n < to; n++) source.put('candidate', `c${n}`, { firstName: `C ${n}` });
  return source;
}

const alive = () => bench.alive(link, 'candidate');

test('what a complete full run has not seen is deleted', async () => {
  await bench.sync(link, candidates(5));
  const run = await bench.sync(link, candidates(5, 2));
  expect(await alive()).toEqual(['c2', 'c3', 'c4']);
  expect(run.progress).toMatchObject({ read: 3, deleted: 2, heldDeletions: 0 });
});

test('a full run that does not get to its end deletes nothing', async () => {
  await bench.sync(link, candidates(5));
  const source = candidates(5, 2, new Source(1));
  source.meanwhile = ({ resource, cursor }) => {
    if (resource === 'candidate' && cursor === '2') throw new Error('down');
  };
  await expect(bench.sync(link, source)).rejects.toThrow('down');
  expect(await alive()).toHaveLength(5);
});

test('a full run that goes on after a crash knows what it saw before', async () => {
  await bench.sync(link, candidates(5));
  const source = candidates(5, 2, new Source(1));
  source.meanwhile = (_asked, n) => {
    if (n === 5) throw new Error('down');
  };
  await expect(bench.sync(link, source)).rejects.toThrow('down');
  expect((await bench.sync(link, source)).progress).toMatchObject({ deleted: 2 });
  expect(await alive()).toEqual(['c2', 'c3', 'c4']);
});

test('the early read of the newest jobs’ candidates deletes nothing by absence', async () => {
  await bench.sync(link, candidates(3), 'full', ['candidate']);
  await bench.rows(link, 'delete from sync_watermark');
  const source = candidates(3, 2).put('job', 'j', { status: 'open' });
  source.byJob = true;
  source.meanwhile = ({ resource, jobs }) => {
    if (resource === 'candidate' && jobs === undefined) throw new Error('down');
  };
  await expect(bench.sync(link, source)).rejects.toThrow('down');
  expect(source.asked.filter(({ jobs }) => jobs !== undefined).map(({ resource }) => resource)).toContain('candidate');
  expect(await alive()).toHaveLength(3);
});

test('a run of other resources deletes nothing of this one', async () => {
  await bench.sync(link, candidates(3));
  await bench.sync(link, new Source(), 'full', ['job']);
  expect(await alive()).toHaveLength(3);
});

test('what another integration brought before, and this one does not have, is gone after a complete run', async () => {
  await bench.sync(link, candidates(3));
  const other = await bench.integration(link.tenantId, false);
  await bench.rows(link, 'update integration set active = false');
  await bench.rows(link, 'update integration set active = true where id = $1', [other]);
  await bench.sync({ ...link, integrationId: other }, new Source().put('candidate', 'theirs'));
  expect(await alive()).toHaveLength(1);
});

const SIZES = [
  { records: 50, gone: 50, held: false },
  { records: 51, gone: 51, held: true },
  { records: 255, gone: 51, held: false },
  { records: 254, gone: 51, held: true },
];

test.each(SIZES)('$gone of $records records gone at once: held is $held', async ({ records, gone, held }) => {
  await bench.sync(link, candidates(records), 'full', ['candidate']);
  const run = await bench.sync(link, candidates(records, gone), 'full', ['candidate']);
  expect(run.progress).toMatchObject(held ? { deleted: 0, heldDeletions: gone } : { deleted: gone, heldDeletions: 0 });
  expect(await alive()).toHaveLength(held ? records : records - gone);
});

test('as many reported as deleted by a delta are held as well', async () => {
  await bench.sync(link, candidates(60), 'full', ['candidate']);
  const source = new Source(100);
  for (let n = 0; n < 55; n++) source.put('candidate', `c${n}`, { deleted: true });
  const run = await bench.sync(link, source, 'delta', ['candidate']);
  expect(run.progress).toMatchObject({ deleted: 0, heldDeletions: 55 });
  expect(await alive()).toHaveLength(60);
});

test('held deletions end when a later full run sees the records again, and can be carried out until then', async () => {
  await bench.sync(link, candidates(60), 'full', ['candidate']);
  const { id: runId } = await bench.sync(link, candidates(60, 55), 'full', ['candidate']);
  const held = (run: string) => bench.store.inTenant(link.tenantId, (tx) => heldCount(tx, link.tenantId, run));
  expect(await held(runId)).toBe(55);
  await bench.sync(link, candidates(60), 'full', ['candidate']);
  expect(await held(runId)).toBeNull();

  const { id: again } = await bench.sync(link, candidates(60, 55), 'full', ['candidate']);
  const carriedOut = await bench.store.inTenant(link.tenantId, (tx) =>
    decideHeld(tx, { ...link, runId: again, decision: 'carry-out', by: 'someone', now: bench.clock.now() }),
  );
  expect(carriedOut).toBe(55);
  expect(await alive()).toHaveLength(5);
});

describe('a record that comes malformed', () => {
  test('is set aside with its reason, and not deleted where it is known', async () => {
    await bench.sync(link, candidates(3));
    const source = candidates(3, 2);
    source.setAside.candidate = [{ externalId: 'c1', reason: 'field-malformed', field: 'first_name' }];
    const run = await bench.sync(link, source);
    expect(run.progress).toMatchObject({ read: 2, setAside: 1, deleted: 1 });
    expect(await alive()).toEqual(['c1', 'c2']);
    expect(await bench.rows(link, 'select resource, external_id, reason, field from set_aside')).toEqual([
      { resource: 'candidate', external_id: 'c1', reason: 'field-malformed', field: 'first_name' },
    ]);
  });

  test('without a name keeps all of its resource from being deleted by absence, and no other resource', async () => {
    const first = candidates(3).put('job', 'gone').put('job', 'stays');
    await bench.sync(link, first);
    const source = candidates(3, 2).put('job', 'stays');
    source.setAside.candidate = [{ externalId: null, reason: 'id-missing', field: null }];
    await bench.sync(link, source);
    expect([await alive(), await bench.alive(link, 'job')]).toEqual([['c0', 'c1', 'c2'], ['stays']]);
  });

  test('is also one whose id the allowlist refuses; the rest of the page is stored', async () => {
    await bench.sync(link, candidates(2));
    const run = await bench.sync(link, candidates(3, 1).put('candidate', 'x'.repeat(501)));
    expect(run.progress).toMatchObject({ read: 3, created: 1, unchanged: 1, setAside: 1, deleted: 0 });
    expect(await bench.rows(link, 'select external_id, reason from set_aside')).toEqual([{ external_id: null, reason: 'id-malformed' }]);
    expect(await alive()).toEqual(['c0', 'c1', 'c2']);
  });
});

describe('a delta', () => {
  test('deletes what the source reports, and nothing that it leaves out', async () => {
    await bench.sync(link, candidates(5));
    const source = new Source().put('candidate', 'c1', { deleted: true }).put('candidate', 'c2', { firstName: 'new' });
    const run = await bench.sync(link, source, 'delta');
    expect(run.progress).toMatchObject({ read: 2, changed: 1, deleted: 1 });
    expect(await alive()).toEqual(['c0', 'c2', 'c3', 'c4']);
  });

  test('takes a deleted record that it never knew for nothing', async () => {
    await bench.sync(link, candidates(1));
    const run = await bench.sync(link, new Source().put('candidate', 'never', { deleted: true }), 'delta');
    expect(run.progress).toMatchObject({ read: 1, created: 0, deleted: 0 });
    expect(await bench.rows(link, `select 1 from identity where external_id = 'never'`)).toEqual([]);
  });
});

test('a record deleted and then there again is created again, with its old id', async () => {
  await bench.sync(link, candidates(2));
  const before = await bench.rows(link, 'select id from candidate order by 1');
  await bench.sync(link, candidates(2, 1));
  const run = await bench.sync(link, candidates(2));
  expect(run.progress).toMatchObject({ created: 1, unchanged: 1 });
  expect(await bench.rows(link, 'select id from candidate where deleted_at is null order by 1')).toEqual(before);
});
