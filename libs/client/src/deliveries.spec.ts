import { Webhook } from 'standardwebhooks';
import { verifyDelivery, WebhookVerificationError } from './deliveries.js';

const SECRET = 'whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw';
const OTHER = 'whsec_C2FVsBQIhrscChlQIMV+b5sSYspob7oD';
const EVENT = { id: 'evt_7', type: 'job.created', tenantId: 't', recordId: 'r', fields: [], at: '2026-11-23T10:00:00Z' };
const BODY = JSON.stringify({ type: EVENT.type, timestamp: EVENT.at, data: EVENT });

function signed(secret: string, at = new Date(performance.timeOrigin + performance.now()), body = BODY) {
  return {
    'webhook-id': EVENT.id,
    'webhook-timestamp': String(Math.floor(at.getTime() / 1000)),
    'webhook-signature': new Webhook(secret).sign(EVENT.id, at, body),
  };
}

test('a delivery that is signed is given, whichever of the two secrets signed it', () => {
  for (const secret of [SECRET, OTHER]) expect(verifyDelivery(BODY, signed(secret), [SECRET, OTHER]).data).toEqual(EVENT);
  expect(verifyDelivery(Buffer.from(BODY), new Headers(signed(SECRET)), SECRET).type).toBe('job.created');
  const both = { ...signed(SECRET), 'webhook-signature': `${signed(OTHER)['webhook-signature']} ${signed(SECRET)['webhook-signature']}` };
  expect(verifyDelivery(BODY, both, SECRET).data.id).toBe('evt_7');
});

test.each([
  ['another secret', () => verifyDelivery(BODY, signed(OTHER), SECRET)],
  ['a changed body', () => verifyDelivery(BODY.replace('job', 'usr'), signed(SECRET), SECRET)],
  ['an old time', () => verifyDelivery(BODY, signed(SECRET, new Date(performance.timeOrigin + performance.now() - 400_000)), SECRET)],
  ['no headers', () => verifyDelivery(BODY, {}, SECRET)],
  ['no secret', () => verifyDelivery(BODY, signed(SECRET), [])],
  ['two secrets, neither of which it is', () => verifyDelivery(BODY, signed('whsec_AAAA'), [SECRET, OTHER])],
  ['a time to come', () => verifyDelivery(BODY, signed(SECRET, new Date(performance.timeOrigin + performance.now() + 400_000)), SECRET)],
  ['a signature of another version', () => verifyDelivery(BODY, { ...signed(SECRET), 'webhook-signature': 'v1a,AAAA v1' }, SECRET)],
  ['text that is no JSON', () => verifyDelivery('Anna', signed(SECRET, undefined, 'Anna'), SECRET)],
  ['no event of ours', () => verifyDelivery('{"a": 1}', signed(SECRET, undefined, '{"a": 1}'), SECRET)],
])('%s is refused', (_what, verify) => {
  expect(verify).toThrow(WebhookVerificationError);
});

test('names of headers may be in any case, and a refusal says what was wrong', () => {
  const capital = Object.fromEntries(Object.entries(signed(SECRET)).map(([name, value]) => [name.toUpperCase(), value]));
  expect(verifyDelivery(BODY, capital, SECRET).data.id).toBe('evt_7');
  const old = signed(SECRET, new Date(performance.timeOrigin + performance.now() - 400_000));
  expect(() => verifyDelivery(BODY, old, [SECRET, OTHER])).toThrow(/too old/);
});

test('a secret that is none is told without it', () => {
  const failure = caught(() => verifyDelivery(BODY, signed(SECRET), 'whsec_%%geheim%%'));
  expect(failure).not.toBeInstanceOf(WebhookVerificationError);
  expect(String(failure)).not.toContain('geheim');
});

function caught(act: () => unknown): unknown {
  try {
    return act();
  } catch (error) {
    return error;
  }
}
