import { PartnerUnderSpec } from './partner-under-spec.js';
import type { Parsed } from '../sandbox-under-spec.js';

let partner: PartnerUnderSpec;

const CONFORMING = {
  'GET /tests': () => ({ body: { tests: [{ id: 7, name: 'Logic' }] } }),
  'POST /assessments': () => ({ status: 201, body: { assessment_id: 'a-1' } }),
};
const COMPLETED = {
  status: 'completed',
  results_url: 'https://partner.example/r/1',
  assessment: { score: '82', grade: 'passed', summary: 'Fits', details: { Sten: '7' }, duration: '00:41:17' },
  attachments: [{ description: 'Report', url: 'https://partner.example/r/1.pdf' }],
};

const order = (): Promise<Parsed> => partner.control('POST', '/orders', { candidate: 2, test: '7' });
const put = (id: string, body: unknown, token = partner.installation.partner.callbackToken) =>
  partner.call('PUT', `/assessments/${id}`, { authorization: `Bearer ${token}` }, body);

beforeAll(async () => {
  partner = await PartnerUnderSpec.start('workable');
});
beforeEach(() => {
  partner.answers = CONFORMING;
});
afterAll(() => partner.close());

describe('Workable as a customer of the assessment partner', () => {
  it('lists what a conforming partner offers, with the bearer token that the partner issued', async () => {
    expect(await partner.control('POST', '/list')).toMatchObject({ accepted: true, problems: [], tests: [{ id: 7, name: 'Logic' }] });
    expect(partner.last('GET /tests').headers.authorization).toBe('Bearer the-partners-key');
  });

  it.each([
    [{ tests: [{ id: 7 }] }, 'tests[0].name is missing'],
    [{ tests: [{ id: null, name: 'Logic' }] }, 'tests[0].id must be text or a whole number'],
    [[{ id: 7, name: 'Logic' }], 'the body must be an object'],
    [{}, 'tests is missing'],
  ])('names what is wrong in a list of tests: %j', async (body, problem) => {
    partner.answers = { ...CONFORMING, 'GET /tests': () => ({ body }) };
    expect(await partner.control('POST', '/list')).toMatchObject({ accepted: false, problems: [problem], tests: [] });
  });

  it('orders a test by the id as the partner wrote it, and sends a phone number that is to be dropped', async () => {
    await partner.control('POST', '/list');
    expect(await order()).toMatchObject({ status: 201, accepted: true });
    const { candidate, callback_url: url, ...rest } = partner.last('POST /assessments').body;
    expect(rest).toEqual({ test_id: 7, job_shortcode: '100000', job_title: expect.any(String) });
    expect(candidate).toMatchObject({ email: 'ludwig.van-der-berg.2@example.org', phone: expect.stringContaining('kanarie-4711') });
    expect(url).toMatch(/\/providers\/workable\/assessments\/[0-9a-f]{16}$/);
  });

  it('shows the recruiter the words of a refusal, and finds fault with one in another form', async () => {
    partner.answers = { ...CONFORMING, 'POST /assessments': () => ({ status: 422, body: { status: 422, message: 'No such test' } }) };
    expect(await order()).toMatchObject({ status: 422, accepted: false, problems: [], message: 'No such test' });
    partner.answers = { ...CONFORMING, 'POST /assessments': () => ({ status: 403, body: { status: 422, error: 'no' } }) };
    expect((await order()).problems).toEqual([
      'the status 403 is none of 200, 201, 400, 401, 409, 422',
      'message is missing',
      'status is 422 in the body',
    ]);
    partner.answers = { ...CONFORMING, 'POST /assessments': () => ({ status: 204, body: '' }) };
    expect((await order()).problems).toEqual(['the status 204 is none of 200, 201', 'the body must be an object']);
  });

  it('shows a result as the partner told it', async () => {
    const { orderId } = await order();
    expect((await put(orderId, { status: 'pending' })).status).toBe(200);
    expect(await partner.order(orderId)).toMatchObject({ state: 'pending', url: null, updates: 1 });
    expect((await put(orderId, COMPLETED)).status).toBe(200);
    expect(await partner.order(orderId)).toMatchObject({
      partnerId: 'a-1',
      state: 'completed',
      score: '82',
      url: COMPLETED.results_url,
      summary: 'Fits',
      details: { grade: 'passed', duration: '00:41:17', Sten: '7' },
      updates: 2,
      refused: 0,
      raw: COMPLETED,
    });
  });

  it.each([
    [{ ...COMPLETED, results_url: undefined }, 'results_url is missing, which a completed assessment has to have'],
    [{ ...COMPLETED, status: 'done' }, 'status must be one of pending, completed, rejected, expired'],
    [{ ...COMPLETED, assessment: { score: 82 } }, 'assessment.score must be a number as text'],
    [{ ...COMPLETED, assessment: { grade: 'good' } }, 'assessment.grade must be one of failed, passed, excelled'],
    [{ ...COMPLETED, assessment: { duration: '41' } }, 'assessment.duration must be hours, minutes and seconds'],
    [{ ...COMPLETED, attachments: [{ url: 'https://partner.example' }] }, 'attachments[0].description is missing'],
    [{ ...COMPLETED, phone: '+46' }, 'phone is not known'],
  ])('refuses a result that breaks the contract, and counts it: %j', async (body, problem) => {
    const { orderId } = await order();
    const reply = await put(orderId, body);
    expect(reply.status).toBe(422);
    expect(reply.body.error).toContain(problem);
    expect(await partner.order(orderId)).toMatchObject({ state: 'sent', updates: 0, refused: 1, problems: [problem] });
  });

  it('takes the token that it issued alone, for its own assessments', async () => {
    const { orderId } = await order();
    expect((await put(orderId, COMPLETED, 'the-partners-key')).status).toBe(401);
    expect((await put('0123456789abcdef', COMPLETED)).status).toBe(404);
    const other = await partner.another();
    expect((await put(orderId, COMPLETED, other.partner.callbackToken)).status).toBe(404);
  });

  it('says when the partner does not answer', async () => {
    await partner.control('PATCH', '', { baseUrl: 'http://127.0.0.1:9' });
    expect(await order()).toMatchObject({ status: null, accepted: false, problems: ['the partner did not answer'] });
  });
});
