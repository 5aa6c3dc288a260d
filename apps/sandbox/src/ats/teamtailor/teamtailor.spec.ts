import { AccountUnderSpec } from '../account-under-spec.js';

let account: AccountUnderSpec;
beforeAll(async () => {
  account = await AccountUnderSpec.start('teamtailor', { candidates: 80, jobs: 40, users: 20 });
});
afterAll(() => account.close());

const headers = () => ({ authorization: `Token token=${account.made.credentials.apiKey}`, 'x-api-version': '20240404' });
const get = (path: string, given: Readonly<Record<string, string>> = headers()) => account.call('GET', `/v1${path}`, given);

describe('Teamtailor', () => {
  it('refuses a request without a version that it knows', async () => {
    const { 'x-api-version': _version, ...rest } = headers();
    expect((await get('/jobs', rest)).status).toBe(406);
    expect((await get('/jobs', { ...rest, 'x-api-version': '19990101' })).body).toMatchObject({
      errors: [{ code: 'invalid_api_version' }],
    });
  });

  it('gives ten a page, thirty at most', async () => {
    expect((await get('/users')).body.data).toHaveLength(10);
    expect((await get('/candidates?page%5Bsize%5D=30')).body.data).toHaveLength(30);
    expect((await get('/candidates?page%5Bsize%5D=31')).status).toBe(400);
  });

  it('names the next page on a host of its own, and how many there are', async () => {
    const { body } = await get('/candidates?page%5Bsize%5D=30&page%5Bnumber%5D=2');
    expect(body.meta).toEqual({ 'record-count': 80, 'page-count': 3 });
    expect(body.links.next).toBe('https://api.teamtailor.com/v1/candidates?page%5Bnumber%5D=3&page%5Bsize%5D=30');
    expect((await get('/candidates?page%5Bsize%5D=30&page%5Bnumber%5D=3')).body.links.next).toBeUndefined();
  });

  it('hides what is not published, and internal jobs, unless they are asked for', async () => {
    const all = (await get('/jobs?filter%5Bstatus%5D=all&filter%5Bfeed%5D=public,internal')).body.meta['record-count'];
    const plain = (await get('/jobs')).body.meta['record-count'];
    expect(all).toBe(40);
    expect(plain).toBeLessThan(all);
  });

  it('does not filter jobs by their edits', async () => {
    const since = encodeURIComponent('2999-01-01T00:00:00Z');
    const { body } = await get(`/jobs?filter%5Bstatus%5D=all&filter%5Bfeed%5D=public,internal&filter%5Bupdated-at%5D%5Bfrom%5D=${since}`);
    expect(body.meta['record-count']).toBe(40);
  });

  it('links relations by address alone unless they are included', async () => {
    const plain = (await get('/job-applications')).body.data[0].relationships.candidate;
    const included = (await get('/job-applications?include=candidate')).body;
    expect(plain.data).toBeUndefined();
    expect(included.data[0].relationships.candidate.data).toMatchObject({ type: 'candidates' });
    expect(included.included[0].attributes['first-name']).toEqual(expect.anything());
  });

  it('sends what fields[…] names, of included types too, and drops a relation that it does not name', async () => {
    const path = '/job-applications?include=candidate,stage&fields%5Bcandidates%5D=id&fields%5Bjob-applications%5D=created-at,candidate';
    const { data, included } = (await get(path)).body;
    expect(Object.keys(data[0].attributes)).toEqual(['created-at']);
    expect(Object.keys(data[0].relationships)).toEqual(['candidate']);
    const people = included.filter(({ type }: { type: string }) => type === 'candidates');
    expect(people.every(({ attributes }: { attributes: object }) => Object.keys(attributes).length === 0)).toBe(true);
  });

  it('fills in what nobody should take', async () => {
    const { data } = (await get('/candidates')).body;
    expect(data[0].attributes.phone).toContain('kanarie-4711');
    expect(data[0].attributes.pitch).toContain('kanarie-4711');
  });

  it('shows candidates to an Admin key alone', async () => {
    await account.control('PATCH', '', { rights: 'member' });
    expect((await get('/candidates')).status).toBe(403);
    expect((await get('/users')).body.data[0].attributes.email).toBeNull();
    await account.control('PATCH', '', { rights: 'admin' });
  });

  it('takes 50 requests in ten seconds, and tells how many are left and for how long', async () => {
    await account.control('PATCH', '', { limits: true, most: 2 });
    const replies = [await get('/users'), await get('/users'), await get('/users')];
    expect(replies.map(({ status }) => status)).toEqual([200, 200, 429]);
    expect(replies.map(({ headers: told }) => told.get('x-rate-limit-remaining'))).toEqual(['1', '0', '0']);
    expect(Number(replies[2]?.headers.get('x-rate-limit-reset'))).toBeLessThanOrEqual(10);
    expect(Number(replies[2]?.headers.get('retry-after'))).toBeGreaterThan(0);
    await account.control('PATCH', '', { limits: false, most: null });
  });
});
