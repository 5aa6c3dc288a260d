import type { Resource } from '#libs/model';
import { after, StoreWorld, type Link } from '../world.for-spec.js';
import { changes, idOf, write } from './allowed.for-spec.js';
import { candidatesWithApplication, clearFields, deleteOutsideScope, storedJobs } from './narrow.js';

let world: StoreWorld;
let link: Link;

beforeAll(async () => {
  world = await StoreWorld.create();
});
beforeEach(async () => {
  link = await world.link();
});
afterAll(() => world.close());

const clear = (resource: Resource, fields: readonly string[]) =>
  world.in(link, (tx) => clearFields(tx, link.tenantId, resource, fields, after(5)));
const stage = (externalId: string, name: string | null) => ({ externalId, remoteId: null, name, position: null });

describe('clearing hidden fields', () => {
  const JOB = {
    name: 'Engineer',
    status: 'open',
    visibility: 'public',
    location: { name: 'Malmö', city: 'Malmö', region: null, country: null },
    stages: [stage('s', 'Alva')],
    hiringTeam: ['u'],
    remoteUpdatedAt: '2026-11-22T09:00:00Z',
  } as const;

  test('leaves the value that a hidden field would have been stored with', async () => {
    await write(world, link, 'job', { j: JOB });
    await clear('job', ['name', 'status', 'visibility', 'location', 'stages', 'hiringTeam', 'remoteUpdatedAt']);
    const [row] = await world.rows(link, 'select name, status, visibility, location, stages, hiring_team, remote_updated_at from job');
    expect(row).toEqual({
      name: null,
      status: 'unknown',
      visibility: 'unknown',
      location: null,
      stages: [],
      hiring_team: [],
      remote_updated_at: null,
    });
  });

  test('tells of each record which fields went, and nothing of one that had none', async () => {
    await write(world, link, 'user', { a: { firstName: 'A', email: 'a@a.example' }, b: { firstName: 'B' }, c: { lastName: 'C' } });
    await clear('user', ['email', 'firstName']);
    const told = (await changes(world, link)).filter(({ kind }) => kind === 'updated');
    expect(told.sort((x, y) => x.id.localeCompare(y.id))).toEqual([
      { resource: 'user', kind: 'updated', id: 'a', fields: ['firstName', 'email'] },
      { resource: 'user', kind: 'updated', id: 'b', fields: ['firstName'] },
    ]);
    expect(await world.rows(link, 'select last_name from ats_user where last_name is not null')).toEqual([{ last_name: 'C' }]);
  });

  test('a second time changes nothing', async () => {
    await write(world, link, 'application', { p: { candidateId: 'c', stageName: 'Alva' } });
    await clear('application', ['candidateId', 'stageName']);
    const before = await world.rows(link, 'select ctid::text, candidate_id, stage_name from application');
    await clear('application', ['candidateId', 'stageName']);
    await clear('application', []);
    expect(await world.rows(link, 'select ctid::text, candidate_id, stage_name from application')).toEqual(before);
    expect(before).toEqual([expect.objectContaining({ candidate_id: null, stage_name: null })]);
  });

  test('spares other tenants', async () => {
    const stranger = await world.link();
    await write(world, stranger, 'user', { a: { email: 'a@a.example' } });
    await clear('user', ['email']);
    expect(await world.rows(stranger, 'select email from ats_user')).toEqual([{ email: 'a@a.example' }]);
  });
});

describe('a job scope', () => {
  const scope = (text: string) => world.in(link, (tx) => deleteOutsideScope(tx, link.tenantId, text, after(5)));
  const alive = async (table: string) => {
    const rows = await world.rows<{ name: string }>(
      link,
      `select i.external_id as name from ${table} r join identity i using (tenant_id, id) where deleted_at is null order by 1`,
    );
    return rows.map(({ name }) => name);
  };

  beforeEach(async () => {
    await write(world, link, 'job', {
      in: { stages: [stage('s1', 'New'), stage('s2', '2. ALVA test')] },
      out: { stages: [stage('s3', 'Offer')] },
      none: {},
      nameless: { stages: [stage('s4', null)] },
    });
    await write(world, link, 'application', {
      kept: { jobId: 'in', candidateId: 'both' },
      left: { jobId: 'out', candidateId: 'both' },
      alone: { jobId: 'out', candidateId: 'leaver' },
      jobless: { candidateId: 'jobless' },
      early: { jobId: 'not-yet-read', candidateId: 'leaver' },
    });
    await write(world, link, 'candidate', { both: {}, leaver: {}, jobless: {}, unapplied: {} });
  });

  test('takes jobs without such a stage, their applications, and candidates that have no other', async () => {
    expect(await scope('alva')).toBe(3 + 4 + 3);
    expect([await alive('job'), await alive('application'), await alive('candidate')]).toEqual([['in'], ['kept'], ['both']]);
    expect(await scope('alva')).toBe(0);
  });

  test.each(['%', '_', '.*', '\\'])('takes %j for what it is, not for a pattern', async (text) => {
    await scope(text);
    expect(await alive('job')).toEqual([]);
  });

  test('says which jobs are stored and which candidates have applied', async () => {
    await scope('alva');
    const ids = await Promise.all(['in', 'out'].map((name) => idOf(world, link, 'job', name)));
    const people = await Promise.all(['both', 'leaver'].map((name) => idOf(world, link, 'candidate', name)));
    expect([...(await world.in(link, (tx) => storedJobs(tx, link.tenantId, ids)))]).toEqual(ids.slice(0, 1));
    expect([...(await world.in(link, (tx) => candidatesWithApplication(tx, link.tenantId, people)))]).toEqual(people.slice(0, 1));
  });
});
