import { StartedSandbox } from '../sandbox-under-spec.js';

describe('access', () => {
  let sandbox: StartedSandbox;
  let integrationId: string;

  beforeAll(async () => {
    sandbox = await StartedSandbox.start();
    integrationId = await sandbox.integration({ candidates: 20, jobs: 3 });
  });
  afterAll(() => sandbox.close());

  const error = (code: string, message: unknown = expect.any(String)) => ({
    status: 'error',
    error: { code, title: expect.any(String), message, log_url: expect.any(String) },
  });

  it('needs a key', async () => {
    const reply = await sandbox.kombo(integrationId, '/ats/jobs', 'wrong');
    expect(reply).toMatchObject({ status: 401, body: error('PLATFORM.AUTHENTICATION_INVALID') });
  });

  it('needs an integration that exists', async () => {
    const authorization = 'Bearer kombo-sandbox-key';
    const without = await sandbox.request('GET', '/kombo/v1/ats/jobs', { authorization });
    expect(without).toMatchObject({ status: 400, body: error('PLATFORM.INPUT_INVALID') });
    const unknown = await sandbox.kombo('sandbox:222k7eCGyUdgt2JWZDNnkDs3', '/ats/jobs');
    expect(unknown).toMatchObject({ status: 404, body: error('PLATFORM.INTEGRATION_NOT_FOUND') });
  });

  it("does not find another environment's integration, nor let its key in here", async () => {
    const second = await sandbox.integration({ candidates: 5, environment: 'second' });
    expect((await sandbox.kombo(second, '/ats/jobs')).status).toBe(404);
    expect((await sandbox.kombo(integrationId, '/ats/jobs', 'kombo-sandbox-key-2')).status).toBe(404);
    expect((await sandbox.kombo(integrationId, `/integrations/${second}`)).status).toBe(404);
    expect((await sandbox.kombo(second, '/ats/jobs', 'kombo-sandbox-key-2')).status).toBe(200);
  });

  it.each([
    [{ setupStatus: 'FINAL_SYNC_PENDING' }, 409, 'INTEGRATION.SETUP_SYNC_PENDING'],
    [{ setupStatus: 'INCOMPLETE' }, 409, 'INTEGRATION.SETUP_INCOMPLETE'],
    [{ qaStatus: 'FAILED' }, 409, 'INTEGRATION.QA_FAILED'],
    [{ status: 'INACTIVE' }, 409, 'INTEGRATION.INACTIVE'],
    [{ status: 'INVALID' }, 401, 'INTEGRATION.AUTHENTICATION_INVALID'],
  ])('is refused in state %j with %d %s, which GET integration still tells', async (state, status, code) => {
    const usable = { status: 'ACTIVE', setupStatus: 'COMPLETED', qaStatus: 'PASSED' };
    const expected = { ...usable, ...state };
    await sandbox.control('PUT', `/integrations/${integrationId}/state`, expected);
    expect(await sandbox.kombo(integrationId, '/ats/candidates')).toMatchObject({ status, body: error(code) });
    const { data } = (await sandbox.kombo(integrationId, `/integrations/${integrationId}`)).body;
    expect(data).toMatchObject({ status: expected.status, setup_status: expected.setupStatus });
    await sandbox.control('PUT', `/integrations/${integrationId}/state`, usable);
    expect((await sandbox.kombo(integrationId, '/ats/candidates')).status).toBe(200);
  });

  it('may be refused in words that quote the ATS', async () => {
    const id = await sandbox.integration({ candidates: 1, canary: 'kanarie-7731' });
    const reply = await sandbox.kombo(id, '/ats/jobs?page_size=0');
    expect(reply.body).toMatchObject(error('PLATFORM.INPUT_INVALID', expect.stringContaining('kanarie-7731')));
  });

  it('opens when the first sync has run', async () => {
    await sandbox.control('PUT', `/integrations/${integrationId}/state`, { setupStatus: 'FINAL_SYNC_PENDING' });
    await sandbox.control('POST', `/integrations/${integrationId}/sync`, { type: 'FULL' });
    expect((await sandbox.kombo(integrationId, '/ats/candidates')).status).toBe(200);
  });

  it('is counted, and refused once the window is used up, for that key alone', async () => {
    await sandbox.control('PUT', '/limits', { limit: 2, windowSeconds: 30 });
    const replies = [1, 2, 3].map(() => sandbox.kombo(integrationId, '/ats/jobs'));
    const [first, , third] = await Promise.all(replies);
    const quota = (reply: typeof first) => ['limit', 'remaining', 'reset'].map((name) => Number(reply?.headers.get(`ratelimit-${name}`)));
    expect(quota(first)).toEqual([2, 1, 30]);
    expect(third).toMatchObject({ status: 429, body: error('PLATFORM.RATE_LIMIT_EXCEEDED') });
    expect(quota(third)[1]).toBe(0);
    expect((await sandbox.kombo(integrationId, '/check-api-key', 'kombo-sandbox-key-2')).status).toBe(200);
    await sandbox.control('POST', '/clock', { advanceSeconds: 30 });
    expect((await sandbox.kombo(integrationId, '/ats/jobs')).status).toBe(200);
    await sandbox.control('PUT', '/limits', {});
  });
});
