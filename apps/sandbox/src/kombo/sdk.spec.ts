// By path: the package offers its TypeScript under the condition that this repository's own sources use, and jest does not compile packages.
import { Kombo } from '../../../../node_modules/@kombo-api/sdk/esm/index.js';
import { StartedSandbox } from '../sandbox-under-spec.js';

/** Kombo's own client, version 1.1.3 (2026-05-12): it refuses a record with a missing key, a wrong type or a value outside its enumerations. */
describe("Kombo's own SDK", () => {
  let sandbox: StartedSandbox;
  let integrationId: string;
  let kombo: Kombo;

  beforeAll(async () => {
    sandbox = await StartedSandbox.start();
    integrationId = await sandbox.integration({ candidates: 1_200, jobs: 210, users: 130, originId: 'tenant-1' });
    kombo = new Kombo({ api_key: 'kombo-sandbox-key', integration_id: integrationId, server_url: sandbox.komboUrl });
  });
  afterAll(() => sandbox.close());

  it('parses every job, and its pages join to the whole', async () => {
    const ids: string[] = [];
    for await (const page of await kombo.ats.getJobs({ page_size: 50 })) ids.push(...page.result.data.results.map(({ id }) => id));
    expect(ids).toHaveLength(210);
    expect(new Set(ids).size).toBe(210);
    expect(ids).toEqual((await sandbox.all(integrationId, '/ats/jobs?page_size=250')).map(({ id }) => id));
  });

  it('parses every user', async () => {
    let count = 0;
    for await (const page of await kombo.ats.getUsers({})) count += page.result.data.results.length;
    expect(count).toBe(130);
  });

  it('parses every candidate, and its pages join to the whole', async () => {
    const ids: string[] = [];
    for await (const page of await kombo.ats.getCandidates({ page_size: 250 })) ids.push(...page.result.data.results.map(({ id }) => id));
    expect(ids).toHaveLength(1_200);
    expect(ids).toEqual((await sandbox.all(integrationId, '/ats/candidates?page_size=99')).map(({ id }) => id));
  });

  it('parses every application, and each refers to a candidate, a job and a stage of that job that exist', async () => {
    const jobs = new Map(
      (await sandbox.all(integrationId, '/ats/jobs')).map((job) => [job['id'], job['stages'].map((stage: { id: string }) => stage.id)]),
    );
    const candidates = new Set((await sandbox.all(integrationId, '/ats/candidates')).map(({ id }) => id));
    let count = 0;
    for await (const page of await kombo.ats.getApplications({ page_size: 250 })) {
      for (const { candidate_id, job_id, current_stage_id } of page.result.data.results) {
        count += 1;
        expect(candidates.has(candidate_id)).toBe(true);
        expect(current_stage_id === null || jobs.get(job_id)?.includes(current_stage_id)).toBe(true);
      }
    }
    expect(count).toBe(1_296);
  });

  it('parses deleted, changed and added records', async () => {
    const at = `/integrations/${integrationId}/records`;
    await sandbox.control('DELETE', `${at}/candidates/0`);
    await sandbox.control('PATCH', `${at}/candidates/1`, { fields: { first_name: null, email_addresses: null } });
    await sandbox.control('POST', `${at}/candidates`, { fields: { first_name: 'Ny' } });
    await sandbox.control('POST', `${at}/jobs`, {});
    await sandbox.control('POST', `${at}/applications`, { candidate: 1_200, job: 210, stage: 'Alva Assessment' });
    const count = { candidates: 0, applications: 0, jobs: 0 };
    for await (const page of await kombo.ats.getCandidates({ include_deleted: true })) count.candidates += page.result.data.results.length;
    for await (const page of await kombo.ats.getApplications({ include_deleted: true }))
      count.applications += page.result.data.results.length;
    for await (const page of await kombo.ats.getJobs({ include_deleted: true })) count.jobs += page.result.data.results.length;
    expect(count).toEqual({ candidates: 1_201, applications: 1_297, jobs: 211 });
  });

  it('parses the key check, the integration, the tools and a forced sync', async () => {
    const { environment_id } = (await kombo.general.checkApiKey()).data;
    expect(environment_id).toMatch(/^[1-9A-HJ-NP-Za-km-z]{24}$/);
    const { data } = await kombo.general.getIntegrationDetails({ integration_id: integrationId });
    expect(data).toMatchObject({
      id: integrationId,
      category: 'ATS',
      status: 'ACTIVE',
      setup_status: 'COMPLETED',
      end_user: { origin_id: 'tenant-1' },
    });
    expect(new Set(data.read_models.map(({ id }) => id))).toEqual(new Set(['ats_users', 'ats_jobs', 'ats_applications', 'ats_candidates']));
    expect((await kombo.general.getTools({ category: 'ats' })).data.tools).toHaveLength(1);
    expect((await kombo.general.triggerSync({ type: 'DELTA' })).data).toMatchObject({ already_queued: false, type: 'DELTA' });
  });

  it('understands the errors', async () => {
    const stranger = new Kombo({ api_key: 'wrong', integration_id: integrationId, server_url: sandbox.komboUrl });
    await expect(stranger.general.checkApiKey()).rejects.toMatchObject({
      statusCode: 401,
      data$: { error: { code: 'PLATFORM.AUTHENTICATION_INVALID' } },
    });
  });

  it('refuses what Kombo has not published, so that its approval means something', async () => {
    await sandbox.control('POST', '/faults', { kind: 'unknown-enums', path: '/ats/applications' });
    await expect(kombo.ats.getApplications({})).rejects.toThrow('Response validation failed');
    await sandbox.control('POST', '/faults', { kind: 'malformed', as: 'wrong-types', path: '/ats/jobs' });
    await expect(kombo.ats.getJobs({})).rejects.toThrow('Response validation failed');
  });

  it('disables, enables and deletes an integration', async () => {
    const id = await sandbox.integration({ candidates: 10 });
    const own = new Kombo({ api_key: 'kombo-sandbox-key', integration_id: id, server_url: sandbox.komboUrl });
    await own.general.setIntegrationEnabled({ integration_id: id, body: { value: false } });
    expect((await sandbox.kombo(id, '/ats/jobs')).body.error.code).toBe('INTEGRATION.INACTIVE');
    await own.general.setIntegrationEnabled({ integration_id: id, body: { value: true } });
    expect((await sandbox.kombo(id, '/ats/jobs')).status).toBe(200);
    await own.general.deleteIntegration({ integration_id: id, body: {} });
    expect((await sandbox.kombo(id, '/ats/jobs')).body.error.code).toBe('PLATFORM.INTEGRATION_NOT_FOUND');
  });
});
