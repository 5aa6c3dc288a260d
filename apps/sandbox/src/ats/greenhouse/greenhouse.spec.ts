import { AccountUnderSpec, type Reply } from '../account-under-spec.js';

let account: AccountUnderSpec;
let token: string;

const basic = () =>
  `Basic ${Buffer.from(`${account.made.credentials.clientId}:${account.made.credentials.clientSecret}`).toString('base64')}`;

/** A form goes to the token endpoint (RFC 6749). */
async function tokenFor(form: Readonly<Record<string, string>>, authorization = basic()) {
  const url = new URL('/ats/greenhouse/token', account.made.settings.authUrl);
  const response = await fetch(url, { method: 'POST', headers: { authorization }, body: new URLSearchParams(form) });
  const body: ReturnType<typeof JSON.parse> = await response.json();
  return { status: response.status, body };
}

const get = (path: string): Promise<Reply> => account.call('GET', `/v3${path}`, { authorization: `Bearer ${token}` });
const cursorOf = ({ headers }: Reply): string | null =>
  URL.parse(/<([^>]+)>/.exec(headers.get('link') ?? '')?.[1] ?? '')?.searchParams.get('cursor') ?? null;

beforeAll(async () => {
  account = await AccountUnderSpec.start('greenhouse', { candidates: 240, jobs: 30, users: 20 });
  token = (await tokenFor({ grant_type: 'client_credentials' })).body.access_token;
});
afterAll(() => account.close());

describe('Greenhouse', () => {
  it('gives a token for an hour, and tells its end as a time', async () => {
    const { body } = await tokenFor({ grant_type: 'client_credentials' });
    expect(Date.parse(body.expires_at)).toBeGreaterThan(0);
    expect(body.refresh_token).toBeUndefined();
    expect((await tokenFor({ grant_type: 'client_credentials' }, 'Basic bm9ib2R5Om5vbmU=')).status).toBe(401);
  });

  it('takes a code once, and a refresh token once', async () => {
    const redirectUri = 'https://gateway.example/callback';
    const login = await account.call(
      'GET',
      `/authorize?response_type=code&client_id=${account.made.credentials.clientId}&redirect_uri=${encodeURIComponent(redirectUri)}&state=s`,
    );
    const code = new URL(login.headers.get('location') ?? '').searchParams.get('code') ?? '';
    const form = { grant_type: 'authorization_code', code, redirect_uri: redirectUri };
    const first = await tokenFor(form);
    expect(first.body.refresh_token).toEqual(expect.any(String));
    expect((await tokenFor(form)).status).toBe(400);
    const renewed = { grant_type: 'refresh_token', refresh_token: first.body.refresh_token };
    expect((await tokenFor(renewed)).status).toBe(200);
    expect((await tokenFor(renewed)).body.error).toBe('invalid_grant');
  });

  it('goes from the highest number down, and links the next page alone', async () => {
    const first = await get('/candidates?per_page=100&fields=id');
    const ids = first.body.map(({ id }: { id: number }) => id);
    expect(ids).toEqual(ids.toSorted((a: number, b: number) => b - a));
    const second = await get(`/candidates?cursor=${encodeURIComponent(cursorOf(first) ?? '')}`);
    expect(second.body[0]).toEqual({ id: ids.at(-1) - 1 });
    const last = await get(`/candidates?cursor=${encodeURIComponent(cursorOf(second) ?? '')}`);
    expect(last.headers.get('link')).toBeNull();
  });

  it('takes a cursor alone, and no altered one', async () => {
    const cursor = cursorOf(await get('/candidates?per_page=100')) ?? '';
    const together = await get(`/candidates?per_page=100&cursor=${encodeURIComponent(cursor)}`);
    expect(together.status).toBe(422);
    expect(together.body.errors[0]).toContain('When passing a cursor, do not include other query params.');
    expect((await get(`/candidates?cursor=${encodeURIComponent(`${cursor}x`)}`)).status).toBe(422);
    expect((await get(`/applications?cursor=${encodeURIComponent(cursor)}`)).status).toBe(422);
  });

  it('sends the fields that are named, and every one without', async () => {
    expect(Object.keys((await get('/candidates?fields=id,first_name')).body[0])).toEqual(['id', 'first_name']);
    expect((await get('/candidates')).body[0].phone_numbers[0].value).toContain('kanarie-4711');
    expect((await get('/candidates?fields=id,shoe_size')).status).toBe(422);
  });

  it('names fifty of anything at most', async () => {
    const ids = Array.from({ length: 51 }, (_, n) => 100_000 + n).join(',');
    expect((await get(`/job_posts?job_ids=${ids}`)).status).toBe(422);
  });

  it('asks for one word and answers with another: active applications are in process', async () => {
    expect((await get('/applications')).body.some(({ status }: { status: string }) => status === 'in_process')).toBe(true);
  });

  it('joins an application to its stage by a list of its own alone', async () => {
    const [application] = (await get('/applications?per_page=1')).body;
    const [current] = (await get(`/application_stages?application_ids=${application.id}&current=true`)).body;
    const stages = (await get(`/job_interview_stages?job_ids=${application.job_id}`)).body;
    expect(stages.map(({ id }: { id: number }) => id)).not.toContain(application.stage_id);
    expect(stages.find(({ id }: { id: number }) => id === current.job_interview_stage_id).name).toBe(application.stage_name);
  });

  it('reads edits between two times', async () => {
    await account.control('PATCH', '/records/candidates/7', { fields: { first_name: 'Edited' } });
    const since = encodeURIComponent('gte|2026-09-01T00:00:00Z|lte|2999-01-01T00:00:00Z');
    expect((await get(`/candidates?updated_at=${since}&fields=first_name`)).body).toEqual([{ first_name: 'Edited' }]);
    expect((await get('/candidates?updated_at=after%7C2026')).status).toBe(422);
  });

  it('lists to a Site Admin alone', async () => {
    await account.control('PATCH', '', { rights: 'member' });
    expect((await get('/jobs')).status).toBe(403);
    await account.control('PATCH', '', { rights: 'admin' });
  });

  it('keeps a window of thirty seconds, and tells its end as a time of day', async () => {
    await account.control('PATCH', '', { limits: true, most: 1 });
    const replies = [await get('/offices'), await get('/offices')];
    expect(replies.map(({ status }) => status)).toEqual([200, 429]);
    const [, refused] = replies;
    expect(Number(refused?.headers.get('retry-after'))).toBeLessThanOrEqual(30);
    expect(Number(refused?.headers.get('x-ratelimit-reset'))).toBeGreaterThan(1_700_000_000);
    await account.control('PATCH', '', { limits: false, most: null });
  });
});
