import { TestClock } from '#libs/testkit';
import { StartedSandbox, type Parsed, type Reply, type Row } from '../../sandbox-under-spec.js';
import { signatureOf } from './webhooks.js';

const CANARY = 'kanarie-4711';
const RECIPE = { seed: 7, candidates: 230, jobs: 30, users: 25 };

describe('the stand-in of SmartRecruiters', () => {
  const clock = new TestClock('2026-11-22T10:00:00.000Z');
  let sandbox: StartedSandbox;
  let account: Parsed;

  const control = async (method: string, path: string, body?: unknown): Promise<Parsed> => {
    const { status, body: answered } = await sandbox.request(method, `/control/smartrecruiters${path}`, {}, body);
    if (status !== 200) throw new Error(`${method} ${path}: ${status} ${JSON.stringify(answered)}`);
    return answered;
  };
  const change = (method: string, path: string, body?: unknown) => control(method, `/accounts/${account.accountId}${path}`, body);
  const get = (path: string, key: string = account.credentials.apiKey): Promise<Reply> =>
    sandbox.request('GET', `/ats/smartrecruiters${path}`, { 'x-smarttoken': key });
  const pages = async (path: string): Promise<Reply[]> => {
    const read: Reply[] = [];
    for (let pageId: string | undefined = ''; pageId !== undefined; pageId = read.at(-1)?.body.nextPageId) {
      const page = await get(`${path}${path.includes('?') ? '&' : '?'}limit=100${pageId === '' ? '' : `&pageId=${pageId}`}`);
      if (page.status !== 200) throw new Error(`${path}: ${page.status} ${JSON.stringify(page.body)}`);
      read.push(page);
    }
    return read;
  };
  const all = async (path: string): Promise<Row[]> => (await pages(path)).flatMap(({ body }) => body.content);

  beforeAll(async () => {
    sandbox = await StartedSandbox.start(clock);
  });
  afterAll(() => sandbox.close());
  beforeEach(async () => {
    account = await control('POST', '/accounts', { ...RECIPE, limits: false });
    clock.advanceMs(60_000);
  });
  afterEach(() => control('DELETE', '/faults'));

  describe('lists', () => {
    it('gives ten unless told, a hundred at most, and says how many there are', async () => {
      const { body } = await get('/jobs');
      expect([body.limit, body.content.length, body.totalFound]).toEqual([10, 10, RECIPE.jobs]);
      expect((await get('/jobs?limit=101')).status).toBe(400);
      expect((await get('/candidates?limit=100')).body.content).toHaveLength(100);
    });

    it.each([
      ['/user-api/v201804/users', RECIPE.users],
      ['/jobs', RECIPE.jobs],
      ['/candidates', RECIPE.candidates],
    ])('ends with a page that holds nothing: %s', async (path, count) => {
      const read = await pages(path);
      expect(read.at(-1)?.body).toEqual({ limit: 100, totalFound: count, content: [] });
      expect(read.at(-2)?.body.content.length).toBeGreaterThan(0);
      expect(new Set(read.flatMap(({ body }) => body.content.map(({ id }: Row) => id))).size).toBe(count);
    });

    it('refuses a pageId that was altered, or is of another list', async () => {
      const { nextPageId } = (await get('/jobs')).body;
      for (const path of [`/jobs?pageId=${nextPageId}x`, `/jobs?pageId=abc`, `/candidates?pageId=${nextPageId}`])
        expect(await get(path)).toMatchObject({ status: 400, body: { errors: [{ code: 'INVALID_PAGE_ID' }] } });
      expect((await get(`/jobs?pageId=${nextPageId}`)).status).toBe(200);
    });

    it('refuses a parameter that it does not know', async () => {
      expect(await get('/jobs?offset=10')).toMatchObject({ status: 400, body: { errors: [{ code: 'INVALID_PARAMETER' }] } });
    });

    it('gives the pageId again that was sent, where it is told to', async () => {
      const { nextPageId } = (await get('/jobs')).body;
      await control('POST', '/faults', { kind: 'loop', times: 1 });
      expect((await get(`/jobs?pageId=${nextPageId}`)).body.nextPageId).toBe(nextPageId);
    });
  });

  describe('access', () => {
    it('takes the key of the customer in X-SmartToken alone', async () => {
      expect(await get('/jobs', 'wrong')).toMatchObject({ status: 401, body: { errors: [{ code: 'UNAUTHORIZED' }] } });
      const bearer = { authorization: `Bearer ${account.credentials.apiKey}` };
      expect((await sandbox.request('GET', '/ats/smartrecruiters/jobs', bearer)).status).toBe(401);
    });

    it('refuses the key of somebody who is no administrator', async () => {
      await change('PATCH', '', { rights: 'member' });
      for (const path of ['/jobs', '/jobs/100001', '/candidates', '/user-api/v201804/users'])
        expect(await get(path)).toMatchObject({ status: 403, body: { errors: [{ code: 'FORBIDDEN' }] } });
    });
  });

  describe('limits', () => {
    beforeEach(() => change('PATCH', '', { limits: true }));

    it('refuses the eleventh request of a second', async () => {
      const statuses: number[] = [];
      for (let request = 0; request < 11; request += 1) statuses.push((await get('/jobs')).status);
      expect(statuses).toEqual([...Array.from({ length: 10 }, () => 200), 429]);
      const refused = await get('/jobs');
      expect(['x-ratelimit-limit', 'x-ratelimit-remaining', 'retry-after'].map((name) => refused.headers.get(name))).toEqual([
        '10',
        '0',
        '1',
      ]);
      clock.advanceMs(100);
      expect((await get('/jobs')).status).toBe(200);
    });

    it('lists candidates one request after the other as often as wanted', async () => {
      for (let request = 0; request < 30; request += 1) {
        clock.advanceMs(100);
        expect((await get('/candidates')).status).toBe(200);
      }
    });

    it('lists candidates for one at a time, while the rest is for eight', async () => {
      await control('POST', '/faults', { kind: 'huge', bytes: 40_000_000, path: '/candidates', times: 1 });
      const headers = { 'x-smarttoken': account.credentials.apiKey };
      const unread = await fetch(`${sandbox.url}/ats/smartrecruiters/candidates`, { headers });
      const concurrent = ({ headers: given }: Pick<Reply, 'headers'>) =>
        ['limit', 'remaining'].map((name) => given.get(`x-ratelimit-concurrent-${name}`));
      expect(concurrent(unread)).toEqual(['1', '0']);
      expect((await get('/candidates')).status).toBe(429);
      const jobs = await get('/jobs');
      expect([jobs.status, ...concurrent(jobs)]).toEqual([200, '8', '6']);
      await unread.body?.cancel();
    });
  });

  describe('jobs', () => {
    it('have the statuses of SmartRecruiters', async () => {
      const jobs = await all('/jobs');
      const statuses = new Set(jobs.map(({ status }) => status));
      expect([...statuses].filter((status) => !['SOURCING', 'FILLED', 'CREATED', 'CANCELLED'].includes(status))).toEqual([]);
      const filled = await all('/jobs?status=FILLED&status=CANCELLED');
      expect(filled).toEqual(jobs.filter(({ status }) => status === 'FILLED' || status === 'CANCELLED'));
      expect((await get('/jobs?status=OPEN')).status).toBe(400);
      expect(await all('/jobs?postingStatus=PUBLIC')).toEqual(jobs.filter(({ postingStatus }) => postingStatus === 'PUBLIC'));
    });

    it('name their hiring process on the detail alone, beside what is paid and who made them', async () => {
      const [listed] = await all('/jobs');
      const { body } = await get(`/jobs/${listed?.['id']}`);
      expect(listed).not.toHaveProperty('hiringProcess');
      expect(Object.keys(body)).toEqual(expect.arrayContaining(['hiringProcess', 'compensation', 'jobAd', 'properties', 'creator']));
      expect(body.id).toBe(listed?.['id']);
      expect((await get('/jobs/999999')).status).toBe(404);
    });

    it('have a process whose words divide three statuses, and follow the stages', async () => {
      const process = async () => (await get(`/configuration/hiring-processes/hp-100002`)).body.subStatuses;
      const before = await process();
      expect(Object.keys(before)).toEqual(['IN_REVIEW', 'INTERVIEW', 'OFFERED']);
      expect(before.IN_REVIEW).toContain('Screening');
      expect(JSON.stringify(before)).not.toContain('Applied');
      await change('POST', '/records/jobs/2/stages', { name: 'Code test' });
      expect((await process()).IN_REVIEW).toEqual([...before.IN_REVIEW, 'Code test']);
      expect((await get('/configuration/hiring-processes/hp-1')).status).toBe(404);
    });

    it('have a team of users by their ids', async () => {
      const users = new Set((await all('/user-api/v201804/users')).map(({ id }) => id));
      const { body } = await get('/jobs/100002/hiring-team');
      expect(body.content.length).toBe(body.totalFound);
      expect(body.content[0].role).toBe('RECRUITER');
      for (const { id } of body.content) expect(users.has(id)).toBe(true);
    });
  });

  describe('candidates', () => {
    it('carry their applications as assignments, or stand in no job', async () => {
      const candidates = await all('/candidates');
      const assignments = candidates.flatMap((row) => [row['primaryAssignment'], ...row['secondaryAssignments']]);
      expect(assignments.filter(({ job }) => job !== undefined)).toHaveLength(account.sizes.applications);
      expect(candidates[13]?.['primaryAssignment']).toEqual({ status: 'LEAD', subStatus: null });
      expect(candidates[7]?.['secondaryAssignments']).toHaveLength(1);
      const standings = new Set(assignments.map(({ status, subStatus }) => `${status} ${subStatus}`));
      for (const standing of ['NEW null', 'IN_REVIEW Screening', 'INTERVIEW Interview', 'REJECTED null', 'HIRED null'])
        expect(standings).toContain(standing);
    });

    it('are found by the job and the status of any assignment', async () => {
      const candidates = await all('/candidates');
      const stands = (row: Row, holds: (assignment: Parsed) => boolean) =>
        [row['primaryAssignment'], ...row['secondaryAssignments']].some((assignment) => assignment.job !== undefined && holds(assignment));
      expect(await all('/candidates?jobId=100003')).toEqual(candidates.filter((row) => stands(row, ({ job }) => job.id === '100003')));
      expect(await all('/candidates?jobId=100003&status=NEW')).toEqual(
        candidates.filter((row) => stands(row, ({ job, status }) => job.id === '100003' && status === 'NEW')),
      );
      expect((await get('/candidates?subStatus=Screening')).status).toBe(400);
    });

    it('count as updated when they are edited and when they move, and not before', async () => {
      const since = `/candidates?updatedAfter=${clock.now().toISOString()}`;
      clock.advanceMs(60_000);
      expect(await all(since)).toEqual([]);
      await change('POST', '/records/applications/5/move', { stage: 'Screening' });
      await change('PATCH', '/records/candidates/2', { fields: { first_name: 'Changed' } });
      const updated = await all(since);
      expect(updated.map(({ id }) => id)).toEqual(['4000002', '4000005']);
      for (const { updatedOn } of updated) expect(updatedOn).toBe(clock.now().toISOString());
      expect(updated[1]?.['primaryAssignment']).toMatchObject({ status: 'IN_REVIEW', subStatus: 'Screening' });
    });

    it('are gone when they are deleted', async () => {
      await change('DELETE', '/records/candidates/3');
      expect((await all('/candidates')).map(({ id }) => id)).not.toContain('4000003');
    });
  });

  it('carries the canary in every payload that holds more than the allowlist admits', async () => {
    await change('PATCH', '', { canary: CANARY });
    const paths = ['/user-api/v201804/users', '/jobs', '/jobs/100002', '/configuration/hiring-processes/hp-100002', '/candidates'];
    for (const path of paths) expect(JSON.stringify((await get(path)).body)).toContain(CANARY);
    const { phoneNumber, education, experience, tags } = (await get('/candidates')).body.content[0];
    expect([phoneNumber, education, experience, tags]).toEqual([undefined, undefined, undefined, [`pregnant ${CANARY}`]]);
  });

  describe('webhooks', () => {
    const sent = async (): Promise<Row[]> => (await change('GET', '/webhooks')).sent;

    it('tells ids alone, once for each of two keys', async () => {
      await change('PATCH', '', { webhookUrl: 'http://127.0.0.1:9/' });
      await change('POST', '/records/applications/2/move', { stage: 'Screening' });
      await change('PATCH', '/records/users/1', { fields: { first_name: 'Changed' } });
      const [delivery, ...others] = await sent();
      expect(others).toEqual([]);
      expect(delivery).toMatchObject({ type: 'application.status.updated', headers: { 'event-name': 'application.status.updated' } });
      expect(Object.keys(JSON.parse(delivery?.['body']))).toEqual(['job_id', 'candidate_id']);
      const headers = delivery?.['headers'];
      const told = {
        timestamp: headers['smartrecruiters-timestamp'],
        body: delivery?.['body'],
        id: headers['event-id'],
        name: headers['event-name'],
        version: headers['event-version'],
        link: headers['link'],
      };
      const [before, now] = headers['smartrecruiters-signature'].split(';');
      expect(now).toBe(`v1=${signatureOf(account.credentials.webhookSecret, told)}`);
      expect(before).toMatch(/^v1=[0-9a-f]{64}$/);
      expect(before).not.toBe(now);
    });
  });
});
