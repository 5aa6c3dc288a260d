import { createHmac } from 'node:crypto';
import { webhooks } from './webhooks.js';

const SECRET = 'webhook-secret';
/** Escaped as Greenhouse escapes before it signs: parsed and written again it would be other bytes. */
const rawBody = Buffer.from(
  '{"action":"candidate_stage_change","payload":{"application":{"candidate":{"first_name":"\\u00c5sa \\u003cAnna\\u003e"}}}}',
);
const signed = (secret = SECRET, algorithm = 'sha256') => ({
  rawBody,
  headers: { signature: `${algorithm} ${createHmac('sha256', secret).update(rawBody).digest('hex')}`, 'greenhouse-event-id': '77001' },
});

describe('a webhook of Greenhouse', () => {
  it('is authentic by its bytes as they came', () => {
    expect(webhooks.isAuthentic(signed(), [SECRET])).toBe(true);
    const again = { ...signed(), rawBody: Buffer.from(JSON.stringify(JSON.parse(rawBody.toString()))) };
    expect(webhooks.isAuthentic(again, [SECRET])).toBe(false);
  });

  it.each([
    ['another secret', signed('other')],
    ['another algorithm', signed(SECRET, 'sha1')],
    ['no signature', { rawBody, headers: {} }],
    ['half a signature', { rawBody, headers: { signature: 'sha256 abcdef' } }],
  ])('is not authentic with %s', (_what, delivery) => expect(webhooks.isAuthentic(delivery, [SECRET])).toBe(false));

  it.each([
    ['new_candidate_application', ['candidate', 'application']],
    ['candidate_stage_change', ['application']],
    ['update_candidate', ['candidate']],
    ['delete_candidate', ['candidate', 'application']],
    ['job_interview_stage_deleted', ['job', 'application']],
  ])('of the action %s makes %j be read again, under its own id', (action, resources) => {
    expect(webhooks.read({ action, payload: { candidate: { first_name: 'Åsa' } } }, signed().headers)).toEqual({
      id: '77001',
      type: action,
      account: null,
      notice: { about: 'data', resources },
    });
  });

  it.each([
    [{ action: 'ping' }, 'ping'],
    [{ action: 'offer_created' }, 'other'],
    [{ action: '__proto__' }, 'other'],
    [null, 'other'],
  ])('%j changes nothing that we hold', (body, type) =>
    expect(webhooks.read(body, {})).toEqual({ id: null, type, account: null, notice: { about: 'nothing' } }),
  );
});
