import { TestClock } from '#libs/testkit';
import { StartedSandbox } from '../sandbox-under-spec.js';

const DAY_MS = 86_400_000;

describe('change tracking', () => {
  const clock = new TestClock('2026-11-22T10:00:00.000Z');
  let sandbox: StartedSandbox;
  let integrationId: string;
  let since: string;

  beforeAll(async () => {
    sandbox = await StartedSandbox.start(clock);
  });
  afterAll(() => sandbox.close());
  beforeEach(async () => {
    integrationId = await sandbox.integration({ candidates: 60, jobs: 6, users: 8 });
    clock.advanceMs(60_000);
    since = clock.now().toISOString();
    clock.advanceMs(60_000);
  });

  const change = (method: string, path: string, body?: unknown) =>
    sandbox.control(method, `/integrations/${integrationId}/records/${path}`, body);
  const changed = async (resource: string, more = '') =>
    (await sandbox.all(integrationId, `/ats/${resource}?updated_after=${since}${more}`)).map(({ remote_id }) => remote_id);
  const changedAt = async (resource: string, index: number) => (await change('GET', `${resource}/${index}`)).record.changed_at;

  it('sees nothing where nothing changed', async () => {
    for (const resource of ['jobs', 'users', 'candidates', 'applications']) expect(await changed(resource)).toEqual([]);
  });

  it('returns a changed candidate, and their application with its own changed_at unmoved', async () => {
    const before = await changedAt('applications', 3);
    await change('PATCH', 'candidates/3', { fields: { last_name: 'Nyman' } });
    expect(await changed('candidates')).toEqual(['4000003']);
    expect(await changed('applications')).toEqual(['50000003']);
    expect(await changedAt('candidates', 3)).toBe(clock.now().toISOString());
    expect(await changedAt('applications', 3)).toBe(before);
    const [application] = await sandbox.all(integrationId, '/ats/applications?remote_ids=50000003');
    expect(application?.['candidate'].last_name).toBe('Nyman');
  });

  it('returns a moved application, and its candidate with its own changed_at unmoved', async () => {
    const before = await changedAt('candidates', 5);
    const { record } = await change('POST', 'applications/5/move', { stage: 'Offer' });
    expect(record.current_stage.name).toBe('Offer');
    expect(await changed('applications')).toEqual(['50000005']);
    expect(await changed('candidates')).toEqual(['4000005']);
    expect(await changedAt('candidates', 5)).toBe(before);
  });

  it('does not count a move to the same stage', async () => {
    const { record } = await change('GET', 'applications/5');
    await change('POST', 'applications/5/move', { stage: record.current_stage_id });
    expect(await changed('applications')).toEqual([]);
  });

  it('returns a job whose stages or hiring team changed, with its own changed_at unmoved', async () => {
    const before = [await changedAt('jobs', 0), await changedAt('jobs', 1)];
    await change('POST', 'jobs/0/stages', { name: 'Background check', position: 2 });
    await change('PATCH', 'jobs/1', { hiringTeam: [0, 4] });
    expect(await changed('jobs')).toEqual(['100000', '100001']);
    expect([await changedAt('jobs', 0), await changedAt('jobs', 1)]).toEqual(before);
    const [job, other] = await sandbox.all(integrationId, '/ats/jobs');
    expect(job?.['stages'].map(({ name }: { name: string }) => name)).toContain('Background check');
    expect(other?.['hiring_team'].map(({ remote_id }: { remote_id: string }) => remote_id)).toEqual(['4000000', '4000004']);
  });

  it('does not return a job whose stage was renamed, nor one whose hiring team member was', async () => {
    await change('PATCH', 'jobs/0/stages/Screening', { name: 'Screening call' });
    const [job] = await sandbox.all(integrationId, '/ats/jobs');
    const team: { remote_id: string }[] = job?.['hiring_team'];
    await change('PATCH', `users/remote:${team[0]?.remote_id}`, { fields: { first_name: 'Renamed' } });
    expect(await changed('jobs')).toEqual([]);
    expect(await changed('applications')).toEqual([]);
    expect(await changed('users')).toEqual([team[0]?.remote_id]);
    expect(job?.['stages'].map(({ name }: { name: string }) => name)).toContain('Screening call');
  });

  it('returns the applications in a renamed stage where Kombo counts the linked stage', async () => {
    await sandbox.control('PATCH', `/integrations/${integrationId}`, { stageRenameTouchesApplications: true });
    const inStage = (await sandbox.all(integrationId, '/ats/applications')).filter(
      ({ current_stage: stage }) => stage?.remote_id === '100000:0',
    );
    await change('PATCH', 'jobs/0/stages/Applied', { name: 'New' });
    expect(await changed('applications')).toEqual(inStage.map(({ remote_id }) => remote_id));
    expect(inStage.length).toBeGreaterThan(0);
  });

  it('does not see a change at the ATS before a sync', async () => {
    await change('PATCH', 'users/2', { fields: { last_name: 'Later' }, mirror: false });
    await change('POST', 'candidates', { fields: { first_name: 'New' }, mirror: false });
    expect([await changed('users'), await changed('candidates')]).toEqual([[], []]);
    await sandbox.control('POST', `/integrations/${integrationId}/sync`, { type: 'DELTA' });
    expect([await changed('users'), await changed('candidates')]).toEqual([['4000002'], ['4000060']]);
  });

  it('may return an application before its candidate', async () => {
    const { id } = await change('POST', 'candidates', { fields: { first_name: 'New' }, mirror: false });
    const { record } = await change('POST', 'applications', { candidate: id, job: 0 });
    expect(record).toMatchObject({ candidate_id: id, candidate: null });
    expect(await changed('candidates')).toEqual([]);
  });

  it('hides a deleted record, names it with include_deleted, and drops it after 14 days', async () => {
    await change('DELETE', 'candidates/3');
    expect(await changed('candidates')).toEqual([]);
    expect(await changed('applications', '&include_deleted=true')).toEqual(['50000003']);
    const [gone] = await sandbox.all(integrationId, `/ats/candidates?updated_after=${since}&include_deleted=true`);
    expect(gone).toMatchObject({ remote_id: '4000003', remote_deleted_at: clock.now().toISOString() });
    expect(await sandbox.all(integrationId, '/ats/candidates')).toHaveLength(59);
    clock.advanceMs(14 * DAY_MS);
    expect(await changed('candidates', '&include_deleted=true')).toEqual([]);
    await sandbox.control('PATCH', `/integrations/${integrationId}`, { oldDeletions: 'anonymised' });
    const [old] = await sandbox.all(integrationId, '/ats/candidates?ids=' + gone?.['id'] + '&include_deleted=true');
    expect(old).toMatchObject({
      remote_deleted_at: gone?.['remote_deleted_at'],
      first_name: null,
      email_addresses: null,
      remote_data: null,
    });
  });

  it('sees a deletion only in a full sync', async () => {
    await change('DELETE', 'jobs/2?mirror=false');
    const sync = (type: string) => sandbox.control('POST', `/integrations/${integrationId}/sync`, { type });
    expect(await sync('DELTA')).toEqual({ type: 'DELTA', state: 'SUCCEEDED', copied: 0, changed: [], unseenDeletions: 1 });
    expect(await sandbox.all(integrationId, '/ats/jobs')).toHaveLength(6);
    expect(await sync('FULL')).toEqual({ type: 'FULL', state: 'SUCCEEDED', copied: 1, changed: ['job'], unseenDeletions: 0 });
    expect(await sandbox.all(integrationId, '/ats/jobs')).toHaveLength(5);
    expect(await changed('jobs', '&include_deleted=true')).toEqual(['100002']);
  });

  it('brings a restored record back under its id', async () => {
    const { id } = await change('DELETE', 'candidates/3');
    clock.advanceMs(1_000);
    await change('POST', 'candidates/3/restore', {});
    const [back] = await sandbox.all(integrationId, `/ats/candidates?updated_after=${since}`);
    expect(back).toMatchObject({ id, remote_deleted_at: null });
  });

  it('takes a removed application out of its candidate', async () => {
    await change('DELETE', 'applications/5');
    const [candidate] = await sandbox.all(integrationId, `/ats/candidates?updated_after=${since}`);
    expect(candidate).toMatchObject({ remote_id: '4000005', applications: [] });
  });

  it('queues a forced sync once per type until it runs', async () => {
    await sandbox.control('PATCH', `/integrations/${integrationId}`, { forceSync: 'queued' });
    const headers = { authorization: 'Bearer kombo-sandbox-key', 'x-integration-id': integrationId };
    const force = () => sandbox.request('POST', '/kombo/v1/force-sync', headers, { type: 'FULL' });
    const [first, second] = [await force(), await force()];
    expect(first.body.data).toMatchObject({ already_queued: false, type: 'FULL' });
    expect(second.body.data).toEqual({ ...first.body.data, already_queued: true });
    await sandbox.control('POST', `/integrations/${integrationId}/sync`, { type: 'FULL' });
    expect((await force()).body.data.already_queued).toBe(false);
  });
});
