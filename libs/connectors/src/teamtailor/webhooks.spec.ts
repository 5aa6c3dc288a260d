import { createHmac } from 'node:crypto';
import { webhooks } from './webhooks.js';

const SECRET = 'signature-key';
const body = Buffer.from(
  '{"payload":{"event_name":"job_application.update","data":{"id":"2","attributes":{"stage_name":"Offer"}}},"signature":"x"}',
);

function signed(rawBody: Buffer, { time = '1770000000', secret = SECRET, form = 'v2' } = {}) {
  const hex = createHmac('sha256', secret).update(`${time}.`).update(rawBody).digest('hex');
  return { rawBody, headers: { 'tt-signature': Buffer.from(`t=${time},${form}=${hex}`).toString('base64') } };
}

describe('a webhook of Teamtailor', () => {
  it('is authentic when v2 signed its time and its bytes', () => {
    expect(webhooks.isAuthentic(signed(body), [SECRET])).toBe(true);
    expect(webhooks.isAuthentic(signed(body), ['former', SECRET])).toBe(true);
  });

  it.each([
    ['another secret', signed(body, { secret: 'other' })],
    ['the older version', signed(body, { form: 'v1' })],
    ['another time', { ...signed(body), headers: { 'tt-signature': Buffer.from(`t=1,v2=${'0'.repeat(64)}`).toString('base64') } }],
    ['no signature', { rawBody: body, headers: {} }],
    ['two signatures', { rawBody: body, headers: { 'tt-signature': ['a', 'b'] } }],
    ['no base64', { rawBody: body, headers: { 'tt-signature': '<>' } }],
  ])('is not authentic with %s', (_what, delivery) => expect(webhooks.isAuthentic(delivery, [SECRET])).toBe(false));

  it.each([
    ['candidate.update', ['candidate']],
    ['candidate.destroy', ['candidate', 'application']],
    ['job_application.create', ['candidate', 'application']],
    ['job_application.update', ['application']],
    ['job.update', ['job']],
  ])('of the event %s makes %j be read again', (event, resources) => {
    expect(webhooks.read({ payload: { event_name: event, data: { id: '1', attributes: { email: 'a@b.example' } } } }, {})).toEqual({
      id: null,
      type: event,
      account: null,
      notice: { about: 'data', resources },
    });
  });

  it.each([[{}], [null], [{ payload: { event_name: 'constructor' } }], [{ payload: { event_name: 'user.create' } }]])(
    '%j is about nothing',
    (given) => expect(webhooks.read(given, {})).toMatchObject({ type: 'other', notice: { about: 'nothing' } }),
  );
});
