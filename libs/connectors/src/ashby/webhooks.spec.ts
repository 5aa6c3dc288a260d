import { createHmac } from 'node:crypto';
import fc from 'fast-check';
import { webhooks } from './webhooks.js';

const SECRET = 'ashby-webhook-secret';
const BODY = '{"action":"candidateStageChange","data":{"application":{"id":"d1","candidate":{"name":"FORBIDDEN"}}}}';

const sign = (body: string | Buffer, secret = SECRET) => `sha256=${createHmac('sha256', secret).update(body).digest('hex')}`;
const isAuthentic = (body: string | Buffer, signature: string | string[] | undefined, secrets = [SECRET]) =>
  webhooks.isAuthentic({ rawBody: Buffer.from(body), headers: { 'ashby-signature': signature } }, secrets);

describe('a signature', () => {
  it.each([
    ['compact', BODY, 'sha256=fe1405511839247434acaa024f3999cf8d8ed723f27248906c868e2eaf00d1ad'],
    [
      'pretty-printed',
      JSON.stringify(JSON.parse(BODY), null, 2),
      'sha256=eb0af9704896d207c9ca7753a5834e597b365621505d08a21563443e76c90fdd',
    ],
    ['beyond ASCII', '{"action":"ping","data":"Zoë"}', 'sha256=465e5a32ee825b9769142f8c6764c46e00a17877947370b4f7e3f5f362f8769b'],
  ])('over the raw bytes is accepted: %s', (_, body, signature) => {
    expect(isAuthentic(body, signature)).toBe(true);
  });

  it('of any of the secrets is accepted, while one replaces another', () => {
    expect(isAuthentic(BODY, sign(BODY, 'new'), [SECRET, 'new'])).toBe(true);
    expect(isAuthentic(BODY, sign(BODY, 'old'), [SECRET, 'new'])).toBe(false);
    expect(isAuthentic(BODY, sign(BODY, ''), [])).toBe(false);
  });

  it('does not hold for a body with any byte flipped', () => {
    const signature = sign(BODY);
    for (let at = 0; at < BODY.length; at++) {
      const flipped = Buffer.from(BODY);
      flipped[at] = (flipped[at] ?? 0) ^ 1;
      expect(isAuthentic(flipped, signature)).toBe(false);
    }
  });

  it.each([undefined, '', 'sha256=', sign(BODY).slice('sha256='.length), `${sign(BODY)}0`, sign(BODY).replace('256', '1'), [sign(BODY)]])(
    'that reads %j is refused',
    (signature) => {
      expect(isAuthentic(BODY, signature)).toBe(false);
    },
  );

  it('that anybody makes up is refused, and never throws', () => {
    fc.assert(fc.property(fc.string(), fc.string(), (body, signature) => !isAuthentic(body, signature)));
  });
});

test('the secret is the credential, where there is one', () => {
  expect(webhooks.secretsOf?.({ apiKey: 'key', webhookSecret: SECRET })).toEqual([SECRET]);
  expect(webhooks.secretsOf?.({ apiKey: 'key' })).toEqual([]);
});

describe('a set-up call', () => {
  const answerTo = (body: string, headers: Readonly<Record<string, string>> = {}) =>
    webhooks.handshake?.({ rawBody: Buffer.from(body), headers });

  it('is a ping without a signature, and is answered with no header', () => {
    expect(answerTo('{"action":"ping","data":{}}')).toEqual({});
  });

  it.each([
    ['of another action', '{"action":"candidateStageChange"}', {}],
    ['that is signed', '{"action":"ping"}', { 'ashby-signature': sign('{"action":"ping"}') }],
    ['with an empty signature', '{"action":"ping"}', { 'ashby-signature': '' }],
    ['that is no JSON', 'ping', {}],
    ['that is a list', '[{"action":"ping"}]', {}],
    ['that inherits its action', '{"__proto__":{"action":"ping"}}', {}],
  ])('%s it is none', (_, body, headers) => {
    expect(answerTo(body, headers)).toBeNull();
  });
});

describe('a notice', () => {
  it.each([
    ['applicationSubmit', ['candidate', 'application']],
    ['applicationUpdate', ['application']],
    ['candidateStageChange', ['application']],
    ['candidateHire', ['application']],
    ['candidateDelete', ['candidate', 'application']],
    ['candidateMerge', ['candidate', 'application']],
    ['jobCreate', ['job']],
    ['jobUpdate', ['job']],
    ['jobPostingUpdate', ['job']],
    ['jobPostingPublish', ['job']],
    ['jobPostingUnpublish', ['job']],
    ['interviewPlanTransition', ['job', 'application']],
  ])('of %s touches %j', (action, resources) => {
    expect(webhooks.read({ action, data: {} }, {})).toEqual({
      id: null,
      type: action,
      account: null,
      notice: { about: 'data', resources },
    });
  });

  it.each(['interviewScheduleCreate', 'interviewScheduleUpdate', 'openingCreate', 'pushToHRIS', 'surveySubmit', 'ping'])(
    'of %s is about nothing that we hold',
    (action) => {
      expect(webhooks.read({ action }, {})).toMatchObject({ type: action, notice: { about: 'nothing' } });
    },
  );

  it('of any other action is about nothing, and its name is not kept', () => {
    for (const action of ['offerCreate', 'constructor', '', 7])
      expect(webhooks.read({ action }, {})).toMatchObject({ type: 'other', notice: { about: 'nothing' } });
  });

  it('is read from whatever comes, without a word of it', () => {
    const anything = fc.oneof(fc.anything(), fc.record({ action: fc.constantFrom(...webhooks.types), data: fc.anything() }));
    fc.assert(
      fc.property(anything, (body) => webhooks.types.includes(webhooks.read(body, {}).type)),
      { numRuns: 2_000 },
    );
    expect(JSON.stringify(webhooks.read(JSON.parse(BODY), {}))).not.toContain('FORBIDDEN');
  });
});
