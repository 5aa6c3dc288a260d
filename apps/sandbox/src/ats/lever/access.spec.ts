import { createHmac } from 'node:crypto';
import type { Row } from '../../sandbox-under-spec.js';
import { LeverUnderSpec } from './lever-under-spec.js';

const REDIRECT = 'https://gateway.example/callback';

let lever: LeverUnderSpec;
beforeAll(async () => {
  lever = await LeverUnderSpec.start({ canary: 'kanarie-4711' });
});
afterAll(() => lever.close());

/** As a browser that says yes on Lever's page. */
async function letIn(): Promise<{ access_token: string; refresh_token: string; expires_in: number }> {
  const { accountId } = lever;
  const query = new URLSearchParams({ client_id: `client-${accountId}`, redirect_uri: REDIRECT, response_type: 'code', state: 's' });
  const page = await fetch(`${lever.sandbox.url}/ats/lever/authorize?${query.toString()}`, { redirect: 'manual' });
  const code = new URL(page.headers.get('location') ?? '').searchParams.get('code') ?? '';
  return (await lever.token({ ...client(), grant_type: 'authorization_code', code, redirect_uri: REDIRECT })).body;
}

const client = () => ({ client_id: `client-${lever.accountId}`, client_secret: `client-secret-${lever.accountId}` });

describe('access to Lever', () => {
  it('is by key or by token, and by nothing else', async () => {
    const { access_token: token, expires_in: expiresIn } = await letIn();
    expect(expiresIn).toBe(3_600);
    expect(await lever.get('/users', `Bearer ${token}`)).toMatchObject({ status: 200 });
    expect(await lever.get('/users', 'Bearer made-up')).toMatchObject({ status: 401, body: { code: 'Unauthorized' } });
    expect(await lever.token({ ...client(), grant_type: 'client_credentials' })).toMatchObject({ status: 400 });
  });

  it('is renewed once with each refresh token', async () => {
    const { refresh_token: refreshToken } = await letIn();
    const form = { ...client(), grant_type: 'refresh_token', refresh_token: refreshToken };
    expect(await lever.token(form)).toMatchObject({ status: 200, body: { refresh_token: expect.any(String) } });
    expect(await lever.token(form)).toMatchObject({ status: 400, body: { error: 'invalid_grant' } });
  });

  it('reaches no confidential data by an app', async () => {
    const { access_token: token } = await letIn();
    expect(await lever.get('/postings?confidentiality=all', `Bearer ${token}`)).toMatchObject({ status: 403 });
    const [secret] = await lever.all('/postings?confidentiality=confidential');
    expect(await lever.get(`/postings/${secret?.['id']}`, `Bearer ${token}`)).toMatchObject({ status: 403, body: { code: 'Forbidden' } });
  });

  it('needs a key with permissions', async () => {
    await lever.control('PATCH', '', { rights: 'member' });
    expect(await lever.get('/users')).toMatchObject({ status: 403, body: { code: 'Forbidden' } });
    await lever.control('PATCH', '', { rights: 'admin' });
  });

  it('is for twenty requests at once, without a header that says so', async () => {
    await lever.control('PATCH', '', { limits: true });
    const replies = await Promise.all(Array.from({ length: 40 }, () => lever.get('/stages')));
    await lever.control('PATCH', '', { limits: false });
    const refused = replies.filter(({ status }) => status === 429);
    expect(refused.length).toBeGreaterThan(10);
    expect(refused[0]?.body).toMatchObject({ code: 'TooManyRequests' });
    expect([...(refused[0]?.headers.keys() ?? [])].filter((name) => /limit|retry/.test(name))).toEqual([]);
  });
});

describe('webhooks of Lever', () => {
  const NOWHERE = 'http://127.0.0.1:9/';

  /** What was sent since, as it was sent. */
  async function sentBy(happen: () => Promise<unknown>, behaviour: object = {}): Promise<Row[]> {
    const before = (await lever.control('GET', '/webhooks')).sent.length;
    await lever.control('PATCH', '', { webhookUrl: NOWHERE, ...behaviour });
    await happen();
    await lever.control('PATCH', '', { webhookUrl: null, webhookCopies: 1, webhookSign: 'right' });
    return (await lever.control('GET', '/webhooks')).sent.slice(before);
  }

  const move = () => lever.control('POST', '/records/applications/2/move', { stage: 1 });

  it('tell that a candidate moved by ids alone, signed over token and time', async () => {
    const [{ type, body } = {}] = await sentBy(move);
    expect(type).toBe('candidateStageChange');
    const { token, triggeredAt, signature, data } = JSON.parse(String(body));
    expect(Object.keys(data).sort()).toEqual(['candidateId', 'contactId', 'fromStageId', 'opportunityId', 'toStageId']);
    expect(token).toHaveLength(48);
    const expected = createHmac('sha256', `webhook-secret-${lever.accountId}`).update(`${token}${triggeredAt}`).digest('hex');
    expect(signature).toBe(expected);
    expect(body).not.toContain('kanarie');
  });

  it('come more than once with the same token', async () => {
    const sent = await sentBy(move, { webhookCopies: 3 });
    expect(new Set(sent.map(({ body }) => body)).size).toBe(1);
    expect(sent).toHaveLength(3);
  });

  it('have no signature in the body where the account has no signature token', async () => {
    const [{ body } = {}] = await sentBy(move, { webhookSign: 'missing' });
    expect(JSON.parse(String(body))).not.toHaveProperty('signature');
  });

  it('tell of new and deleted candidacies and of edited contacts, and of no posting', async () => {
    const sent = await sentBy(async () => {
      await lever.control('PATCH', '/records/candidates/2', { fields: { first_name: 'Told' } });
      await lever.control('PATCH', '/records/jobs/1', { fields: { name: 'Told' } });
      await lever.control('POST', '/records/applications', { candidate: 3, job: 1 });
      await lever.control('DELETE', '/records/applications/5');
    });
    expect(sent.map(({ type }) => type)).toEqual(['contactUpdated', 'applicationCreated', 'candidateDeleted']);
  });
});

describe('what Lever sends of a person', () => {
  it('has more in it than anybody should ask for, and the canary in all of it', async () => {
    const { data } = (await lever.get('/opportunities?limit=1&expand=applications')).body;
    const { phones, headline, location, links, sources, tags, resume, urls, applications, ...rest } = data[0];
    for (const part of [phones, headline, location, links, sources, tags, resume, urls, applications])
      expect(JSON.stringify(part)).toContain('kanarie-4711');
    const { dataProtection: _consent, opportunityLocation: _place, emails, ...admitted } = rest;
    expect(JSON.stringify({ ...admitted, email: emails[0] })).not.toContain('kanarie-4711');
  });
});
