import { Bench, type Link } from './bench.for-spec.js';
import { Source } from './source.for-spec.js';

let bench: Bench;
let link: Link;

beforeAll(async () => {
  bench = await Bench.create();
});
beforeEach(async () => {
  link = await bench.link();
  await bench.narrow(link, { stage: 'Alva' });
});
afterAll(() => bench.close());

const stages = (...names: readonly (string | null)[]) => ({
  stages: names.map((name, n) => ({ externalId: `${name}${n}`, remoteId: null, name, position: n })),
});

/** Two jobs of which one has an Alva stage; a candidate of each, one of both, one of none. */
function filled(source = new Source()): Source {
  source.put('user', 'u');
  source.put('job', 'in', stages('New', '2. ALVA test')).put('job', 'out', stages('New', null));
  source
    .put('application', 'a-in', { jobId: 'in', candidateId: 'c-in' })
    .put('application', 'a-out', { jobId: 'out', candidateId: 'c-out' });
  source
    .put('application', 'b-in', { jobId: 'in', candidateId: 'c-both' })
    .put('application', 'b-out', { jobId: 'out', candidateId: 'c-both' });
  source.put('application', 'a-jobless', { candidateId: 'c-in' });
  for (const name of ['c-in', 'c-out', 'c-both', 'c-none']) source.put('candidate', name, { firstName: name });
  return source;
}

const everything = async () => [
  await bench.alive(link, 'job'),
  await bench.alive(link, 'application'),
  await bench.alive(link, 'candidate'),
];

test('only jobs with such a stage enter, with their applications and those who applied', async () => {
  await bench.sync(link, filled());
  expect(await everything()).toEqual([['in'], ['a-in', 'b-in'], ['c-both', 'c-in']]);
  expect(await bench.alive(link, 'ats_user')).toEqual(['u']);
  expect(await bench.rows(link, `select first_name from candidate where first_name = 'c-out'`)).toEqual([]);
});

test('a delta brings nothing from outside the scope either', async () => {
  await bench.sync(link, filled());
  const source = new Source()
    .put('job', 'new-out', stages('New'))
    .put('application', 'n-out', { jobId: 'new-out', candidateId: 'n-c' })
    .put('candidate', 'n-c');
  const run = await bench.sync(link, source, 'delta');
  expect(run.progress).toMatchObject({ read: 3, created: 0, deleted: 0 });
  expect(await everything()).toEqual([['in'], ['a-in', 'b-in'], ['c-both', 'c-in']]);
});

test('a job that leaves the scope takes its applications, and candidates that have no other, along', async () => {
  const source = filled().put('job', 'second', stages('alva')).put('application', 's-both', { jobId: 'second', candidateId: 'c-both' });
  await bench.sync(link, source);
  const run = await bench.sync(link, new Source().put('job', 'in', stages('New')), 'delta');
  expect(await everything()).toEqual([['second'], ['s-both'], ['c-both']]);
  expect(run.progress).toMatchObject({ deleted: 4 });
});

test('a job that is deleted takes its applications along', async () => {
  await bench.sync(link, filled());
  await bench.sync(link, new Source().put('job', 'in', { deleted: true }), 'delta');
  expect(await everything()).toEqual([[], [], []]);
});

test('an application that moves to a job outside of the scope goes, and its candidate with it', async () => {
  await bench.sync(link, filled());
  await bench.sync(link, new Source().put('application', 'a-in', { jobId: 'out', candidateId: 'c-in' }), 'delta');
  expect(await everything()).toEqual([['in'], ['b-in'], ['c-both']]);
});

test('a job that enters the scope by a delta has the next run read everything', async () => {
  await bench.sync(link, filled());
  await bench.rows(link, `insert into sync_schedule values ($1, $2, $3, $3::timestamptz + interval '7 days', 0)`, [
    link.tenantId,
    link.integrationId,
    bench.clock.now().toISOString(),
  ]);
  const fullIsDue = async () =>
    (await bench.rows(link, 'select next_full_at <= $1 as due from sync_schedule', [bench.clock.now().toISOString()]))[0];
  await bench.sync(link, new Source().put('job', 'in', { ...stages('Alva'), name: 'renamed' }), 'delta');
  expect(await fullIsDue()).toEqual({ due: false });
  await bench.sync(link, new Source().put('job', 'out', stages('Alva')), 'delta');
  expect(await fullIsDue()).toEqual({ due: true });
  await bench.sync(link, filled().put('job', 'out', stages('Alva')));
  expect(await everything()).toEqual([
    ['in', 'out'],
    ['a-in', 'a-out', 'b-in', 'b-out'],
    ['c-both', 'c-in', 'c-out'],
  ]);
});

test('a full run deletes what has left the scope meanwhile', async () => {
  await bench.sync(link, filled());
  await bench.sync(link, filled().put('job', 'in', stages('New')).put('job', 'out', stages('Alva')));
  expect(await everything()).toEqual([['out'], ['a-out', 'b-out'], ['c-both', 'c-out']]);
});
