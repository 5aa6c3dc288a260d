import { createHmac } from 'node:crypto';
import fc from 'fast-check';
import { smartrecruiters } from './index.js';
import { webhooks } from './webhooks.js';

const KEY = 'HeBVky2bccvvkcXPimH8c';
const BODY = '{"job_id":"jid","candidate_id":"cid"}';
const SIGNED = '2e9291f10d44ca10204a4cd81b05d73b6a316b2b605d4e2e0e0b37b40198ce1f';
const HEADERS = {
  'smartrecruiters-timestamp': '1574080897',
  'event-id': '123',
  'event-name': 'application.created',
  'event-version': 'v201910',
  link: '<http://smartrecruiters.com/endpoint>; rel=self',
};
interface Changes {
  readonly body?: string | Buffer;
  readonly headers?: Readonly<Record<string, string | undefined>>;
  readonly secrets?: readonly string[];
}
const isAuthentic = (signature: string | undefined, { body = BODY, headers = {}, secrets = [KEY] }: Changes = {}) =>
  webhooks.isAuthentic(
    { rawBody: Buffer.from(body), headers: { ...HEADERS, 'smartrecruiters-signature': signature, ...headers } },
    secrets,
  );
const sign = (message: string, key = KEY) => `v1=${createHmac('sha256', key).update(message).digest('hex')}`;

describe('a signature', () => {
  it('of the official example is accepted', () => {
    expect(isAuthentic(`v1=${SIGNED}`)).toBe(true);
  });

  it('is found among those of the other live keys', () => {
    const other = `v1=${'0'.repeat(64)}`;
    expect(isAuthentic(`${other};v1=${SIGNED}`)).toBe(true);
    expect(isAuthentic(`v1=${SIGNED};${other}`, { secrets: ['another-key', KEY] })).toBe(true);
    expect(isAuthentic(`${other};${other}`)).toBe(false);
  });

  it('counts a header that is missing as an empty text', () => {
    const signature = sign(`1574080897.${BODY}.123.application.created..`);
    expect(isAuthentic(signature, { headers: { 'event-version': undefined, link: undefined } })).toBe(true);
    expect(isAuthentic(signature)).toBe(false);
  });

  it.each(Object.keys(HEADERS))('does not hold where %s is another one', (name) => {
    expect(isAuthentic(`v1=${SIGNED}`, { headers: { [name]: 'other' } })).toBe(false);
  });

  it('does not hold for a body with any byte flipped', () => {
    for (let at = 0; at < BODY.length; at++) {
      const body = Buffer.from(BODY);
      body[at] = (body[at] ?? 0) ^ 1;
      expect(isAuthentic(`v1=${SIGNED}`, { body })).toBe(false);
    }
  });

  it.each([undefined, '', SIGNED, `v2=${SIGNED}`, `v1=${SIGNED}0`, `v1=${SIGNED.slice(1)}`, `${';'.repeat(16)}v1=${SIGNED}`])(
    'that reads %j is refused',
    (signature) => {
      expect(isAuthentic(signature)).toBe(false);
    },
  );

  it('is refused where no secret is set', () => {
    expect(isAuthentic(`v1=${SIGNED}`, { secrets: [] })).toBe(false);
    expect(webhooks.secretsOf?.({ apiKey: KEY })).toEqual([]);
  });

  it('that anybody makes up is refused, and never throws', () => {
    fc.assert(fc.property(fc.string(), fc.string(), (body, signature) => !isAuthentic(signature, { body })));
  });
});

describe('the secrets', () => {
  const pattern = smartrecruiters.manifest.credentials.find(({ name }) => name === 'webhookSecret')?.pattern ?? /never^/;

  it('are the parts of the credential', () => {
    expect(webhooks.secretsOf?.({ webhookSecret: `${KEY}, second-key,third-key` })).toEqual([KEY, 'second-key', 'third-key']);
  });

  it.each([
    [1, true],
    [16, true],
    [17, false],
  ])('may be %d: %s', (count, isTaken) => {
    expect(pattern.test(Array<string>(count).fill(KEY).join(','))).toBe(isTaken);
  });
});

describe('the set-up call', () => {
  const answered = (headers: Record<string, string | string[]>) => webhooks.handshake?.({ rawBody: Buffer.alloc(0), headers });

  it('is answered with its secret', () => {
    expect(answered({ 'x-hook-secret': 'abc-123' })).toEqual({ 'X-Hook-Secret': 'abc-123' });
  });

  it.each([
    {},
    { 'x-hook-secret': '' },
    { 'x-hook-secret': 'two words' },
    { 'x-hook-secret': 'å' },
    { 'x-hook-secret': 'x'.repeat(201) },
    { 'x-hook-secret': ['a', 'b'] },
    { 'x-hook-secret': 'abc', 'smartrecruiters-signature': `v1=${SIGNED}` },
  ])('is not %j', (headers) => {
    expect(answered(headers)).toBeNull();
  });
});

describe('an event', () => {
  it.each([
    ['job.hiring-team.updated', ['job']],
    ['job.ad.postings.updated', ['job']],
    ['candidate.created', ['candidate', 'application']],
    ['candidate.updated', ['candidate']],
    ['application.created', ['candidate', 'application']],
    ['application.status.updated', ['application']],
  ])('%s touches %j', (name, resources) => {
    const told = { id: '123', type: name, account: null, notice: { about: 'data', resources } };
    expect(webhooks.read(JSON.parse(BODY), { ...HEADERS, 'event-name': name })).toEqual(told);
  });

  it.each([
    ['job.ad.updated', 'job.ad.updated'],
    ['application.attachment.created', 'application.attachment.created'],
    ['offer.created', 'other'],
    ['constructor', 'other'],
  ])('%s is about nothing, and named %s', (name, type) => {
    expect(webhooks.read({}, { ...HEADERS, 'event-name': name })).toMatchObject({ type, notice: { about: 'nothing' } });
  });

  it.each([undefined, '', 'a b', 'x'.repeat(201)])('with the id %j has none that can be kept', (id) => {
    expect(webhooks.read({}, { ...HEADERS, 'event-id': id })).toMatchObject({ id: null });
  });
});

test('whatever comes is read without throwing, and names only types of the list', () => {
  const headers = fc.dictionary(fc.constantFrom('event-name', 'event-id', '__proto__'), fc.oneof(fc.string(), fc.array(fc.string())));
  fc.assert(fc.property(fc.anything(), headers, (body, given) => webhooks.types.includes(webhooks.read(body, given).type)));
});
