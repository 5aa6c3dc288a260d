import { Bench, type Link } from './bench.for-spec.js';
import { Source } from './source.for-spec.js';
import { LostRun } from './stops.js';

let bench: Bench;
let link: Link;

beforeAll(async () => {
  bench = await Bench.create();
});
beforeEach(async () => {
  link = await bench.link();
});
afterAll(() => bench.close());

const NUMBERS = [0, 1, 2, 3, 4];

function filled(source = new Source()): Source {
  for (const n of NUMBERS) {
    source.put('user', `u${n}`, { firstName: `User ${n}` });
    source.put('job', `j${n}`, {
      name: `Job ${n}`,
      status: 'open',
      hiringTeam: [`u${n}`],
      stages: [{ externalId: `s${n}`, remoteId: null, name: 'New', position: 0 }],
    });
    source.put('application', `a${n}`, { candidateId: `c${n}`, jobId: `j${n}`, stageId: `s${n}` });
    source.put('candidate', `c${n}`, { firstName: `Candidate ${n}`, email: `c${n}@c.example` });
  }
  return source;
}

/** All that a tenant has, our ids replaced by what the source calls the records. */
async function state(of: Link): Promise<string> {
  const names = await bench.rows<{ id: string; name: string }>(of, `select id, resource || ' ' || external_id as name from identity`);
  const rows = await bench.rows(
    of,
    `select to_jsonb(r) - 'tenant_id' as row from ats_user r union all select to_jsonb(r) - 'tenant_id' from job r
     union all select to_jsonb(r) - 'tenant_id' from application r union all select to_jsonb(r) - 'tenant_id' from candidate r
     union all select jsonb_build_object('record', case when resource not in ('consent', 'sync') then record_id end, 'kind', kind, 'fields', fields) from change`,
  );
  const texts = rows.map((row) => names.reduce((text, { id, name }) => text.replaceAll(id, name), JSON.stringify(row)));
  return texts.sort().join('\n');
}

test('a run reads every resource to its end, what others refer to first', async () => {
  const source = filled();
  const run = await bench.sync(link, source);
  expect(source.asked.map(({ resource, cursor = 'start' }) => `${resource} ${cursor}`)).toEqual(
    ['user', 'job', 'candidate', 'application'].flatMap((resource) => ['start', '2', '4'].map((cursor) => `${resource} ${cursor}`)),
  );
  expect(run).toMatchObject({
    state: 'succeeded',
    error: null,
    cursor: null,
    progress: { pages: 12, read: 20, created: 20, changed: 0, unchanged: 0, deleted: 0 },
  });
});

test('after a crash at any request the run ends as an undisturbed one does', async () => {
  const undisturbed = await bench.link();
  const whole = await bench.sync(undisturbed, filled());
  const expected = await state(undisturbed);
  for (let crashAt = 1; crashAt <= 12; crashAt++) {
    const crashing = await bench.link();
    const source = filled();
    source.meanwhile = (_asked, n) => {
      if (n === crashAt) throw new Error('power cut');
    };
    const first = await bench.claim(crashing);
    await expect(bench.work(first, source)).rejects.toThrow('power cut');
    const second = await bench.claim(crashing);
    expect(second).toMatchObject({ id: first.id, attempt: 2 });
    await bench.work(second, source);
    expect(await state(crashing)).toBe(expected);
    expect((await bench.runOf(second)).progress).toEqual(whole.progress);
  }
});

test('a run that goes on asks from its stored cursor and for nothing that it has', async () => {
  const source = filled();
  const first = await bench.claim(link);
  source.meanwhile = ({ resource, cursor }) => {
    if (resource === 'job' && cursor === '4') throw new Error('power cut');
  };
  await expect(bench.work(first, source)).rejects.toThrow('power cut');
  source.meanwhile = () => undefined;
  const before = source.asked.length;
  const second = await bench.claim(link);
  await bench.work(second, source);
  const [next] = source.asked.slice(before);
  expect(next).toEqual({ resource: 'job', cursor: second.cursor });
  expect(source.asked.slice(before).filter(({ resource }) => resource === 'user')).toEqual([]);
});

test('a worker that was given up for dead commits nothing once another one has the run', async () => {
  const source = filled();
  let other: Promise<void> = Promise.resolve();
  source.meanwhile = async ({ resource, cursor }) => {
    if (resource !== 'job' || cursor !== '2') return;
    source.meanwhile = () => undefined;
    other = bench.claim(link).then((run) => bench.work(run, filled()));
    await other;
  };
  const first = await bench.claim(link);
  await expect(bench.work(first, source)).rejects.toBeInstanceOf(LostRun);
  // The first worker loses the run as soon as the other has claimed it, which is before the other is done.
  await other;
  const undisturbed = await bench.link();
  await bench.sync(undisturbed, filled());
  expect(await state(link)).toBe(await state(undisturbed));
  expect(await bench.runOf(first)).toMatchObject({ state: 'succeeded', attempt: 2 });
});

test('a second full run over the same records changes nothing', async () => {
  await bench.sync(link, filled());
  const before = await state(link);
  bench.clock.advanceMs(60_000);
  const again = await bench.sync(link, filled());
  expect(again.progress).toMatchObject({ read: 20, created: 0, changed: 0, unchanged: 20, deleted: 0 });
  expect(await state(link)).toBe(before);
});

test('a cursor that comes a second time ends the run', async () => {
  const source = filled();
  const { connector } = source;
  const { page } = connector.ports.read.job;
  const turning = {
    ...connector.ports.read,
    job: { ...connector.ports.read.job, page: async (...given: Parameters<typeof page>) => ({ ...(await page(...given)), next: '2' }) },
  };
  Object.defineProperty(source, 'connector', { value: { ...connector, ports: { ...connector.ports, read: turning } } });
  const run = await bench.claim(link);
  await expect(bench.work(run, source)).rejects.toMatchObject({
    kind: 'remote-invalid-response',
    context: { fault: 'cursor-repeated', resource: 'job' },
  });
});

test('a first run reads the newest open jobs’ applications and candidates ahead of all others', async () => {
  const source = filled();
  source.byJob = true;
  await bench.sync(link, source);
  const walks = source.asked.filter(({ cursor }) => cursor === undefined).map(({ resource, jobs }) => [resource, jobs?.length ?? 'all']);
  expect(walks).toEqual([
    ['user', 'all'],
    ['job', 'all'],
    ['candidate', 5],
    ['application', 5],
    ['candidate', 'all'],
    ['application', 'all'],
  ]);
  const next = filled();
  next.byJob = true;
  await bench.sync(link, next);
  expect(next.asked.filter(({ jobs }) => jobs !== undefined)).toEqual([]);
});

test('a delta asks for what changed since the last run began, with time to spare', async () => {
  bench.clock.set('2026-11-22T12:00:00Z');
  await bench.sync(link, filled());
  bench.clock.set('2026-11-22T13:00:00Z');
  const source = filled();
  await bench.sync(link, source, 'delta');
  expect(new Set(source.asked.map(({ since }) => since))).toEqual(new Set(['2026-11-22T11:55:00.000Z']));
  bench.clock.set('2026-11-22T14:00:00Z');
  const next = filled();
  await bench.sync(link, next, 'delta');
  expect(next.asked[0]?.since).toBe('2026-11-22T12:55:00.000Z');
});

test('a run that failed does not move what the next delta starts from', async () => {
  bench.clock.set('2026-11-22T12:00:00Z');
  await bench.sync(link, filled());
  bench.clock.set('2026-11-22T13:00:00Z');
  const failing = filled();
  failing.meanwhile = () => Promise.reject(new Error('down'));
  await expect(bench.sync(link, failing, 'delta')).rejects.toThrow('down');
  const source = filled();
  await bench.sync(link, source, 'delta');
  expect(source.asked[0]?.since).toBe('2026-11-22T11:55:00.000Z');
});

test('a run of one resource leaves the others, and their freshness, alone', async () => {
  const source = filled();
  await bench.sync(link, source, 'full', ['job']);
  expect(new Set(source.asked.map(({ resource }) => resource))).toEqual(new Set(['job']));
  expect(await bench.rows(link, 'select resource from sync_watermark')).toEqual([{ resource: 'job' }]);
});
