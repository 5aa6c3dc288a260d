import { createHmac } from 'node:crypto';
import { jwtVerify } from 'jose';
import { PartnerUnderSpec } from './partner-under-spec.js';
import type { Parsed } from '../sandbox-under-spec.js';

let partner: PartnerUnderSpec;

const OPTIONS = [{ id: 'logic', label: 'Logic' }];
const SELECT = { id: 'test_profile', label: 'Profile', type: 'select', options: OPTIONS };
const CONFORMING = {
  'GET /config': () => ({ body: { config: { fields: [SELECT], 'assessment-criteria': [{ id: 'c', label: 'Care' }] } } }),
  'POST /webhook': () => ({ body: '' }),
};
const ATTRIBUTES = {
  status: 'completed',
  summary: 'Fits',
  url: 'https://partner.example/r/1',
  assessment: { score: 82, grade: 'top_fit', duration: '00:41:17' },
  details: { Logic: { Sten: 7 } },
};

const order = (): Promise<Parsed> => partner.control('POST', '/orders', { candidate: 2, test: 'logic' });
const keys = (): Parsed => partner.installation.partner;
const headers = (key: string = keys().partnerApiKey) => ({
  authorization: `Token ${key}`,
  'x-api-version': '20180828',
  'content-type': 'application/vnd.api+json',
});
const document = (id: string, attributes: object = ATTRIBUTES, type = 'partner-results') => ({ data: { type, id, attributes } });
const put = (id: string, body: unknown, sent: Record<string, string> = headers()) =>
  partner.call('PUT', `/partner/v1/partner-results/${id}`, sent, body);
const signed = (secret: string, seconds: string, id: string) => createHmac('sha256', secret).update(`${seconds}.${id}`).digest('hex');

/** Of the last event: its parts, and what should stand in its signature. */
function lastEvent() {
  const { headers: sent, body } = partner.last('POST /webhook');
  const [, seconds = '', v1 = ''] = /^t=(\d+),v1=([0-9a-f]{64}),v0=[0-9a-f]{64}$/.exec(String(sent['teamtailor-signature'])) ?? [];
  return {
    sent,
    event: body['partner-event'],
    company: body.company,
    v1,
    right: signed(keys().webhookSecret, seconds, body['partner-event'].id),
  };
}

beforeAll(async () => {
  partner = await PartnerUnderSpec.start('teamtailor', { form: { default_key: null, region: 'eu' } });
});
beforeEach(() => {
  partner.answers = CONFORMING;
});
afterAll(() => partner.close());

describe('Teamtailor as a customer of the assessment partner', () => {
  it('lists what the form offers, with the activation form as a signed provider key', async () => {
    expect(await partner.control('POST', '/list')).toMatchObject({ accepted: true, problems: [], tests: [{ id: 'logic', name: 'Logic' }] });
    const { headers: sent, query } = partner.last('GET /config');
    expect([...query.keys()]).toEqual(['job_id', 'stage_id', 'user_id']);
    expect(sent.authorization).toBe(`Bearer ${keys().providerKey}`);
    const { payload } = await jwtVerify(keys().providerKey, Buffer.from(keys().partnerApiKey));
    expect(payload).toEqual({ default_key: partner.installation.form.default_key, region: 'eu' });
    expect(payload['default_key']).toMatch(/^[0-9a-f-]{36}$/);
  });

  it.each([
    [{ config: { fields: [{ ...SELECT, options: undefined }] } }, 'config.fields[0].options is missing'],
    [{ config: { fields: [{ ...SELECT, options: [{ id: 'logic' }] }] } }, 'config.fields[0].options[0].label is missing'],
    [{ config: { fields: [{ label: 'x', type: 'text' }] } }, 'config.fields[0].id is missing'],
    [{ fields: [] }, 'config is missing'],
  ])('names what is wrong in a form: %j', async (body, problem) => {
    partner.answers = { 'GET /config': () => ({ body }) };
    expect(await partner.control('POST', '/list')).toMatchObject({ accepted: false, problems: [problem], tests: [] });
  });

  it('sends what the partner has to drop, with the canary in each of it', async () => {
    await partner.control('POST', '/list');
    expect(await order()).toMatchObject({ status: 200, accepted: true, problems: [] });
    const { event, company } = lastEvent();
    const { candidate } = event;
    const dropped = [
      'phone',
      'picture-url',
      'tags',
      'questions',
      'custom-fields',
      'uploads',
      'resume',
      'job-offers',
      'referrals',
      'onboardings',
    ];
    for (const key of dropped) expect(JSON.stringify(candidate[key])).toContain('kanarie-4711');
    expect(candidate.recruiter.phone).toContain('kanarie-4711');
    expect(JSON.stringify(candidate['custom-fields'])).toContain('850709-9805');
    expect(candidate).toMatchObject({
      id: 4000002,
      email: 'ludwig.van-der-berg.2@example.org',
      job: { id: 100000, status: { rejected: false } },
    });
    expect(event['webhook-data']).toEqual({ 'test-profile': 'logic' });
    expect(company.uuid).toBe(keys().companyUuid);
  });

  it("signs the time and the event's id, and wrongly where it is told to", async () => {
    await order();
    const { v1, right } = lastEvent();
    expect(v1).toBe(right);
    await partner.control('PATCH', '', { wrongSignature: true, wrongKey: true });
    await order();
    const wrong = lastEvent();
    expect(wrong.v1).not.toBe(wrong.right);
    expect(wrong.sent.authorization).not.toBe(`Bearer ${keys().providerKey}`);
    await partner.control('PATCH', '', { wrongSignature: false, wrongKey: false });
  });

  it('sends the same event again byte for byte', async () => {
    const { orderId } = await order();
    const { text, headers: sent } = partner.last('POST /webhook');
    expect(await partner.control('POST', `/orders/${orderId}/again`)).toMatchObject({ orderId, accepted: true });
    expect(partner.last('POST /webhook')).toMatchObject({ text, headers: { 'teamtailor-signature': sent['teamtailor-signature'] } });
  });

  it('shows the recruiter the plain words of a refusal, and finds fault with others', async () => {
    partner.answers = { 'POST /webhook': () => ({ status: 422, body: 'No licence' }) };
    expect(await order()).toMatchObject({ status: 422, accepted: false, problems: [], message: 'No licence' });
    partner.answers = { 'POST /webhook': () => ({ status: 422, body: { message: 'No licence' } }) };
    expect(await order()).toMatchObject({ problems: ['the words of a refusal must be plain text'], message: null });
  });

  it('takes a result with the answer to the event', async () => {
    partner.answers = { 'POST /webhook': () => ({ status: 201, body: { partner_result_attributes: { status: 'sent' } } }) };
    expect(await partner.order((await order()).orderId)).toMatchObject({ state: 'sent', updates: 1 });
    partner.answers = { 'POST /webhook': () => ({ body: { partner_result_attributes: { assessment: { score: 101 } } } }) };
    const refused = await order();
    expect(refused.problems).toEqual(['partner_result_attributes.assessment.score must be a number from 0 to 100']);
    expect(await partner.order(refused.orderId)).toMatchObject({ updates: 0, refused: 1, problems: refused.problems });
  });

  it('shows a result as the partner told it', async () => {
    const { orderId } = await order();
    expect(lastEvent().event['partner-result']).toMatchObject({ id: orderId, status: 'sending' });
    expect((await put(orderId, document(orderId))).status).toBe(200);
    expect(await partner.order(orderId)).toMatchObject({
      state: 'completed',
      score: 82,
      url: ATTRIBUTES.url,
      summary: 'Fits',
      details: { grade: 'top_fit', duration: '00:41:17', Logic: { Sten: 7 } },
      updates: 1,
      refused: 0,
    });
  });

  it.each([
    [{ status: 'done' }, 'data.attributes.status must be one of sending, sent, pending, completed, failed'],
    [{ assessment: { score: -1 } }, 'data.attributes.assessment.score must be a number from 0 to 100'],
    [{ assessment: { grade: 'good' } }, 'data.attributes.assessment.grade must be one of'],
    [{ summary: 'x'.repeat(151) }, 'data.attributes.summary must be text of 150 characters at most'],
    [{ url: 'javascript:alert(1)' }, 'data.attributes.url must be an http or https address'],
    [{ details: { a: { b: { c: 1 } } } }, 'data.attributes.details must have 2 levels at most'],
    [{ 'candidate-id': 4000002 }, 'data.attributes.candidate-id is not known'],
  ])('refuses a result that breaks the contract, and counts it: %j', async (attributes, problem) => {
    const { orderId } = await order();
    const refusal = { status: 422, body: { errors: [{ detail: expect.stringContaining(problem) }] } };
    expect(await put(orderId, document(orderId, attributes))).toMatchObject(refusal);
    expect(await partner.order(orderId)).toMatchObject({ state: 'sent', updates: 0, refused: 1 });
  });

  it("takes the partner's key alone, its version, and JSON:API of the result that is named", async () => {
    const { orderId } = await order();
    const body = document(orderId);
    const { 'x-api-version': _version, ...unversioned } = headers();
    expect((await put(orderId, body, headers('another'))).status).toBe(401);
    expect((await put(orderId, body, unversioned)).status).toBe(406);
    expect((await put(orderId, body, { ...headers(), 'content-type': 'application/json' })).status).toBe(415);
    expect((await put('0b0e7a3c-3a0c-4a39-9b39-0a54f6b3f2aa', body)).status).toBe(404);
    expect((await put(orderId, document('another'))).status).toBe(422);
    expect((await put(orderId, body, { ...headers(), authorization: `Bearer ${keys().partnerApiKey}` })).status).toBe(200);
  });

  it('keeps what the partner says of itself', async () => {
    const path = `/partner/v1/partners/${keys().partnerId}`;
    const changed = document(keys().partnerId, { 'base-url': 'https://partner.example' }, 'partners');
    expect((await partner.call('PUT', path, headers(), changed)).status).toBe(200);
    const { 'content-type': _type, ...reading } = headers();
    expect((await partner.call('GET', path, reading)).body.data.attributes).toEqual({ 'base-url': 'https://partner.example' });
    expect((await partner.call('PUT', path, headers(), document('1', { logo: 'x' }, 'partners'))).status).toBe(422);
    expect((await partner.call('GET', '/partner/v1/partners/2', reading)).status).toBe(404);
  });

  it('hands out faults to one customer alone, though the partner has one key for all', async () => {
    await partner.another();
    const { orderId } = await order();
    const fault = { kind: 'html', installationId: partner.installation.id };
    await partner.sandbox.request('POST', '/control/providers/teamtailor/faults', {}, fault);
    await expect(put(orderId, document(orderId))).rejects.toThrow('JSON');
    expect((await put(orderId, document(orderId))).status).toBe(200);
  });
});
