import { createHmac } from 'node:crypto';
import fc from 'fast-check';
import { lever } from './index.js';
import { webhooks } from './webhooks.js';

const KEY = 'signature-token-of-lever';
const TOKEN = 'be58f711f349c7780e4579cd7c63341ac6f881e4dccc3154';
const AT = 1431454330072;
const DATA = { opportunityId: 'FORBIDDEN', candidateId: 'FORBIDDEN', contactId: 'FORBIDDEN', toStageId: 'FORBIDDEN' };
const sign = (message: string, key = KEY) => createHmac('sha256', key).update(message).digest('hex');
const BODY = { id: 'e1', event: 'candidateStageChange', triggeredAt: AT, token: TOKEN, signature: sign(`${TOKEN}${AT}`), data: DATA };

const isAuthentic = (changes: object = {}, secrets: readonly string[] = [KEY]) =>
  webhooks.isAuthentic({ rawBody: Buffer.from(JSON.stringify({ ...BODY, ...changes })), headers: {} }, secrets);

describe('a signature', () => {
  it('over the token and the time is found in the body', () => {
    expect(isAuthentic({ signature: '4269a62d70b03edb975fc5d62cd8a185d7e844602cd88145e251b717738c4feb' })).toBe(true);
  });

  it('may be made with any of the tokens', () => {
    expect(isAuthentic({}, ['another-token', KEY])).toBe(true);
    expect(isAuthentic({}, ['another-token'])).toBe(false);
    expect(isAuthentic({}, [])).toBe(false);
  });

  it('holds where the time comes as a text', () => {
    expect(isAuthentic({ triggeredAt: String(AT) })).toBe(true);
  });

  it.each([
    { token: `${TOKEN}0` },
    { token: '', signature: sign(String(AT)) },
    { token: [TOKEN] },
    { token: null, signature: sign(`null${AT}`) },
    { triggeredAt: AT + 1 },
    { triggeredAt: undefined, signature: sign(`${TOKEN}undefined`) },
    { triggeredAt: { toString: 'x' } },
    { signature: undefined },
    { signature: null },
    { signature: BODY.signature.slice(1) },
    { signature: `${BODY.signature}0` },
    { signature: [BODY.signature] },
  ])('does not hold for %j', (changes) => {
    expect(isAuthentic(changes)).toBe(false);
  });

  it('in another place than the body is none', () => {
    const rawBody = Buffer.from(JSON.stringify({ ...BODY, signature: undefined }));
    expect(webhooks.isAuthentic({ rawBody, headers: { signature: BODY.signature } }, [KEY])).toBe(false);
  });

  it.each(['', 'null', '[]', '7', '{', '{"__proto__":{}}', '"text"'])('is not found in %j', (text) => {
    expect(webhooks.isAuthentic({ rawBody: Buffer.from(text), headers: {} }, [KEY])).toBe(false);
  });

  it('that anybody makes up is refused, and never throws', () => {
    fc.assert(fc.property(fc.jsonValue(), fc.jsonValue(), (token, signature) => !isAuthentic({ token, signature })));
    fc.assert(fc.property(fc.uint8Array(), (bytes) => !webhooks.isAuthentic({ rawBody: Buffer.from(bytes), headers: {} }, [KEY])));
  });
});

describe('the signature tokens', () => {
  const pattern = lever.manifest.credentials.find(({ name }) => name === 'webhookSecret')?.pattern ?? /never^/;

  it('are the parts of the credential', () => {
    expect(webhooks.secretsOf?.({ webhookSecret: `${KEY}, second-token,third-token` })).toEqual([KEY, 'second-token', 'third-token']);
    expect(webhooks.secretsOf?.({ apiKey: KEY })).toEqual([]);
  });

  it.each([
    [1, true],
    [16, true],
    [17, false],
  ])('may be %d: %s', (count, isTaken) => {
    expect(pattern.test(Array<string>(count).fill(KEY).join(','))).toBe(isTaken);
  });
});

describe('an event', () => {
  it.each([
    ['applicationCreated', ['candidate', 'application']],
    ['candidateStageChange', ['application']],
    ['candidateHired', ['application']],
    ['candidateArchiveChange', ['application']],
    ['candidateDeleted', ['candidate', 'application']],
    ['contactCreated', ['candidate']],
    ['contactUpdated', ['candidate']],
  ])('%s touches %j, and nothing else is read of it', (event, resources) => {
    const told = { id: 'e1', type: event, account: null, notice: { about: 'data', resources } };
    expect(webhooks.read({ ...BODY, event }, {})).toEqual(told);
  });

  it.each([
    ['interviewCreated', 'interviewCreated'],
    ['interviewDeleted', 'interviewDeleted'],
    ['candidateSneezed', 'other'],
    ['constructor', 'other'],
    [7, 'other'],
  ])('%s is about nothing, and named %s', (event, type) => {
    expect(webhooks.read({ ...BODY, event }, {})).toMatchObject({ type, notice: { about: 'nothing' } });
  });

  it.each([undefined, null, '', 'a b', 7, 'x'.repeat(201)])('with the id %j has none that can be kept', (id) => {
    expect(webhooks.read({ ...BODY, id }, {})).toMatchObject({ id: null, type: 'candidateStageChange' });
  });
});

test('whatever comes is read without throwing, and names only types of the list', () => {
  const bodies = fc.oneof(fc.anything(), fc.record({ id: fc.anything(), event: fc.constantFrom(...webhooks.types), data: fc.anything() }));
  fc.assert(fc.property(bodies, (body) => webhooks.types.includes(webhooks.read(body, {}).type)));
});
