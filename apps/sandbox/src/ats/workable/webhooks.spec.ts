import { createHmac } from 'node:crypto';
import { AccountUnderSpec } from '../account-under-spec.js';

let account: AccountUnderSpec;
beforeAll(async () => {
  account = await AccountUnderSpec.start('workable', { candidates: 60, jobs: 10, users: 10 });
});
afterAll(() => account.close());

interface Sent {
  readonly type: string;
  readonly body: string;
  readonly headers: Readonly<Record<string, string>>;
}

/** What was sent of it; to nowhere, as nobody has to receive it. */
async function sentBy(happen: () => Promise<unknown>, behaviour: object = {}): Promise<readonly Sent[]> {
  const before = (await account.control('GET', '/webhooks')).sent.length;
  await account.control('PATCH', '', { webhookUrl: 'http://127.0.0.1:9/', ...behaviour });
  await happen();
  await account.control('PATCH', '', { webhookUrl: null, webhookSign: 'right' });
  return (await account.control('GET', '/webhooks')).sent.slice(before);
}

const move = () => account.control('POST', '/records/applications/2/move', { stage: 1 });
const signatureOf = (body: string): string => createHmac('sha256', account.made.credentials.accessToken).update(body).digest('hex');

describe('a webhook of Workable', () => {
  it('brings the whole candidate, signed with the token of the account', async () => {
    const [sent] = await sentBy(move);
    const { event_type, resource_type, data } = JSON.parse(sent?.body ?? '');
    expect([event_type, resource_type, data.id]).toEqual(['candidate_moved', 'candidate', '50000002']);
    for (const secret of [data.phone, data.summary, data.resume_url]) expect(secret).toContain('kanarie-4711');
    expect(sent?.headers['x-workable-signature']).toBe(signatureOf(sent?.body ?? ''));
  });

  it('is signed with something else, or not at all, where it is told to be', async () => {
    const [wrong] = await sentBy(move, { webhookSign: 'wrong' });
    expect(wrong?.headers['x-workable-signature']).toHaveLength(64);
    expect(wrong?.headers['x-workable-signature']).not.toBe(signatureOf(wrong?.body ?? ''));
    const [missing] = await sentBy(move, { webhookSign: 'missing' });
    expect(missing?.headers).not.toHaveProperty('x-workable-signature');
  });

  it('tells of no edit of a person or a job', async () => {
    const sent = await sentBy(async () => {
      await account.control('PATCH', '/records/candidates/2', { fields: { first_name: 'Told' } });
      await account.control('PATCH', '/records/jobs/1', { fields: { name: 'Told' } });
    });
    expect(sent).toEqual([]);
  });

  it('tells of each row of whoever is new or gone, and of a job that is gone', async () => {
    const sent = await sentBy(async () => {
      await account.control('POST', '/records/applications', { candidate: 3, job: 1 });
      await account.control('DELETE', '/records/candidates/7');
      await account.control('DELETE', '/records/jobs/4');
    });
    expect(sent.map(({ type }) => type)).toEqual(['candidate_created', 'candidate_deleted', 'candidate_deleted', 'job_deleted']);
  });
});
