import { AccountUnderSpec } from '../account-under-spec.js';

let account: AccountUnderSpec;
beforeAll(async () => {
  account = await AccountUnderSpec.start('workable', { candidates: 150, jobs: 20, users: 120 });
});
afterAll(() => account.close());

type Row = Readonly<Record<string, unknown>>;

const get = (path: string) => account.call('GET', `/spi/v3${path}`, { authorization: `Bearer ${account.made.credentials.accessToken}` });

describe('Workable', () => {
  it('gives 50 a page, a hundred at most, and the next one as an address with all that was asked', async () => {
    const { body } = await get('/candidates?updated_after=2020-01-01T00:00:00Z');
    expect(body.candidates).toHaveLength(50);
    const next = new URL(body.paging.next);
    expect(next.host).toBe(`${account.made.accountId}.workable.com`);
    expect(next.searchParams.get('updated_after')).toBe('2020-01-01T00:00:00Z');
    const following = await get(`/candidates${next.search}`);
    expect(following.body.candidates[0].id).toBe(next.searchParams.get('since_id'));
    expect(body.candidates.map(({ id }: Row) => id)).not.toContain(following.body.candidates[0].id);
    const refused = await get('/candidates?limit=101');
    expect([refused.status, Object.keys(refused.body)]).toEqual([422, ['validation_errors']]);
  });

  it('takes since_id and max_id as the first and the last id that are wanted', async () => {
    const { jobs } = (await get('/jobs')).body;
    const ids = jobs.map(({ id }: Row) => id);
    const some = (await get(`/jobs?since_id=${ids[3]}&max_id=${ids[6]}`)).body;
    expect(some.jobs.map(({ id }: Row) => id)).toEqual(ids.slice(3, 7));
    expect(some.paging).toBeUndefined();
    expect((await get(`/jobs?since_id=${jobs[3].shortcode}`)).status).toBe(422);
  });

  it('takes times as ISO 8601, with and without dashes, and as Unix time', async () => {
    const created = async (after: string) => (await get(`/jobs?created_after=${after}`)).body.jobs.map(({ id }: Row) => id);
    const { jobs } = (await get('/jobs')).body;
    const since = '2025-06-01T00:00:00Z';
    const expected = jobs.filter((job: Row) => String(job['created_at']) >= since).map(({ id }: Row) => id);
    expect(expected.length).toBeGreaterThan(0);
    expect(expected.length).toBeLessThan(jobs.length);
    for (const written of [since, '20250601T000000Z', String(Date.parse(since) / 1_000)]) expect(await created(written)).toEqual(expected);
    expect((await get('/jobs?created_after=yesterday')).status).toBe(422);
  });

  it('describes a job in a list where it is asked to', async () => {
    expect((await get('/jobs')).body.jobs[0]).not.toHaveProperty('description');
    expect((await get('/jobs?include_fields=description')).body.jobs[0].description).toContain('kanarie-4711');
  });

  it('lists members who are active unless it is asked for others', async () => {
    const active = async (query: string) => (await get(`/members?limit=100${query}`)).body.members.map((member: Row) => member['active']);
    expect(new Set(await active(''))).toEqual(new Set([true]));
    expect(new Set(await active('&status=inactive'))).toEqual(new Set([false]));
    expect(new Set(await active('&status=all'))).toEqual(new Set([true, false]));
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
    const { stage, job } = candidates.find((one: Row) => one['stage'] !== null);
    const own = (await get(`/jobs/${job.shortcode}/stages`)).body.stages;
    const all = (await get('/stages')).body.stages;
    expect(all.map(({ position }: Row) => position)).toEqual([...all.keys()]);
    expect(all.filter(({ name }: Row) => name === stage)).toHaveLength(1);
    const { slug } = own.find(({ name }: Row) => name === stage);
    const theirs = (await get(`/candidates?shortcode=${job.shortcode}&stage=${slug}`)).body.candidates;
    expect(new Set(theirs.map((row: Row) => row['stage']))).toEqual(new Set([stage]));
  });

  it('gives two stages of one name two slugs, which stay when the stages change places', async () => {
    const { shortcode } = (await get('/jobs')).body.jobs[5];
    await account.control('POST', '/records/jobs/5/stages', { name: 'Interview', position: 0 });
    const { stages } = (await get(`/jobs/${shortcode}/stages`)).body;
    const slugs = stages.map(({ slug }: Row) => slug);
    expect(new Set(slugs).size).toBe(slugs.length);
    expect(stages[0]).toEqual({ slug: 'interview-8', name: 'Interview', kind: 'interview', position: 0 });
    const known = (await get('/stages')).body.stages.filter(({ name }: Row) => name === 'Interview');
    expect(known.map(({ slug }: Row) => slug).sort()).toEqual(['interview', 'interview-8']);
  });

  it('leaves the stage empty for whoever stood in one that was taken away', async () => {
    const { candidates } = (await get('/candidates')).body;
    const { id, job, stage } = candidates.find((one: Row) => one['stage'] !== null);
    await account.control('DELETE', `/records/jobs/${Number(job.shortcode) - 100_000}/stages/${encodeURIComponent(stage)}`);
    const { candidate } = (await get(`/candidates/${id}`)).body;
    expect([candidate.stage, candidate.stage_kind]).toEqual([null, null]);
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

  it('knows no candidate who is gone or never was', async () => {
    await account.control('DELETE', '/records/candidates/3');
    for (const id of ['50000003', '59999999', 'none']) expect((await get(`/candidates/${id}`)).status).toBe(404);
    await account.control('POST', '/records/candidates/3/restore');
    expect((await get('/candidates/50000003')).status).toBe(200);
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
    for (const path of ['/candidates', '/candidates/50000000', '/jobs/100000/candidates']) expect((await get(path)).status).toBe(403);
    expect((await get('/jobs')).status).toBe(200);
    await account.control('PATCH', '', { rights: 'admin' });
  });
});
