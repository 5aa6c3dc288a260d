import type { EntryContent } from '#libs/consent';
import { cancelRuns } from '#libs/store';
import { CANARY, containsCanary } from '#libs/testkit';
import { Bench, DISABLED, DPA, ENABLED, type Link } from './bench.for-spec.js';
import { Source, type Asked } from './source.for-spec.js';
import { LostRun } from './stops.js';

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

/** Ten pages of candidates and two of jobs. */
function filled(): Source {
  const source = new Source(1).put('job', 'j0').put('job', 'j1');
  for (let n = 0; n < 10; n++) source.put('candidate', `c${n}`, { firstName: `C ${n}`, email: `c${n}@c.example` });
  return source;
}

const atPage = (cursor: string, what: () => unknown) => async (asked: Asked) => {
  if (asked.resource === 'candidate' && asked.cursor === cursor) await what();
};

/** Everything that a run may leave behind. */
const traces = () =>
  bench.rows(
    link,
    `select (select count(*)::int from candidate) as candidates, (select count(*)::int from change) as changes,
            (select count(*)::int from identity) as identities, (select progress ->> 'pages' from sync_run) as pages`,
  );

const TERMINATED: EntryContent = { kind: 'dpa-terminated', effectiveFrom: '2026-02-01T00:00:00Z', endChoice: 'delete' };

test.each([
  ['integration-disabled', DISABLED],
  ['consent-missing', TERMINATED],
] as const)('%s between two pages: nothing commits afterwards and nothing more is asked for', async (kind, entry) => {
  const source = filled();
  let atRevocation: unknown;
  source.meanwhile = atPage('4', async () => {
    await bench.record(link, entry);
    atRevocation = await traces();
  });
  const run = await bench.claim(link);
  await expect(bench.work(run, source)).rejects.toMatchObject({ kind });
  expect(source.asked.at(-1)).toMatchObject({ resource: 'candidate', cursor: '4' });
  expect(await traces()).toEqual(atRevocation);
  expect(await bench.runOf(run)).toMatchObject({ state: 'running', finishedAt: null });
});

test('an agreement that ends while a run goes on stops it, without anyone recording anything', async () => {
  const limited = await bench.link({ ...DPA, effectiveTo: '2026-11-22T10:30:00Z' }, ENABLED);
  const source = filled();
  source.meanwhile = atPage('4', () => bench.clock.set('2026-11-22T10:30:00Z'));
  await expect(bench.work(await bench.claim(limited), source)).rejects.toMatchObject({ kind: 'consent-missing' });
  expect(source.asked.at(-1)).toMatchObject({ cursor: '4' });
  expect((await bench.alive(limited, 'candidate')).length).toBeLessThan(5);
});

test('without consent a run asks for nothing', async () => {
  const closed = await bench.link(DPA);
  const source = filled();
  await expect(bench.work(await bench.claim(closed), source)).rejects.toMatchObject({ kind: 'integration-disabled' });
  expect(source.asked).toEqual([]);
});

test('a change of the ledger that still covers the run does not stop it', async () => {
  const source = filled();
  source.meanwhile = atPage('4', async () => {
    await bench.record(link, DISABLED);
    await bench.record(link, ENABLED);
    await bench.record(link, { ...DPA, documentVersion: '2' });
  });
  expect(await bench.sync(link, source)).toMatchObject({ state: 'succeeded', progress: { created: 12 } });
  expect(await bench.alive(link, 'candidate')).toHaveLength(10);
});

test('an agreement that covers less from the middle on stops what it no longer covers', async () => {
  const source = filled();
  source.meanwhile = atPage('4', () => bench.record(link, { ...DPA, covers: { read: ['job'], write: [] } }));
  await expect(bench.work(await bench.claim(link), source)).rejects.toMatchObject({ kind: 'consent-does-not-cover' });
  expect((await bench.alive(link, 'candidate')).length).toBeLessThan(5);
});

test('a resource that is not covered is not asked for, nor counted as read', async () => {
  const jobsOnly = await bench.link({ ...DPA, covers: { read: ['job'], write: [] } }, ENABLED);
  const source = filled();
  await bench.sync(jobsOnly, source);
  expect(new Set(source.asked.map(({ resource }) => resource))).toEqual(new Set(['job']));
  expect(await bench.rows(jobsOnly, 'select resource from sync_watermark')).toEqual([{ resource: 'job' }]);
});

test('a run ends where another integration has become the active one', async () => {
  const other = await bench.integration(link.tenantId, false);
  const source = filled();
  source.meanwhile = atPage('4', async () => {
    await bench.store.inTenant(link.tenantId, async (tx) => {
      await tx.run('update integration set active = false');
      await tx.run('update integration set active = true where id = $1', [other]);
      await tx.run('update consent_gate set epoch = epoch + 1');
    });
  });
  await expect(bench.work(await bench.claim(link), source)).rejects.toBeInstanceOf(LostRun);
  expect(source.asked.at(-1)).toMatchObject({ cursor: '4' });
});

test('a cancelled run stores nothing more', async () => {
  const source = filled();
  let atCancel: unknown;
  source.meanwhile = atPage('4', async () => {
    await bench.store.inTenant(link.tenantId, (tx) => cancelRuns(tx, link.tenantId, null, bench.clock.now()));
    atCancel = await traces();
  });
  await expect(bench.work(await bench.claim(link), source)).rejects.toBeInstanceOf(LostRun);
  expect(await traces()).toEqual(atCancel);
});

test('a hidden field is never stored, and its change not told', async () => {
  await bench.narrow(link, { hidden: { candidate: ['email', 'lastName'] } });
  const source = new Source().put('candidate', 'c', { firstName: 'Kim', lastName: CANARY.lastName, email: CANARY.email });
  await bench.sync(link, source);
  source.put('candidate', 'c', { firstName: 'Kim', lastName: 'other', email: 'other@c.example' });
  const run = await bench.sync(link, source, 'delta');
  expect(run.progress).toMatchObject({ changed: 0, unchanged: 1 });
  expect(await bench.rows(link, 'select first_name, last_name, email from candidate')).toEqual([
    { first_name: 'Kim', last_name: null, email: null },
  ]);
});

test('what no allowlist admits is found in no table', async () => {
  const { phone, salary, note, address, tag, ...person } = CANARY;
  const beyond = { ...person, phone, salary, note, tags: [tag], location: { name: address, street: address }, custom: { [note]: phone } };
  const source = new Source()
    .put('candidate', 'c', beyond)
    .put('user', 'u', beyond)
    .put('application', 'a', { ...beyond, stageName: 'New' });
  source.put('job', 'j', {
    name: 'Engineer',
    hiringTeam: ['u'],
    stages: [{ externalId: 's', remoteId: null, name: 'New', position: 0, ...{ note } }],
    ...{ salary },
  });
  await bench.sync(link, source);
  const tables = await bench.rows<{ name: string }>(
    link,
    `select table_name as name from information_schema.tables where table_schema = 'public'`,
  );
  const dump = await Promise.all(tables.map(({ name }) => bench.rows(link, `select t::text from ${name} t`)));
  expect(containsCanary(JSON.stringify(dump), [person.firstName])).toBe(person.firstName);
  expect(containsCanary(JSON.stringify(dump), [phone, salary, note, address, tag])).toBeUndefined();
});

test('names of fields left behind are counted over the pages', async () => {
  const source = filled();
  source.dropped = new Map([
    ['salary', 2],
    ['*', 1],
  ]);
  const run = await bench.sync(link, source);
  expect(run.progress.droppedFields).toEqual({ salary: 2 * run.progress.pages, '*': run.progress.pages });
});
