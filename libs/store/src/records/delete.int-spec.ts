import { claimRun, noteSeen, type ClaimedRun } from '../runs/progress.js';
import { requestRun } from '../runs/requests.js';
import { after, NOW, StoreWorld, type Link } from '../world.for-spec.js';
import { changes, write } from './allowed.for-spec.js';
import { deleteRecords, findAbsent, findReported } from './delete.js';

let world: StoreWorld;
let link: Link;

beforeAll(async () => {
  world = await StoreWorld.create();
});
beforeEach(async () => {
  link = await world.link();
});
afterAll(() => world.close());

const remove = (resource: 'job' | 'candidate' | 'application', ids: readonly string[], owner = link) =>
  world.in(owner, (tx) => deleteRecords(tx, owner.tenantId, resource, ids, after(9)));

test('a deleted person keeps ids alone: name, email and times are gone', async () => {
  const person = {
    firstName: 'A',
    lastName: 'B',
    email: 'a@b.example',
    remoteId: 'r',
    remoteCreatedAt: NOW.toISOString(),
    remoteUpdatedAt: NOW.toISOString(),
  };
  const { ids } = await write(world, link, 'candidate', { a: person });
  expect(await remove('candidate', ids)).toBe(1);
  expect(await world.rows(link, 'select * from candidate')).toEqual([
    {
      tenant_id: link.tenantId,
      id: ids[0],
      remote_id: 'r',
      first_name: null,
      last_name: null,
      email: null,
      remote_created_at: null,
      remote_updated_at: null,
      changed_at: '2026-11-22 10:00:09+00',
      deleted_at: '2026-11-22 10:00:09+00',
    },
  ]);
});

test('a deleted application still says which candidate, job and stage it was of', async () => {
  const { ids } = await write(world, link, 'application', { p: { candidateId: 'c', jobId: 'j', stageId: 's', stageName: 'Alva' } });
  await remove('application', ids);
  const [row] = await world.rows(link, 'select candidate_id, job_id, stage_id, stage_name from application');
  expect(row).toEqual({ candidate_id: expect.any(String), job_id: expect.any(String), stage_id: expect.any(String), stage_name: null });
});

test('a deletion is told once, and counts once', async () => {
  const { ids } = await write(world, link, 'job', { j: { name: 'Engineer' } });
  expect([await remove('job', ids), await remove('job', ids), await remove('job', [])]).toEqual([1, 0, 0]);
  expect(await changes(world, link)).toEqual([
    expect.objectContaining({ kind: 'created' }),
    { resource: 'job', kind: 'deleted', id: 'j', fields: [] },
  ]);
});

test('another tenant’s record is out of reach', async () => {
  const { ids } = await write(world, link, 'job', { j: {} });
  expect(await remove('job', ids, await world.link())).toBe(0);
});

describe('what a run compares', () => {
  let run: ClaimedRun;
  const target = () => ({ tenantId: link.tenantId, integrationId: link.integrationId, runId: run.id });
  const seen = (number: number, ids: readonly string[]) =>
    world.in(link, (tx) => noteSeen(tx, run, { resource: 'candidate', number, ids }));
  const absence = (find: typeof findAbsent) => world.in(link, (tx) => find(tx, target(), 'candidate'));

  beforeEach(async () => {
    run = await world.in(link, async (tx) => {
      const { id } = await requestRun(tx, { ...link, mode: 'full', cause: 'person', resources: ['candidate'], now: NOW });
      const claimed = await claimRun(tx, link.tenantId, id, NOW);
      if (claimed === null) throw new Error('not claimed');
      return claimed;
    });
  });

  test('what no page held is absent, what one held is reported', async () => {
    const a = await write(world, link, 'candidate', { a: {} });
    const b = await write(world, link, 'candidate', { b: {}, c: {} });
    await seen(0, a.ids);
    expect(await absence(findAbsent)).toEqual({ alive: 3, absent: expect.arrayContaining([...b.ids]) });
    expect(await absence(findReported)).toEqual({ alive: 3, absent: a.ids });
  });

  test('a page noted again replaces what was noted of it', async () => {
    const { ids } = await write(world, link, 'candidate', { a: {}, b: {} });
    await seen(0, ids);
    await seen(0, ids.slice(0, 1));
    expect(await absence(findAbsent)).toEqual({ alive: 2, absent: ids.slice(1) });
  });

  test('deleted records and references without a record do not count, what another integration has brought does', async () => {
    const gone = await write(world, link, 'candidate', { gone: {} });
    await remove('candidate', gone.ids);
    await write(world, link, 'application', { p: { candidateId: 'referred' } });
    const { ids } = await write(world, { ...link, integrationId: await world.integration(link.tenantId) }, 'candidate', { elsewhere: {} });
    expect(await absence(findAbsent)).toEqual({ alive: 1, absent: ids });
  });

  test('another run’s pages do not count', async () => {
    const { ids } = await write(world, link, 'candidate', { a: {} });
    await seen(0, ids);
    const other = await world.in(link, (tx) => findAbsent(tx, { ...target(), runId: link.tenantId }, 'candidate'));
    expect(other).toEqual({ alive: 1, absent: ids });
  });
});
