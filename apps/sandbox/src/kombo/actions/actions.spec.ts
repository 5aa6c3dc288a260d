import { Kombo } from '../../../../../node_modules/@kombo-api/sdk/esm/index.js';
import { StartedSandbox, type Parsed, type Reply } from '../../sandbox-under-spec.js';

/** Through Kombo's own client, version 1.1.3 (2026-05-12), which refuses an answer without `warnings`. */
describe('actions', () => {
  let sandbox: StartedSandbox;
  let id: string;
  let kombo: Kombo;

  beforeAll(async () => {
    sandbox = await StartedSandbox.start();
  });
  afterAll(() => sandbox.close());
  beforeEach(async () => {
    id = await sandbox.integration({ candidates: 20, jobs: 4 });
    kombo = new Kombo({ api_key: 'kombo-sandbox-key', integration_id: id, server_url: sandbox.komboUrl });
  });

  const at = (method: string, path: string, body?: unknown): Promise<Parsed> => sandbox.control(method, `/integrations/${id}${path}`, body);
  const logged = async (): Promise<Parsed[]> => (await at('GET', '/actions')).actions;
  const application = (number = 5) => at('GET', `/records/applications/${number}`);
  const send = (method: string, path: string, body: unknown): Promise<Reply> =>
    sandbox.request(
      method,
      `/kombo/v1${path}`,
      { authorization: 'Bearer kombo-sandbox-key', 'x-integration-id': id },
      method === 'GET' ? undefined : body,
    );
  const stagesOf = async (jobId: string): Promise<Parsed[]> => (await sandbox.all(id, `/ats/jobs?ids=${jobId}`))[0]?.['stages'];
  const NOTE = { content: 'Result ready', content_type: 'PLAIN_TEXT' } as const;

  it('move an application at the ATS; the lists show it after the next sync', async () => {
    const { id: application_id, record } = await application();
    const stage = (await stagesOf(record.job_id)).find((each) => each.id !== record.current_stage_id);
    const answer = await kombo.ats.moveApplicationToStage({ application_id, body: { stage_id: stage.id } });
    expect(answer).toMatchObject({ data: {}, warnings: [] });
    expect((await application()).record.current_stage_id).toBe(record.current_stage_id);
    await at('POST', '/sync', { type: 'DELTA' });
    expect((await application()).record.current_stage_id).toBe(stage.id);
    expect(await logged()).toMatchObject([{ action: 'ats_move_application_to_stage', id: application_id, refusal: null }]);
  });

  it('do not move an application to a stage of another job, nor to one that is no more', async () => {
    const { id: application_id, record } = await application();
    const jobs = await sandbox.all(id, '/ats/jobs');
    const other = jobs.find((job) => job['id'] !== record.job_id)?.['stages'][0].id;
    const [own] = await stagesOf(record.job_id);
    await at('DELETE', `/records/jobs/${record.job_id}/stages/${own.id}?mirror=false`);
    for (const stage_id of [other, own.id]) {
      const { status, body } = await send('PUT', `/ats/applications/${application_id}/stage`, { stage_id });
      expect([status, body.error.code]).toEqual([400, 'REMOTE.INPUT_INVALID']);
    }
    expect((await logged()).map(({ refusal }) => refusal)).toEqual(['REMOTE.INPUT_INVALID', 'REMOTE.INPUT_INVALID']);
    const { body } = await send('PUT', `/ats/applications/${application_id}/stage`, { stage_id: '222k7eCGyUdgt2JWZDNnkDs3' });
    expect(body.error.code).toBe('PLATFORM.INPUT_INVALID');
  });

  it('record a result link and a note, twice when asked twice', async () => {
    const { id: application_id, record } = await application();
    const details = { custom_field_name_prefix: 'Vendor:', attributes: [{ key: 'Score', value: '7.5' }] };
    const body = { label: 'Logic test', url: 'https://vendor.example/r/1', details };
    for (const _ of [1, 2]) await kombo.ats.addApplicationResultLink({ application_id, body });
    await kombo.ats.addCandidateResultLink({ candidate_id: record.candidate_id, body });
    await kombo.ats.addApplicationNote({ application_id, body: NOTE });
    expect((await logged()).map(({ action, resource, body: sent }) => [action, resource, sent.label ?? sent.content])).toEqual([
      ['ats_add_result_link_to_application', 'application', 'Logic test'],
      ['ats_add_result_link_to_application', 'application', 'Logic test'],
      ['ats_add_result_link_to_candidate', 'candidate', 'Logic test'],
      ['ats_add_note_to_application', 'application', 'Result ready'],
    ]);
  });

  it('reject an application for one of the reasons', async () => {
    const [reason] = (await kombo.ats.getRejectionReasons({})).result.data.results;
    const { id: application_id } = await application();
    await kombo.ats.rejectApplication({ application_id, body: { rejection_reason_id: reason?.id ?? '' } });
    await at('POST', '/sync', { type: 'DELTA' });
    expect((await application()).record).toMatchObject({ outcome: 'DECLINED', rejection_reason_name: reason?.name });
    const { body } = await send('POST', `/ats/applications/${application_id}/reject`, { rejection_reason_id: application_id });
    expect(body.error.code).toBe('PLATFORM.INPUT_INVALID');
  });

  it('add a tag by name, once, and remove it by name, also where there is none', async () => {
    const { id: candidate_id, record } = await at('GET', '/records/candidates/3');
    const body = { tag: { name: 'Assessed' } };
    const tagged = async () => {
      await at('POST', '/sync', { type: 'DELTA' });
      return (await at('GET', '/records/candidates/3')).record.tags.map(({ name }: { name: string }) => name);
    };
    const before = record.tags.map(({ name }: { name: string }) => name);
    for (const _ of [1, 2]) await kombo.ats.addCandidateTag({ candidate_id, body });
    expect(await tagged()).toEqual([...before, 'Assessed']);
    expect((await kombo.ats.getTags({})).result.data.results.map(({ name }) => name)).toContain('Assessed');
    for (const _ of [1, 2]) await kombo.ats.removeCandidateTag({ candidate_id, body });
    expect(await tagged()).toEqual(before);
  });

  it('attach files, and read them at addresses that expire', async () => {
    const { id: application_id, record } = await application();
    const attachment = { name: 'Report.txt', type: 'OTHER', content_type: 'text/plain' } as const;
    const data = Buffer.from('Score 7.5').toString('base64');
    await kombo.ats.addApplicationAttachment({ application_id, body: { attachment: { ...attachment, data } } });
    const [cv, file] = (await kombo.ats.getApplicationAttachments({ application_id })).data.results;
    expect([cv?.type, file]).toMatchObject(['CV', { type: 'OTHER', file_name: 'Report.txt' }]);
    expect(await (await fetch(file?.data_url ?? '')).text()).toBe('Score 7.5');

    const copy = { attachment: { name: 'Copy.txt', type: 'OTHER', data_url: file?.data_url ?? '' } } as const;
    await kombo.ats.addCandidateAttachment({ candidate_id: record.candidate_id, body: copy });
    const { results } = (await kombo.ats.getCandidateAttachments({ candidate_id: record.candidate_id })).data;
    expect(results.map(({ file_name, application_id: of }) => [file_name, of])).toEqual([
      [cv?.file_name, null],
      ['Report.txt', application_id],
      ['Copy.txt', null],
    ]);
    await sandbox.control('POST', '/clock', { advanceSeconds: 3_601 });
    expect((await fetch(file?.data_url ?? '')).status).toBe(403);
    const expired = await send('POST', `/ats/candidates/${record.candidate_id}/attachments`, copy);
    expect(expired.body.error.code).toBe('PLATFORM.INPUT_INVALID');
  });

  it('create an application, which Kombo tracks, unless the job is closed', async () => {
    await at('PATCH', '', { onlyCreatedApplications: true });
    const jobs = await sandbox.all(id, '/ats/jobs');
    const job = await at('PATCH', `/records/jobs/${jobs[0]?.['id']}`, { fields: { status: 'OPEN' } });
    const candidate = { first_name: 'Ny', last_name: 'Person', email_address: 'ny@person.example', location: { country: 'SE' } };
    const stage_id = job.record.stages[1].id;
    const { data } = await kombo.ats.createApplication({ job_id: `remote:${job.record.remote_id}`, body: { candidate, stage_id } });
    expect(data).toMatchObject({
      job_id: job.id,
      current_stage_id: stage_id,
      candidate: { first_name: 'Ny', location: { country: 'SE' } },
    });
    expect((await sandbox.all(id, '/ats/applications')).map((row) => row['id'])).toEqual([data.id]);
    expect((await sandbox.all(id, '/ats/candidates')).map((row) => row['last_name'])).toEqual(['Person']);
    await at('PATCH', `/records/jobs/${job.id}`, { fields: { status: 'CLOSED' }, mirror: false });
    const { status, body } = await send('POST', `/ats/jobs/${job.id}/applications`, { candidate });
    expect([status, body.error.code]).toEqual([400, 'ATS.JOB_CLOSED']);
  });

  it.each([
    ['PUT', 'stage', {}],
    ['PUT', 'stage', { stage_id: 7 }],
    ['POST', 'notes', { ...NOTE, content_type: 'HTML' }],
    ['POST', 'notes', { ...NOTE, author: 'me' }],
    ['POST', 'notes', []],
    ['POST', 'result-links', { label: 'x', url: 'no address' }],
    ['POST', 'result-links', { label: 'x', url: 'https://vendor.example', details: { attributes: [{ key: 'k' }] } }],
    ['POST', 'attachments', { attachment: { name: 'x', type: 'CV' } }],
    ['POST', 'attachments', { attachment: { name: 'x', type: 'CV', data: 'eA==' } }],
    ['POST', 'attachments', { attachment: { name: 'x', type: 'PHOTO', data: 'eA==', content_type: 'text/plain' } }],
  ])('refuse %s %s %j, and nothing reaches the ATS', async (method, name, body) => {
    const { id: application_id } = await application();
    const answer = await send(method, `/ats/applications/${application_id}/${name}`, body);
    expect([answer.status, answer.body.error.code]).toEqual([400, 'PLATFORM.INPUT_INVALID']);
    expect(await logged()).toEqual([]);
  });

  it('are refused for what Kombo does not know, and for what the ATS no longer has', async () => {
    const { id: application_id } = await application();
    expect((await send('POST', '/ats/applications/222k7eCGyUdgt2JWZDNnkDs3/notes', NOTE)).body.error.code).toBe('PLATFORM.INPUT_INVALID');
    await at('DELETE', '/records/applications/5?mirror=false');
    expect((await send('POST', `/ats/applications/${application_id}/notes`, NOTE)).body.error.code).toBe('REMOTE.INPUT_INVALID');
  });

  it('follow the scopes, which GET integration shows', async () => {
    const { id: application_id } = await application();
    const NOTES = 'ats_add_note_to_application';
    const code = async () => (await send('POST', `/ats/applications/${application_id}/notes`, NOTE)).body.error?.code;
    await at('PUT', '/scopes', { actions: { [NOTES]: { setting: 'DISABLED' } } });
    expect(await code()).toBe('INTEGRATION.ACTION_DISABLED');
    const { data } = await kombo.general.getIntegrationDetails({ integration_id: id });
    expect(data.data_expired_at).toBeNull();
    expect(data.write_actions.find((action) => action.id === NOTES)).toMatchObject({
      is_available: false,
      scope_config_setting: 'DISABLED',
    });
    await at('PUT', '/scopes', { actions: { [NOTES]: { setting: 'ENABLED', coverage: 'UNSUPPORTED' } } });
    expect(await code()).toBe('INTEGRATION.ACTION_NOT_AVAILABLE');
    await at('PUT', '/state', { status: 'INVALID' });
    expect(await code()).toBe('INTEGRATION.AUTHENTICATION_INVALID');
  });

  it('can succeed with a warning, which may quote the ATS', async () => {
    await at('PATCH', '', { actionWarning: 'The label was shortened', canary: 'Zq7c' });
    const { id: application_id } = await application();
    const { warnings } = await kombo.ats.addApplicationNote({ application_id, body: NOTE });
    expect(warnings).toEqual([{ message: expect.stringMatching(/^The label was shortened Zq7c\d{4}x$/) }]);
  });

  it('run only so many at a time, for each integration by itself', async () => {
    await at('PATCH', '', { concurrencyLimit: 2, actionMs: 200 });
    const { id: application_id } = await application();
    const note = () => send('POST', `/ats/applications/${application_id}/notes`, NOTE);
    const replies = await Promise.all([note(), note(), note()]);
    expect(replies.map(({ status }) => status).toSorted((a, b) => a - b)).toEqual([200, 200, 429]);
    const refused = replies.find(({ status }) => status === 429);
    expect(refused?.body.error.code).toBe('PLATFORM.CONCURRENCY_LIMIT_EXCEEDED');
    expect([refused?.headers.get('concurrency-limit'), refused?.headers.get('concurrency-remaining')]).toEqual(['2', '0']);
    expect((await note()).headers.get('concurrency-remaining')).toBe('1');
    expect((await sandbox.kombo(id, '/ats/jobs')).headers.get('concurrency-limit')).toBeNull();
    expect(await logged()).toHaveLength(3);
  });

  it.each([
    ['error', { code: 'PLATFORM.TASK_TIMED_OUT' }, { statusCode: 504 }],
    ['html', {}, { statusCode: 503 }],
    ['drop', {}, { name: 'UnexpectedClientError' }],
  ])('have been done when only their answer was lost (%s)', async (kind, more, error) => {
    const { id: application_id } = await application();
    await sandbox.control('POST', '/faults', { kind, late: true, path: '/ats/applications/*/notes', ...more });
    await expect(kombo.ats.addApplicationNote({ application_id, body: NOTE })).rejects.toMatchObject(error);
    expect(await logged()).toHaveLength(1);
    await kombo.ats.addApplicationNote({ application_id, body: NOTE });
    expect(await logged()).toHaveLength(2);
  });
});
