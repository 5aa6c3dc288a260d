import { createHmac } from 'node:crypto';
import { webhooks } from './webhooks.js';

const TOKEN = 'access-token-1';
const rawBody = Buffer.from('{"event_type":"candidate_moved","id":"e-1","data":{"email":"a@b.example"}}');
const signed = (secret: string) => ({
  rawBody,
  headers: { 'x-workable-signature': createHmac('sha256', secret).update(rawBody).digest('hex') },
});

describe('a webhook of Workable', () => {
  it('is authentic when the account’s own token signed it', () => {
    expect(webhooks.secretsOf?.({ accessToken: TOKEN })).toEqual([TOKEN]);
    expect(webhooks.isAuthentic(signed(TOKEN), [TOKEN])).toBe(true);
    expect(webhooks.isAuthentic(signed('other'), [TOKEN])).toBe(false);
    expect(webhooks.isAuthentic({ rawBody, headers: {} }, [TOKEN])).toBe(false);
    expect(webhooks.isAuthentic(signed(TOKEN), webhooks.secretsOf?.({}) ?? [])).toBe(false);
  });

  it.each([
    ['candidate_created', ['candidate', 'application']],
    ['candidate_moved', ['application']],
    ['candidate_deleted', ['candidate', 'application']],
    ['job_deleted', ['job']],
  ])('of the event %s makes %j be read again', (event, resources) => {
    expect(webhooks.read({ event_type: event, id: 'e-1', data: { phone: '+46' } }, {})).toEqual({
      id: 'e-1',
      type: event,
      account: null,
      notice: { about: 'data', resources },
    });
  });

  it.each([[{ event_type: 'employee_created' }], [{ event_type: 'toString' }], [null], [{ id: 7 }]])('%j is about nothing', (body) =>
    expect(webhooks.read(body, {})).toEqual({ id: null, type: 'other', account: null, notice: { about: 'nothing' } }),
  );
});
