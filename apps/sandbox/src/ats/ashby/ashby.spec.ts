import { AccountUnderSpec } from '../account-under-spec.js';

let account: AccountUnderSpec;
beforeAll(async () => {
  account = await AccountUnderSpec.start('ashby', { candidates: 230, jobs: 12, users: 9 });
});
afterAll(() => account.close());

const ACCEPT = 'application/json; version=1';
const post = (call: string, body: object = {}, headers: Readonly<Record<string, string>> = {}) => {
  const authorization = `Basic ${Buffer.from(`${account.made.credentials.apiKey}:`).toString('base64')}`;
  return account.call('POST', `/${call}`, { accept: ACCEPT, authorization, ...headers }, body);
};

/** All pages; what the last one ends with. */
async function walk(call: string, body: object = {}): Promise<{ pages: number; ids: string[]; syncToken: string }> {
  const ids: string[] = [];
  for (let cursor: string | undefined, pages = 1; ; pages += 1) {
    const answer = (await post(call, { ...body, ...(cursor === undefined ? {} : { cursor }) })).body;
    if (answer.success !== true) throw new Error(answer.errors[0]);
    ids.push(...answer.results.map(({ id }: { id: string }) => id));
    if (!answer.moreDataAvailable) return { pages, ids, syncToken: answer.syncToken };
    cursor = answer.nextCursor;
  }
}

describe('Ashby', () => {
  it('refuses with status 200 and a code', async () => {
    const reply = await post('candidate.list', { cursor: 'made up' });
    expect(reply.status).toBe(200);
    expect(reply.body).toMatchObject({ success: false, errors: ['invalid_next_cursor'], errorInfo: { code: 'invalid_next_cursor' } });
  });

  it('tells a wrong key and too many requests by their status', async () => {
    expect((await post('job.list', {}, { authorization: 'Basic bm9ib2R5Og==' })).status).toBe(401);
    await account.control('PATCH', '', { limits: true, most: 1 });
    await post('job.list');
    expect((await post('job.list')).status).toBe(429);
    await account.control('PATCH', '', { limits: false, most: null });
  });

  it('wants the version that is understood', async () => {
    expect((await post('job.list', {}, { accept: 'application/json' })).body.success).toBe(false);
  });

  it('ends a walk with a token, from which the next one goes on', async () => {
    const all = await walk('candidate.list');
    expect([all.pages, all.ids.length]).toEqual([3, 230]);
    expect((await walk('candidate.list', { syncToken: all.syncToken })).ids).toEqual([]);
    await account.control('PATCH', '/records/candidates/5', { fields: { first_name: 'Edited' } });
    expect((await walk('candidate.list', { syncToken: all.syncToken })).ids).toHaveLength(1);
  });

  it('refuses a read of what changed that takes too many pages, and a token of another list', async () => {
    const { syncToken } = await walk('candidate.list');
    await account.control('POST', '/records/candidates/change-many', { count: 210, fields: { last_name: 'Many' } });
    await account.control('PATCH', '', { incrementalPages: 1 });
    await expect(walk('candidate.list', { syncToken })).rejects.toThrow('incremental_sync_too_large');
    await account.control('PATCH', '', { incrementalPages: null });
    await expect(walk('application.list', { syncToken })).rejects.toThrow('sync_token_invalid');
  });

  it('names no plan that it has not', async () => {
    const { body } = await post('interviewStage.list', { interviewPlanId: 'plan-999' });
    expect(body.errors).toEqual(['interview_plan_not_found']);
    const [plan] = (await post('interviewPlan.list')).body.results;
    expect((await post('interviewStage.list', { interviewPlanId: plan.id })).body.results[0]).toMatchObject({ orderInInterviewPlan: 0 });
  });

  it('shows a job’s place only where that is asked for', async () => {
    const [plain] = (await post('job.list')).body.results;
    const expanded = (await post('job.list', { expand: ['location'] })).body.results;
    expect(plain.location).toBeUndefined();
    expect(expanded.some(({ location }: { location: object | null }) => location !== null)).toBe(true);
  });

  it('keeps candidates from a key without the permission', async () => {
    await account.control('PATCH', '', { rights: 'member' });
    expect((await post('candidate.list')).body.errors).toEqual(['missing_endpoint_permission']);
    await account.control('PATCH', '', { rights: 'admin' });
  });
});
