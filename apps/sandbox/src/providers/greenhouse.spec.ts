import { setTimeout as pause } from 'node:timers/promises';
import { PartnerUnderSpec } from './partner-under-spec.js';
import type { Parsed } from '../sandbox-under-spec.js';

let partner: PartnerUnderSpec;

const basic = (key: string) => ({ authorization: `Basic ${Buffer.from(`${key}:`).toString('base64')}` });
const TEST = { partner_test_id: 't-1', partner_test_name: 'Logic' };
const COMPLETE = {
  partner_status: 'complete',
  partner_profile_url: 'https://partner.example/r/1',
  partner_score: 82,
  metadata: { Sten: 7 },
};
const CONFORMING = {
  'GET /list_tests': () => ({ body: [TEST] }),
  'POST /send_test': () => ({ body: { partner_interview_id: 'i-1' } }),
  'GET /test_status': () => ({ body: COMPLETE }),
  'POST /response_error': () => ({ body: {} }),
};

const order = (body: object = {}): Promise<Parsed> => partner.control('POST', '/orders', { candidate: 2, test: 't-1', ...body });
const patch = (id: string, headers = basic('the-partners-key'), body?: object) =>
  partner.call('PATCH', `/take_home_tests/${id}`, headers, body);

/** Greenhouse asks by itself, after it has answered. */
async function settled(id: string): Promise<Parsed> {
  for (let tries = 0; tries < 100; tries += 1) {
    const seen = await partner.order(id);
    if (seen.raw !== null) return seen;
    await pause(20);
  }
  throw new Error('Greenhouse did not ask');
}

beforeAll(async () => {
  partner = await PartnerUnderSpec.start('greenhouse');
});
beforeEach(() => {
  partner.answers = CONFORMING;
});
afterAll(() => partner.close());

describe('Greenhouse as a customer of the assessment partner', () => {
  it('lists what a conforming partner offers', async () => {
    expect(await partner.control('POST', '/list')).toMatchObject({
      status: 200,
      accepted: true,
      problems: [],
      tests: [{ id: 't-1', name: 'Logic' }],
      reported: null,
    });
    expect(partner.last('GET /list_tests').headers.authorization).toBe(basic('the-partners-key').authorization);
  });

  it.each([
    [[{ partner_test_id: 't-1' }], '[0].partner_test_name is missing'],
    [[{ ...TEST, partner_test_id: 1 }], '[0].partner_test_id must be text'],
    [{ tests: [TEST] }, 'the body must be a list'],
    ['<html>', 'the body must be a list'],
  ])('names what is wrong in a list of tests, and reports it to the partner: %j', async (body, problem) => {
    partner.answers = { ...CONFORMING, 'GET /list_tests': () => ({ body }) };
    const listed = await partner.control('POST', '/list');
    expect(listed).toMatchObject({ accepted: false, problems: [problem], tests: [], reported: 200 });
    expect(partner.last('POST /response_error').body).toEqual({ api_call: 'list_tests', errors: [problem] });
  });

  it('sends what the partner has to drop, with the canary in it', async () => {
    await order();
    const { candidate, url, ...rest } = partner.last('POST /send_test').body;
    expect(rest).toMatchObject({ partner_test_id: 't-1' });
    for (const key of ['preferred_name', 'resume_url', 'phone_number']) expect(candidate[key]).toContain('kanarie-4711');
    for (const key of ['first_name', 'last_name', 'email', 'greenhouse_profile_url'])
      expect(String(candidate[key])).not.toContain('kanarie');
    expect(candidate.greenhouse_profile_url).toMatch(/\?application_id=\d+$/);
    expect(url).toMatch(/\/providers\/greenhouse\/take_home_tests\/\d+$/);
  });

  it('asks for the status when it is told of one, and shows it', async () => {
    const { orderId } = await order();
    expect((await patch(orderId)).status).toBe(200);
    expect(await settled(orderId)).toMatchObject({
      partnerId: 'i-1',
      state: 'complete',
      score: 82,
      url: COMPLETE.partner_profile_url,
      details: { Sten: 7 },
      updates: 1,
      refused: 0,
      raw: COMPLETE,
    });
    expect(partner.last('GET /test_status').query.get('partner_interview_id')).toBe('i-1');
  });

  it('does not ask for whom is rejected already', async () => {
    const { orderId } = await order({ candidate: 0 });
    const asked = partner.received.length;
    expect((await patch(orderId)).status).toBe(200);
    await pause(50);
    expect(partner.received).toHaveLength(asked);
    expect(await partner.order(orderId)).toMatchObject({ state: 'sent', updates: 1 });
  });

  it.each([
    [{ ...COMPLETE, partner_profile_url: undefined }, 'partner_profile_url is missing, which a complete test has to have'],
    [{ ...COMPLETE, partner_profile_url: 'http://partner.example' }, 'partner_profile_url must be an https address'],
    [{ ...COMPLETE, partner_score: '82' }, 'partner_score must be a number'],
    [{ ...COMPLETE, metadata: { Logic: { Sten: 7 } } }, 'metadata.Logic must be text, a number or a flag'],
    [{}, 'partner_status is missing'],
  ])('takes no status that breaks the contract: %j', async (body, problem) => {
    const { orderId } = await order();
    partner.answers = { ...CONFORMING, 'GET /test_status': () => ({ body }) };
    expect(await partner.control('POST', `/orders/${orderId}/poll`)).toMatchObject({ accepted: false, problems: [problem], reported: 200 });
    expect(await partner.order(orderId)).toMatchObject({ state: 'sent', problems: [problem] });
  });

  it('lets in nobody with another key, knows no other test, and takes no body', async () => {
    const { orderId } = await order();
    expect((await patch(orderId, basic('another-key'))).status).toBe(401);
    expect((await patch('1')).status).toBe(404);
    expect((await patch(orderId, basic('the-partners-key'), { partner_status: 'complete' })).status).toBe(422);
    expect(await partner.order(orderId)).toMatchObject({ updates: 0, refused: 1 });
  });

  it('finds two ids for one order', async () => {
    const { orderId } = await order();
    const first = partner.last('POST /send_test').text;
    partner.answers = { ...CONFORMING, 'POST /send_test': () => ({ body: { partner_interview_id: 'i-2' } }) };
    const again = await partner.control('POST', `/orders/${orderId}/again`);
    expect(again.problems).toEqual(['the same order has different ids: i-1, i-2']);
    expect(partner.last('POST /send_test').text).toBe(first);
  });

  it('sends a wrong key, and each call as often as it is told', async () => {
    await partner.control('PATCH', '', { wrongKey: true, repeats: 3 });
    const before = partner.received.length;
    expect((await order()).statuses).toEqual([200, 200, 200]);
    expect(partner.received.length - before).toBe(3);
    expect(partner.last('POST /send_test').headers.authorization).not.toBe(basic('the-partners-key').authorization);
    await partner.control('PATCH', '', { wrongKey: false, repeats: 1 });
  });

  it('takes a refusal for one, and finds fault with a status that it does not know', async () => {
    partner.answers = { ...CONFORMING, 'POST /send_test': () => ({ status: 401, body: '' }) };
    expect(await order()).toMatchObject({ status: 401, accepted: false, problems: [] });
    partner.answers = { ...CONFORMING, 'POST /send_test': () => ({ status: 500, body: '' }) };
    expect(await order()).toMatchObject({ accepted: false, problems: ['the status 500 is none of 200, 401, 404'] });
  });

  it('fails as it is told, and has done what it was asked where only the answer is lost', async () => {
    const { orderId } = await order();
    const fault = (body: object) => partner.sandbox.request('POST', '/control/providers/greenhouse/faults', {}, body);
    await fault({ kind: 'error', status: 503, path: '/take_home_tests/*', installationId: partner.installation.id });
    expect((await patch(orderId)).status).toBe(503);
    expect((await partner.order(orderId)).updates).toBe(0);
    await fault({ kind: 'drop', late: true });
    await expect(patch(orderId)).rejects.toThrow('fetch failed');
    expect((await settled(orderId)).updates).toBe(1);
    const { body } = await partner.sandbox.request('GET', '/control/providers/greenhouse/requests?last=1');
    expect(body.requests[0]).toMatchObject({
      method: 'PATCH',
      path: `/take_home_tests/${orderId}`,
      headers: { authorization: '(secret)' },
    });
  });

  it('has no cancelling, and takes no key of more than 170 characters', async () => {
    const { orderId } = await order();
    expect((await partner.control('POST', `/orders/${orderId}/cancel`)).error).toBe('greenhouse has no cancel');
    expect((await partner.control('PATCH', '', { partnerKey: 'k'.repeat(171) })).error).toContain('170');
  });
});
