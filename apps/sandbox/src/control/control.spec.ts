import { StartedSandbox } from '../sandbox-under-spec.js';

describe('control', () => {
  let sandbox: StartedSandbox;
  let integrationId: string;
  const ID = 'greenhouse:B5DVmypWENfU6eMe6gYDyJG3';

  beforeAll(async () => {
    sandbox = await StartedSandbox.start();
    integrationId = await sandbox.integration({ id: ID, candidates: 20, jobs: 3, users: 4 });
  });
  afterAll(() => sandbox.close());

  it('makes an integration once per id', async () => {
    const again = await sandbox.control('POST', '/integrations', { id: ID, seed: 7, candidates: 20, jobs: 3, users: 4 });
    expect(again).toMatchObject({ integrationId: ID, tool: 'greenhouse', created: false });
    const reply = await sandbox.request('POST', '/control/kombo/integrations', {}, { id: ID, candidates: 21 });
    expect(reply.status).toBe(409);
  });

  const records = `/integrations/${ID}/records`;

  it.each([
    ['POST', '/integrations', { id: 'no' }],
    ['POST', '/integrations', { candidates: -1 }],
    ['POST', '/integrations', { candidates: 1_000_001 }],
    ['POST', '/integrations', { seed: 'x' }],
    ['POST', '/integrations', { sede: 1 }],
    ['POST', '/integrations', { id: ID, tool: 'lever', candidates: 20 }],
    ['POST', '/integrations', []],
    ['PATCH', `/integrations/${ID}`, { canary: '' }],
    ['PUT', `/integrations/${ID}/state`, { status: 'SLEEPY' }],
    ['PUT', `/integrations/${ID}/scopes`, { models: { notes: {} } }],
    ['PUT', `/integrations/${ID}/scopes`, { fields: { candidates: { shoe_size: {} } } }],
    ['POST', `/integrations/${ID}/sync`, {}],
    ['PATCH', `${records}/candidates/0`, { fields: { first_name: 7 } }],
    ['PATCH', `${records}/candidates/0`, { fields: { id: 'x' } }],
    ['PATCH', `${records}/candidates/0`, { fields: {}, mirror: 'maybe' }],
    ['POST', `${records}/applications/0/move`, { stage: 'Nowhere' }],
    ['POST', `${records}/jobs/0/move`, { stage: 'Offer' }],
    ['DELETE', `${records}/jobs/0?mirror=maybe`, undefined],
    ['POST', '/faults', {}],
    ['POST', '/faults', { kind: 'malformed', as: 'odd' }],
    ['POST', '/faults', { kind: 'malformed', record: 0 }],
    ['PUT', '/limits', { limit: -1 }],
    ['POST', '/clock', { advanceSeconds: 'soon' }],
  ])('refuses %s %s %j and says why', async (method, path, body) => {
    const reply = await sandbox.request(method, `/control/kombo${path}`, {}, body);
    expect(reply.status).toBe(400);
    expect(reply.body.error.length).toBeGreaterThan(10);
  });

  it.each([
    ['GET', '/integrations/sandbox:222k7eCGyUdgt2JWZDNnkDs3'],
    ['GET', `${records}/notes/0`],
    ['GET', `${records}/candidates/20`],
    ['GET', `${records}/candidates/222k7eCGyUdgt2JWZDNnkDs3`],
    ['DELETE', '/faults/99'],
  ])('does not find %s %s', async (method, path) => {
    expect((await sandbox.request(method, `/control/kombo${path}`)).status).toBe(404);
  });

  it('finds a record by number, id and remote id', async () => {
    const byNumber = await sandbox.control('GET', `${records}/candidates/7`);
    expect(await sandbox.control('GET', `${records}/candidates/${byNumber.id}`)).toEqual(byNumber);
    expect(await sandbox.control('GET', `${records}/candidates/remote:${byNumber.record.remote_id}`)).toEqual(byNumber);
  });

  it('adds an application for an added candidate, in both directions', async () => {
    const candidate = await sandbox.control('POST', `${records}/candidates`, { fields: { first_name: 'Ny', last_name: 'Person' } });
    const application = await sandbox.control('POST', `${records}/applications`, { candidate: candidate.id, job: 1, stage: 'Applied' });
    expect(application.record).toMatchObject({
      candidate_id: candidate.id,
      candidate: { first_name: 'Ny' },
      current_stage: { name: 'Applied' },
    });
    const [listed] = await sandbox.all(integrationId, `/ats/candidates?ids=${candidate.id}`);
    expect(listed?.['applications'].map(({ id }: { id: string }) => id)).toEqual([application.id]);
  });

  it('changes many at once', async () => {
    const body = { from: 2, count: 100, fields: { company: 'Bulk' } };
    expect((await sandbox.control('POST', `${records}/users/change-many`, { count: 3, fields: { last_name: 'Bulk' } })).changed).toBe(3);
    expect((await sandbox.control('POST', `${records}/candidates/change-many`, body)).changed).toBeGreaterThanOrEqual(18);
    const [, , third] = await sandbox.all(integrationId, '/ats/candidates');
    expect(third?.['company']).toBe('Bulk');
  });

  it('tells what was asked, without the key', async () => {
    await sandbox.control('DELETE', '/requests');
    await sandbox.kombo(integrationId, '/ats/jobs?page_size=2&statuses=OPEN');
    await sandbox.kombo(integrationId, '/nowhere');
    const log = await sandbox.control('GET', '/requests');
    expect(log.counters).toEqual({ 'GET /ats/jobs 200': 1, 'GET /nowhere 400': 1 });
    expect(log.requests[0]).toMatchObject({ path: '/ats/jobs', query: { page_size: '2', statuses: 'OPEN' }, status: 200 });
    expect(log.requests[0].headers).toMatchObject({ authorization: '(secret)', 'x-integration-id': integrationId });
    expect(JSON.stringify(log)).not.toContain('kombo-sandbox-key');
  });
});
