import { AccountUnderSpec } from '../account-under-spec.js';

let account: AccountUnderSpec;
beforeAll(async () => {
  account = await AccountUnderSpec.start('workable', { candidates: 150, jobs: 20, users: 120 });
});
afterAll(() => account.close());

const get = (path: string) => account.call('GET', `/spi/v3${path}`, { authorization: `Bearer ${account.made.credentials.accessToken}` });

describe('Workable', () => {
  it('gives 50 a page, a hundred at most, and the next one as an address with all that was asked', async () => {
    const { body } = await get('/candidates?updated_after=2020-01-01T00:00:00Z');
    expect(body.candidates).toHaveLength(50);
    const next = new URL(body.paging.next);
    expect(next.host).toBe(`${account.made.accountId}.workable.com`);
    expect(next.searchParams.get('since_id')).toBe(body.candidates[49].id);
    expect(next.searchParams.get('updated_after')).toBe('2020-01-01T00:00:00Z');
    expect((await get('/candidates?limit=101')).status).toBe(422);
  });

  it('leaves the address out at the end', async () => {
    const { body } = await get('/jobs?limit=100');
    expect(body.jobs).toHaveLength(20);
    expect(body.paging).toBeUndefined();
  });

  it('holds who applied twice as two candidates, each with one job', async () => {
    const { candidates } = (await get('/candidates?limit=100')).body;
    const emails = candidates.map(({ email }: { email: string }) => email).filter((email: string | null) => email !== null);
    expect(new Set(emails).size).toBeLessThan(emails.length);
    expect(candidates.every(({ job }: { job: { shortcode: string } }) => typeof job.shortcode === 'string')).toBe(true);
  });

  it('names a candidate’s stage, and its slug with the job and the account', async () => {
    const { candidates } = (await get('/candidates')).body;
    const { stage, job } = candidates.find((one: { stage: string | null }) => one.stage !== null);
    const own = (await get(`/jobs/${job.shortcode}/stages`)).body.stages;
    const all = (await get('/stages')).body.stages;
    expect(own.map(({ name }: { name: string }) => name)).toContain(stage);
    expect(all.filter(({ name }: { name: string }) => name === stage)).toHaveLength(1);
  });

  it('tells more in the detail of a candidate than anybody should ask for', async () => {
    const { candidates } = (await get('/candidates')).body;
    const { candidate } = (await get(`/candidates/${candidates[0].id}`)).body;
    expect(candidate.summary).toContain('kanarie-4711');
    expect(candidates[0].phone).toContain('kanarie-4711');
  });

  it('shows a person’s edit on each of their rows', async () => {
    await account.control('PATCH', '/records/candidates/7', { fields: { first_name: 'Edited' } });
    const { candidates } = (await get('/candidates?updated_after=2026-09-01T00:00:00Z')).body;
    expect(candidates.map(({ firstname }: { firstname: string }) => firstname)).toEqual(['Edited', 'Edited']);
  });

  it('takes ten requests in ten seconds', async () => {
    await account.control('PATCH', '', { limits: true });
    const replies = [];
    for (let count = 0; count < 11; count += 1) replies.push(await get('/stages'));
    expect(replies.filter(({ status }) => status === 200)).toHaveLength(10);
    expect(Number(replies.at(-1)?.headers.get('retry-after'))).toBeGreaterThan(0);
    await account.control('PATCH', '', { limits: false });
  });

  it('hides candidates from a token without the scope', async () => {
    await account.control('PATCH', '', { rights: 'member' });
    expect((await get('/candidates')).status).toBe(403);
    expect((await get('/jobs')).status).toBe(200);
    await account.control('PATCH', '', { rights: 'admin' });
  });
});
