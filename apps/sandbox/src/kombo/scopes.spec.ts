import { TestClock } from '#libs/testkit';
import { StartedSandbox, type Parsed } from '../sandbox-under-spec.js';

const DAY_S = 86_400;

describe('what Kombo is set to hold', () => {
  let sandbox: StartedSandbox;
  let id: string;

  beforeAll(async () => {
    sandbox = await StartedSandbox.start(new TestClock('2026-11-22T10:00:00.000Z'));
  });
  beforeEach(async () => {
    id = await sandbox.integration({ candidates: 20 });
    await sandbox.control('POST', '/clock', { advanceSeconds: 60 });
  });
  afterAll(() => sandbox.close());

  const at = (method: string, path: string, body?: unknown): Promise<Parsed> => sandbox.control(method, `/integrations/${id}${path}`, body);
  const described = async () => (await sandbox.kombo(id, `/integrations/${id}`)).body.data;
  const code = async (path: string) => (await sandbox.kombo(id, path)).body.error?.code;
  const named = (models: Parsed[], name: string) => models.find((model) => model.id === name);

  const CLOSED = {
    candidates: { phone_numbers: { setting: 'DISABLED' }, first_name: { optedOut: true }, tags: { coverage: 'UNSUPPORTED' } },
  };

  it('shows a closed field at once, expires the data, and empties the field with the next sync', async () => {
    await at('PUT', '/scopes', { fields: CLOSED });
    const before = await described();
    expect(before.data_expired_at).toEqual(expect.any(String));
    expect(named(before.read_models, 'ats_candidates').fields).toEqual(
      expect.arrayContaining([
        expect.objectContaining({ id: 'first_name', is_available: false, opted_out_by_customer: true, coverage_status: 'SUPPORTED' }),
        expect.objectContaining({ id: 'tags', is_available: false, coverage_status: 'UNSUPPORTED' }),
        expect.objectContaining({ id: 'last_name', is_available: true }),
      ]),
    );
    const [old] = await sandbox.all(id, '/ats/candidates');
    expect(old).toMatchObject({ first_name: expect.any(String), phone_numbers: [expect.any(Object)] });

    expect(await at('POST', '/sync', { type: 'DELTA' })).toMatchObject({ changed: ['candidate'] });
    expect((await described()).data_expired_at).toBeNull();
    const [candidate] = await sandbox.all(id, '/ats/candidates');
    expect(candidate).toMatchObject({ phone_numbers: null, first_name: null, tags: [], last_name: old?.['last_name'] });
    const [application] = await sandbox.all(id, '/ats/applications');
    expect(application).toMatchObject({ candidate: { phone_numbers: null, first_name: null } });
  });

  it('changes every record of a model whose fields it closes, so that a delta returns them', async () => {
    const { now } = await sandbox.control('GET', '/clock');
    await at('PUT', '/scopes', { fields: CLOSED });
    const delta = (list: string) => sandbox.all(id, `/ats/${list}?updated_after=${now}`);
    expect(await delta('candidates')).toEqual([]);
    await at('POST', '/sync', { type: 'DELTA' });
    const changed = await delta('candidates');
    expect(changed).toHaveLength(20);
    expect(changed.every((row) => row['changed_at'] === now)).toBe(true);
    expect(await delta('users')).toEqual([]);
  });

  it('refuses a model that is switched off or that the tool does not have', async () => {
    await at('PUT', '/scopes', { models: { jobs: { setting: 'DISABLED' }, users: { coverage: 'NOT_IMPLEMENTED' } } });
    expect([await code('/ats/jobs'), await code('/ats/users')]).toEqual(['INTEGRATION.MODEL_DISABLED', 'INTEGRATION.MODEL_NOT_AVAILABLE']);
    const { read_models: models } = await described();
    expect(named(models, 'ats_jobs')).toMatchObject({ is_available: false, scope_config_setting: 'DISABLED' });
    expect(named(models, 'ats_users')).toMatchObject({ is_available: false, coverage_status: 'NOT_IMPLEMENTED' });
    await at('POST', '/sync', { type: 'FULL' });
    const [application] = await sandbox.all(id, '/ats/applications');
    expect(application?.['job']).toBeNull();
  });

  it('deletes, for its readers, whoever was not added through it once only those are tracked, and brings them back', async () => {
    const { now } = await sandbox.control('GET', '/clock');
    await at('PATCH', '', { onlyCreatedApplications: true });
    expect(await sandbox.all(id, '/ats/candidates')).toEqual([]);
    const gone = await sandbox.all(id, `/ats/candidates?updated_after=${now}&include_deleted=true`);
    expect(gone.map((row) => row['remote_deleted_at'])).toEqual(Array.from({ length: 20 }, () => now));
    await at('PATCH', '', { onlyCreatedApplications: false });
    const back = await sandbox.all(id, `/ats/candidates?updated_after=${now}&include_deleted=true`);
    expect(back.map((row) => row['remote_deleted_at'])).toEqual(Array.from({ length: 20 }, () => null));
  });

  it('turns INVALID after three days in which the ATS refused the login, and a sync that works heals nothing before a relink', async () => {
    const refused = () => at('POST', '/sync', { type: 'FULL', ends: 'AUTHENTICATION_FAILED' });
    await at('PATCH', '/records/users/1', { fields: { first_name: 'Later' }, mirror: false });
    expect(await refused()).toMatchObject({ copied: 0, state: 'AUTHENTICATION_FAILED' });
    await sandbox.control('POST', '/clock', { advanceSeconds: 2 * DAY_S });
    await refused();
    expect((await described()).status).toBe('ACTIVE');
    await sandbox.control('POST', '/clock', { advanceSeconds: DAY_S });
    await refused();
    expect((await described()).status).toBe('INVALID');
    expect((await sandbox.request('POST', `/control/kombo/integrations/${id}/sync`, {}, { type: 'FULL' })).status).toBe(409);
  });

  it('starts to count anew when a sync has worked', async () => {
    await at('POST', '/sync', { type: 'FULL', ends: 'AUTHENTICATION_FAILED' });
    await at('POST', '/sync', { type: 'FULL' });
    await sandbox.control('POST', '/clock', { advanceSeconds: 4 * DAY_S });
    await at('POST', '/sync', { type: 'FULL', ends: 'AUTHENTICATION_FAILED' });
    expect((await described()).status).toBe('ACTIVE');
  });

  it('keeps candidates as they were after a sync that failed in part', async () => {
    await at('PATCH', '/records/users/1', { fields: { first_name: 'Read' }, mirror: false });
    await at('PATCH', '/records/candidates/1', { fields: { first_name: 'Unread' }, mirror: false });
    expect(await at('POST', '/sync', { type: 'FULL', ends: 'PARTIALLY_FAILED' })).toMatchObject({ copied: 1, changed: ['user'] });
    expect(await at('POST', '/sync', { type: 'FULL' })).toMatchObject({ copied: 1, changed: ['candidate'] });
  });
});
