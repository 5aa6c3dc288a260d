import { createHmac } from 'node:crypto';
import fc from 'fast-check';
import { webhooks } from './webhooks.js';

const SECRET = 'recruitee-webhook-secret';
const BODY =
  '{"id":42,"event_type":"candidate_moved","event_subtype":"stage_changed","payload":{"candidate":{"emails":["zoë@b.example"]}}}';
const sign = (body: string | Buffer, secret = SECRET) => createHmac('sha256', secret).update(body).digest('hex');
const isAuthentic = (body: string | Buffer, signature: string | string[] | undefined, secrets = [SECRET]) =>
  webhooks.isAuthentic({ rawBody: Buffer.from(body), headers: { 'x-recruitee-signature': signature } }, secrets);

describe('a signature', () => {
  it('over the raw bytes is accepted', () => {
    expect(isAuthentic(BODY, sign(BODY))).toBe(true);
    expect(isAuthentic(BODY, sign(BODY).toUpperCase())).toBe(true);
  });

  it('of another secret, or where none is set, is refused', () => {
    expect(isAuthentic(BODY, sign(BODY, 'other'))).toBe(false);
    expect(webhooks.secretsOf?.({ apiToken: SECRET })).toEqual([]);
    expect(webhooks.secretsOf?.({ webhookSecret: SECRET })).toEqual([SECRET]);
    expect(isAuthentic(BODY, sign(BODY), [])).toBe(false);
  });

  it('does not hold for a body with any byte flipped', () => {
    const signature = sign(BODY);
    for (let at = 0; at < Buffer.byteLength(BODY); at++) {
      const flipped = Buffer.from(BODY);
      flipped[at] = (flipped[at] ?? 0) ^ 1;
      expect(isAuthentic(flipped, signature)).toBe(false);
    }
  });

  it.each([undefined, '', 'x', `sha256=${sign(BODY)}`, `${sign(BODY)}0`, [sign(BODY)].concat('x')])(
    'that reads %j is refused',
    (signature) => {
      expect(isAuthentic(BODY, signature)).toBe(false);
    },
  );

  it('that anybody makes up is refused, and never throws', () => {
    fc.assert(fc.property(fc.string(), fc.string(), (body, signature) => !isAuthentic(body, signature)));
  });
});

describe('the test call', () => {
  const answered = (body: string | Buffer) => webhooks.handshake?.({ rawBody: Buffer.from(body), headers: {} });

  it('is answered before there is a secret, with no headers of its own', () => {
    expect(answered('{"test":true}')).toEqual({});
    expect(answered('{ "event": "candidate_moved", "test" : true }')).toEqual({});
  });

  it.each([
    BODY,
    '',
    'not json',
    'null',
    '[true]',
    '{"test":"true"}',
    '{"test":1}',
    '{"test":false}',
    '{"payload":{"test":true}}',
    '{"__proto__":{"test":true}}',
  ])('is not %s', (body) => {
    expect(answered(body)).toBeNull();
  });

  it('is looked for in any bytes without throwing', () => {
    fc.assert(fc.property(fc.uint8Array(), (bytes) => answered(Buffer.from(bytes)) === null));
  });
});

describe('an event', () => {
  it.each([
    ['new_candidate', 'new_candidate', ['candidate', 'application']],
    ['candidate_moved', 'candidate_moved', ['application']],
    ['candidate_deleted', 'candidate_deleted', ['candidate', 'application']],
    ['candidate_assigned', 'candidate_*', ['candidate', 'application']],
    ['offer_created', 'offer_*', ['job']],
    ['offer_stages_changed', 'offer_*', ['job']],
  ])('%s is named %s and touches %j', (event_type, type, resources) => {
    const told = { id: '42', type, account: null, notice: { about: 'data', resources } };
    expect(webhooks.read({ ...JSON.parse(BODY), event_type }, {})).toEqual(told);
    expect(webhooks.types).toContain(type);
  });

  it.each([{ event_type: 'offer_moved' }, { event: 'offer_moved' }, { type: 'offer_moved' }, { event_type: '', event: 'offer_moved' }])(
    'is found wherever it is named: %j',
    (body) => {
      expect(webhooks.read(body, {})).toMatchObject({ type: 'offer_*' });
    },
  );

  it.each(['requisition_created', 'offer_', 'my_offer_x', 'constructor', '', 7, null, undefined])('%j is about nothing', (event_type) => {
    expect(webhooks.read({ event_type }, {})).toMatchObject({ type: 'other', notice: { about: 'nothing' } });
  });

  it.each([
    [42, '42'],
    ['a1', 'a1'],
    [0.5, null],
    ['a b', null],
    [{}, null],
    [undefined, null],
  ])('with the id %j is kept as %j', (id, kept) => {
    expect(webhooks.read({ id }, {})).toMatchObject({ id: kept });
  });

  it('of any shape is read without throwing, and names only types of the list', () => {
    const named = fc.record({ id: fc.anything(), event_type: fc.oneof(fc.anything(), fc.constantFrom(...webhooks.types)) });
    fc.assert(fc.property(fc.oneof(fc.anything(), named), (body) => webhooks.types.includes(webhooks.read(body, {}).type)));
  });
});
