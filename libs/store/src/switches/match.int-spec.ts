import { randomUUID } from 'node:crypto';
import { MATCH_RULES } from '#libs/model';
import { StoreWorld } from '../world.for-spec.js';
import { countMatches } from './compare.js';
import { unmatch } from './match.js';
import { dropShadow } from './shadow.js';
import { ShadowWorld, there } from './shadow-world.for-spec.js';

let world: StoreWorld;
let at: ShadowWorld;

beforeAll(async () => {
  world = await StoreWorld.create();
});
beforeEach(async () => {
  at = await ShadowWorld.create(world, await world.link());
});
afterAll(() => world.close());

test('the remote id counts before the natural key', async () => {
  const byKey = await at.here('candidate', { remoteId: '1', key: 'a@x.example' });
  const byRemoteId = await at.here('candidate', { remoteId: '2', key: 'b@x.example' });
  await at.write(
    there('candidate', 't', { remoteId: '2', naturalKey: 'a@x.example' }),
    there('candidate', 'u', { naturalKey: 'a@x.example' }),
  );
  expect(await at.matched('candidate')).toEqual({ t: [byRemoteId, 'remoteId'], u: [byKey, 'naturalKey'] });
});

test('what the target has brought before is known by its name, another integration’s names say nothing', async () => {
  const id = await at.here('candidate', { key: 'a@x.example' });
  const other = await at.here('candidate', {});
  await at.identity(at.shadow.integrationId, 't', id);
  await at.identity(at.link.integrationId, 'u', other);
  await at.write(there('candidate', 't', { naturalKey: 'else@x.example' }), there('candidate', 'u'));
  expect(await at.matched('candidate')).toEqual({ t: [id, 'known'], u: [null, null] });
});

test('what may be more than one on either side is nothing, and is counted as ambiguous', async () => {
  await at.here('user', { key: 'twice-here@x.example' });
  await at.here('user', { key: 'twice-here@x.example' });
  await at.here('user', { key: 'twice-there@x.example' });
  await at.here('candidate', { remoteId: '1' });
  await at.here('candidate', { remoteId: '1' });
  await at.write(
    there('user', 't', { naturalKey: 'twice-here@x.example' }),
    there('user', 'u', { naturalKey: 'twice-there@x.example' }),
    there('user', 'v', { naturalKey: 'twice-there@x.example' }),
    there('candidate', 'w', { remoteId: '1' }),
  );
  const nothing = [null, 'ambiguous'];
  expect(await at.matched('user', 'candidate')).toEqual({ t: nothing, u: nothing, v: nothing, w: nothing });
  expect(await at.in((tx) => countMatches(tx, at.shadow, 'user'))).toEqual({
    here: 3,
    there: 3,
    matched: { remoteId: 0, known: 0, naturalKey: 0 },
    onlyHere: { count: 3, ids: expect.any(Array) },
    onlyThere: { count: 0, ids: [] },
    ambiguous: { count: 3, ids: ['t', 'u', 'v'] },
  });
});

test('what one rule leaves ambiguous a later one may tell apart', async () => {
  const id = await at.here('candidate', { remoteId: '1', key: 'a@x.example' });
  await at.here('candidate', { remoteId: '1', key: 'b@x.example' });
  await at.write(there('candidate', 't', { remoteId: '1', naturalKey: 'a@x.example' }));
  expect(await at.matched('candidate')).toEqual({ t: [id, 'naturalKey'] });
});

test('applications are found by candidate and job; of two to one job neither', async () => {
  const [candidate, job, otherJob] = [
    await at.here('candidate', { remoteId: 'c' }),
    await at.here('job', { remoteId: 'j' }),
    await at.here('job', { remoteId: 'k' }),
  ];
  const one = await at.application(candidate, job);
  await at.application(candidate, otherJob);
  await at.application(candidate, otherJob);
  const refs = (jobId: string) => ({ candidateId: 'tc', jobId, stageId: null });
  await at.write(
    there('candidate', 'tc', { remoteId: 'c' }),
    there('job', 'tj', { remoteId: 'j' }),
    there('job', 'tk', { remoteId: 'k' }),
    there('application', 'ta', { refs: refs('tj') }),
    there('application', 'tb', { refs: refs('tk') }),
    there('application', 'tz', { refs: refs('gone') }),
  );
  expect(await at.matched('job', 'candidate', 'application')).toMatchObject({
    ta: [one, 'naturalKey'],
    tb: [null, 'ambiguous'],
    tz: [null, null],
  });
});

test('stages are found by their name within the job', async () => {
  const stagesOf = () => [{ id: randomUUID(), remoteId: null, name: 'Applied', position: 0 }];
  const [first, second] = [stagesOf(), stagesOf()];
  await at.here('job', { remoteId: 'j', stages: first });
  await at.here('job', { remoteId: 'k', stages: second });
  const stage = (name: string, jobId: string, naturalKey: string) => there('stage', name, { naturalKey, refs: { jobId } });
  await at.write(
    there('job', 'tj', { remoteId: 'j' }),
    there('job', 'tk', { remoteId: 'k' }),
    stage('s1', 'tj', 'Applied'),
    stage('s2', 'tk', 'Applied'),
    stage('s3', 'tk', 'Offer'),
    stage('s4', 'gone', 'Applied'),
  );
  expect(await at.matched('job', 'stage')).toMatchObject({
    s1: [first[0]?.id, 'naturalKey'],
    s2: [second[0]?.id, 'naturalKey'],
    s3: [null, null],
    s4: [null, null],
  });
});

test('what is deleted is no match by any rule', async () => {
  const gone = await at.here('candidate', { remoteId: '1', key: 'a@x.example', deleted: true });
  const [candidate, job] = [await at.here('candidate', { remoteId: 'c' }), await at.here('job', { remoteId: 'j' })];
  await at.application(candidate, job, true);
  await at.identity(at.shadow.integrationId, 'u', gone);
  await at.write(
    there('candidate', 't', { remoteId: '1', naturalKey: 'a@x.example' }),
    there('candidate', 'u'),
    there('candidate', 'tc', { remoteId: 'c' }),
    there('job', 'tj', { remoteId: 'j' }),
    there('application', 'ta', { refs: { candidateId: 'tc', jobId: 'tj' } }),
  );
  expect(await at.matched('job', 'candidate', 'application')).toMatchObject({ t: [null, null], u: [null, null], ta: [null, null] });
});

test('a switch sees its own shadow alone, and forgets its own alone', async () => {
  const id = await at.here('candidate', { key: 'a@x.example' });
  await at.rows(`update integration_switch set state = 'cut-over' where id = $1`, [at.shadow.switchId]);
  await at.write(there('candidate', 'old', { naturalKey: 'a@x.example' }));
  expect(await at.matched('candidate')).toEqual({ old: [id, 'naturalKey'] });
  const next = await ShadowWorld.create(world, at.link, at.shadow.integrationId);
  await next.write(there('candidate', 'new', { naturalKey: 'a@x.example' }));
  expect(await next.matched('candidate')).toEqual({ new: [id, 'naturalKey'] });
  await at.in((tx) => dropShadow(tx, at.shadow));
  expect(await at.matched()).toEqual({});
  expect(await next.matched('candidate')).toEqual({ new: [id, 'naturalKey'] });
});

test('to match anew begins with nothing matched, and comes to the same', async () => {
  await at.here('candidate', { remoteId: '1' });
  await at.here('candidate', { key: 'a@x.example' });
  await at.write(there('candidate', 't', { remoteId: '1' }), there('candidate', 'u', { naturalKey: 'a@x.example' }));
  const once = await at.matched('candidate');
  await at.in((tx) => unmatch(tx, at.shadow));
  const counts = await at.in((tx) => countMatches(tx, at.shadow, 'candidate'));
  expect(MATCH_RULES.map((rule) => counts.matched[rule])).toEqual([0, 0, 0]);
  expect(await at.rows('select 1 from shadow_key where switch_id = $1', [at.shadow.switchId])).toEqual([]);
  expect(await at.matched('candidate')).toEqual(once);
});
