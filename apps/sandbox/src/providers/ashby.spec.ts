import { PartnerUnderSpec } from './partner-under-spec.js';
import type { Parsed } from '../sandbox-under-spec.js';

let partner: PartnerUnderSpec;

const basic = (key: string) => ({ authorization: `Basic ${Buffer.from(`${key}:`).toString('base64')}` });
const TEST = { assessment_type_id: 'logic', name: 'Logic', description: 'Thirty minutes' };
const started = (id: string, more: object = {}) => ({ body: { success: true, results: { assessment_id: id, ...more } } });

const field = (type: string, value: unknown) => ({ identifier: 'f', label: 'Sten', type, value });
const STATUS = { assessment_id: 'a-1', timestamp: 1_795_000_000_000, assessment_status: field('string', 'Started') };
const RESULT = {
  ...STATUS,
  assessment_status: field('string', 'Done'),
  assessment_profile_url: field('url', 'https://partner.example/r/1'),
  assessment_result: field('numeric_score', 82),
  metadata: [field('string', 'seven')],
};

let lastId = 0;
/** Partners give each assessment an id of its own. */
async function order(): Promise<{ readonly orderId: string; readonly assessmentId: string }> {
  lastId += 1;
  const assessmentId = `a-${lastId}`;
  partner.answers = { ...partner.answers, 'POST /assessment.start': () => started(assessmentId) };
  const { orderId } = await partner.control('POST', '/orders', { candidate: 2, test: 'logic' });
  return { orderId, assessmentId };
}
const update = (body: unknown, key = partner.installation.partner.apiKey) => partner.call('POST', '/assessment.update', basic(key), body);

beforeAll(async () => {
  partner = await PartnerUnderSpec.start('ashby');
});
beforeEach(() => {
  partner.answers = {
    'POST /assessment.list': () => ({ body: { success: true, results: [TEST] } }),
    'POST /assessment.cancel': ({ body }) => started(body.assessment_id),
  };
});
afterAll(() => partner.close());

describe('Ashby as a customer of the assessment partner', () => {
  it('lists what a conforming partner offers, by POST with an empty body', async () => {
    expect(await partner.control('POST', '/list')).toMatchObject({ accepted: true, problems: [], tests: [{ id: 'logic', name: 'Logic' }] });
    expect(partner.last('POST /assessment.list')).toMatchObject({ text: '{}', headers: basic('the-partners-key') });
  });

  it.each([
    [{ results: [TEST] }, 'success is missing'],
    [{ success: false, results: [TEST] }, 'success must be one of true'],
    [{ success: true, results: [{ ...TEST, description: null }] }, 'results[0].description must be text'],
    [{ success: true, results: {} }, 'results must be a list'],
  ])('names what is wrong in a list of assessments: %j', async (body, problem) => {
    partner.answers = { 'POST /assessment.list': () => ({ body }) };
    expect(await partner.control('POST', '/list')).toMatchObject({ accepted: false, problems: [problem], tests: [] });
  });

  it('tells of the candidate, the application and the job, and of fields that nobody asked for', async () => {
    await order();
    const { additional_fields: additional, ...body } = partner.last('POST /assessment.start').body;
    expect(body).toMatchObject({
      assessment_type_id: 'logic',
      candidate: { ashby_id: '4000002', email: 'ludwig.van-der-berg.2@example.org' },
      application: { ashby_id: '50000002', status: 'Active' },
      job: { ashby_id: '100000' },
    });
    expect(Object.values(additional)).toEqual([expect.stringContaining('kanarie-4711'), expect.stringContaining('kanarie-4711')]);
  });

  it('shows the words of a 422, knows who is being assessed already, and finds fault with other refusals', async () => {
    const refusedWith = async (status: number, body: unknown): Promise<Parsed> => {
      partner.answers = { 'POST /assessment.start': () => ({ status, body }) };
      return partner.control('POST', '/orders', { candidate: 2, test: 'logic' });
    };
    expect(await refusedWith(422, { message: 'No licence' })).toMatchObject({ accepted: false, problems: [], message: 'No licence' });
    expect(await refusedWith(409, {})).toMatchObject({ problems: [], message: 'The candidate is being assessed already' });
    expect((await refusedWith(422, { error: 'x' })).problems).toEqual(['message is missing']);
    expect((await refusedWith(400, {})).problems).toEqual(['the status 400 is none of 200, 401, 409, 422']);
  });

  it('takes an update along with the answer to a start, of the same assessment alone', async () => {
    const told = { ...STATUS, assessment_id: 'now', assessment_status: field('string', 'Invited') };
    partner.answers = { 'POST /assessment.start': () => started('now', { update_request: told }) };
    const placed = await partner.control('POST', '/orders', { candidate: 2, test: 'logic' });
    expect(await partner.order(placed.orderId)).toMatchObject({ partnerId: 'now', state: 'Invited', updates: 1 });
    partner.answers = { 'POST /assessment.start': () => started('then', { update_request: told }) };
    const other = await partner.control('POST', '/orders', { candidate: 2, test: 'logic' });
    expect(other.problems).toEqual(['results.update_request.assessment_id is of another assessment']);
  });

  it('is completed by a result', async () => {
    const { orderId, assessmentId } = await order();
    expect((await update({ ...STATUS, assessment_id: assessmentId })).body.success).toBe(true);
    expect((await partner.order(orderId)).state).toBe('Started');
    await update({ ...RESULT, assessment_id: assessmentId });
    expect(await partner.order(orderId)).toMatchObject({
      state: 'completed',
      score: 82,
      url: 'https://partner.example/r/1',
      details: { Sten: 'seven' },
      updates: 2,
      refused: 0,
    });
  });

  it('is cancelled by the partner with a reason, and by a recruiter', async () => {
    const first = await order();
    const reason = field('string', 'Withdrew');
    await update({ assessment_id: first.assessmentId, timestamp: 1, cancelled_reason: reason });
    expect(await partner.order(first.orderId)).toMatchObject({ state: 'cancelled', summary: 'Withdrew' });
    const second = await order();
    expect(await partner.control('POST', `/orders/${second.orderId}/cancel`)).toMatchObject({ accepted: true, problems: [] });
    expect(partner.last('POST /assessment.cancel').body).toEqual({ assessment_id: second.assessmentId });
    expect((await partner.order(second.orderId)).state).toBe('cancelled');
  });

  it.each([
    [{ ...RESULT, assessment_profile_url: undefined }, 'assessment_profile_url is missing, which a result has to have'],
    [{ ...RESULT, assessment_status: undefined }, 'assessment_status is missing, and so is cancelled_reason'],
    [{ ...RESULT, assessment_result: field('numeric_score', '82') }, 'assessment_result.value must be a number'],
    [{ ...RESULT, assessment_profile_url: field('string', 'https://x.example') }, 'assessment_profile_url must be of the type url'],
    [
      { ...RESULT, metadata: [field('html', '<b>')] },
      'metadata[0].type must be one of numeric_score, numeric_duration_minutes, url, string, boolean_success',
    ],
    [{ ...RESULT, timestamp: '2026-11-23' }, 'timestamp must be a whole number'],
    [{ ...RESULT, phone: '+46' }, 'phone is not known'],
  ])('refuses an update that breaks the contract, and counts it: %j', async (body, problem) => {
    const { orderId, assessmentId } = await order();
    const reply = await update({ ...body, assessment_id: assessmentId });
    expect(reply).toMatchObject({ status: 422, body: { success: false, errorInfo: { message: expect.stringContaining(problem) } } });
    expect(await partner.order(orderId)).toMatchObject({ state: 'sent', updates: 0, refused: 1 });
  });

  it("takes the account's key alone, and knows no other assessment", async () => {
    expect((await update(STATUS, 'the-partners-key')).status).toBe(401);
    expect((await update({ ...STATUS, assessment_id: 'nobodys' })).status).toBe(404);
  });

  it('takes a finished assessment that nobody ordered, once by its id', async () => {
    const assessment = { assessmentTypeId: 'logic', assessmentId: 'pushed', assessmentName: 'Logic', metadata: [field('string', 'x')] };
    const body = {
      candidateId: '4000005',
      partnerId: 'p',
      timestamp: 1,
      assessment: { ...assessment, result: field('numeric_score', 61) },
    };
    const push = (sent: object) => partner.call('POST', '/assessment.addCompletedToCandidate', basic('key-customer'), sent);
    expect((await push(body)).body.success).toBe(true);
    expect((await push(body)).body.success).toBe(true);
    const { orders } = await partner.control('GET', '/orders');
    const pushed = orders.filter(({ partnerId }: Parsed) => partnerId === 'pushed');
    expect(pushed).toEqual([expect.objectContaining({ candidate: 5, state: 'completed', score: 61, updates: 2 })]);
    expect((await push({ ...body, candidateId: '4999999' })).status).toBe(404);
    expect((await push({ ...body, assessment })).status).toBe(422);
  });
});
