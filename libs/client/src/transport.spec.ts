import { inspect } from 'node:util';
import { Transport, type CallOptions, type TransportOptions } from './transport.js';

const SECRET = 'eyJ-the-token';
const NO_WAIT = { status: 503, headers: { 'retry-after': '0' } };

type Sent = Parameters<typeof fetch>;
type Answering = () => Response | Promise<Response>;

/** A transport to a network that answers as listed, the last one again and again. */
function transportTo(answers: readonly Answering[], options: Partial<TransportOptions> = {}) {
  const sent: { readonly headers: Headers; readonly body: unknown }[] = [];
  const send = async (...[, init]: Sent) => {
    sent.push({ headers: new Headers(init?.headers), body: init?.body });
    init?.signal?.throwIfAborted();
    const answer = answers[Math.min(sent.length, answers.length) - 1];
    if (answer === undefined) throw new Error('nothing is listed');
    return answer();
  };
  const transport = new Transport({ baseUrl: 'http://gateway.example', token: SECRET, fetch: send, ...options });
  const call = (method: string, given: CallOptions & { readonly body?: unknown } = {}) =>
    transport.send({ url: '/x', path: {}, query: {}, body: undefined, ...given, method });
  return { sent, call };
}

const ok: Answering = () => Response.json({ done: true });
const busy: Answering = () => new Response('', NO_WAIT);
const lost: Answering = () =>
  Promise.reject(new TypeError('fetch failed', { cause: Object.assign(new Error(SECRET), { code: 'ECONNRESET' }) }));
const cut: Answering = () =>
  new Response(
    new ReadableStream({
      start: (controller) => {
        controller.enqueue(Buffer.from('{"do'));
        controller.error(new TypeError('terminated'));
      },
    }),
  );

test.each([
  ['GET', busy],
  ['PUT', lost],
  ['DELETE', cut],
  ['POST', lost],
])('a %s is made again where no answer came, or not a whole one, or a busy one', async (method, first) => {
  const { sent, call } = transportTo([first, ok]);
  expect(await call(method)).toEqual({ done: true });
  expect(sent).toHaveLength(2);
});

test('what the gateway itself refuses without naming a time is not asked again: an ATS would see each attempt', async () => {
  const problem = { type: '/docs#x', title: 'x', status: 502, code: 'remote-auth-failed', detail: 'x', requestId: 'r' };
  const refused: Answering = () => Response.json(problem, { status: 502, headers: { 'content-type': 'application/problem+json' } });
  const { sent, call } = transportTo([refused, ok]);
  await expect(call('POST')).rejects.toMatchObject({ status: 502, code: 'remote-auth-failed' });
  expect(sent).toHaveLength(1);
});

test('a PATCH is not made again: nothing tells whether the first one arrived', async () => {
  const { sent, call } = transportTo([lost, ok]);
  await expect(call('PATCH')).rejects.toMatchObject({ status: 0, code: 'unreachable', detail: expect.stringContaining('ECONNRESET') });
  expect(sent).toHaveLength(1);
});

test('all attempts at a POST carry one key: a new one of each call, or the one that was given; nothing else carries any', async () => {
  const { sent, call } = transportTo([busy, lost, () => new Response('{}', { status: 409, headers: { 'retry-after': '0' } }), ok]);
  await call('POST', { body: { a: 1 } });
  const keys = new Set(sent.map(({ headers }) => headers.get('idempotency-key')));
  expect([sent.length, keys.size]).toEqual([4, 1]);
  expect([...keys][0]).toMatch(/^[0-9a-f]{8}-[0-9a-f-]{27}$/);
  await call('POST', { idempotencyKey: 'mine' });
  expect(sent.at(-1)?.headers.get('idempotency-key')).toBe('mine');
  await call('POST');
  expect(keys).not.toContain(sent.at(-1)?.headers.get('idempotency-key'));
  await call('PUT');
  expect(sent.at(-1)?.headers.has('idempotency-key')).toBe(false);
});

test('attempts end with their number, and with the time: what asks for a longer wait is told at once', async () => {
  const few = transportTo([busy], { retry: { attempts: 3 } });
  await expect(few.call('GET')).rejects.toMatchObject({ status: 503 });
  expect(few.sent).toHaveLength(3);
  const patient = transportTo([() => new Response('', { status: 429, headers: { 'retry-after': '61' } })]);
  await expect(patient.call('GET')).rejects.toMatchObject({ status: 429, retryAfterMs: 61_000 });
  expect(patient.sent).toHaveLength(1);
});

test('an abort ends a wait, and is thrown with its reason', async () => {
  const stop = new AbortController();
  const { call } = transportTo([() => new Response('', { status: 503, headers: { 'retry-after': '50' } })]);
  const startedMs = performance.now();
  setTimeout(() => stop.abort(new Error('enough')), 50);
  await expect(call('GET', { signal: stop.signal })).rejects.toThrow('enough');
  expect(performance.now() - startedMs).toBeLessThan(5_000);
});

test('the token is asked for before each attempt, and what its maker throws is thrown on', async () => {
  const tokens = ['first', 'second'];
  const { sent, call } = transportTo([busy, ok], { token: () => Promise.resolve(tokens.shift() ?? '') });
  await call('GET');
  expect(sent.map(({ headers }) => headers.get('authorization'))).toEqual(['Bearer first', 'Bearer second']);
  const failing = transportTo([ok], { token: () => Promise.reject(new Error('no login')) });
  await expect(failing.call('GET')).rejects.toThrow('no login');
});

test.each([
  ['a network that quotes it', [lost], SECRET],
  ['an answer that quotes it', [() => new Response(`{"code":"internal","detail":"${SECRET}","requestId":"r"}`, { status: 500 })], SECRET],
  ['one that no header may hold', [ok], `${SECRET}\nx`],
])('no error holds the token: %s', async (_what, answers, token) => {
  const failure: unknown = await transportTo(answers, { token, retry: { attempts: 1 } })
    .call('GET')
    .catch((error: unknown) => error);
  expect(failure).toBeInstanceOf(Error);
  expect(inspect(failure, { depth: 9, showHidden: true })).not.toContain(SECRET);
});

test('what is no JSON is told without a word of it; an answer without a body is undefined', async () => {
  const failure: unknown = await transportTo([() => new Response('<p>Anna</p>')])
    .call('GET')
    .catch((error: unknown) => error);
  expect(failure).toMatchObject({ status: 200, code: 'unexpected-answer' });
  expect(inspect(failure)).not.toContain('Anna');
  expect(await transportTo([() => new Response(null, { status: 204 })]).call('DELETE')).toBeUndefined();
});

test('an address that is none is told when the client is made', () => {
  expect(() => transportTo([ok], { baseUrl: 'gateway' })).toThrow(new TypeError('"baseUrl" is no address'));
});
