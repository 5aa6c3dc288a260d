import { subscribe, unsubscribe } from 'node:diagnostics_channel';
import { inspect } from 'node:util';
import { gzipSync } from 'node:zlib';
import { GatewayError } from '#libs/model';
import { createHttpClient } from './client.js';
import { clientTo, errorOf, GET, json, judgeByStatus, NOW, optionsTo, raw, startSource, type Answer } from './source.fixture.js';

const closers: (() => Promise<void>)[] = [];
afterEach(async () => {
  await Promise.all(closers.splice(0).map((close) => close()));
});

async function source(...answers: readonly [Answer, ...Answer[]]) {
  const started = await startSource(...answers);
  closers.push(started.close);
  return started;
}

const OK = json(200, { ok: true });
const drop: Answer = (request) => request.socket.destroy();
const cut: Answer = (_request, response) => {
  response.writeHead(200, { 'content-length': '1000' }).write('{"ok":');
  setTimeout(() => response.socket?.destroy(), 20);
};
const hang: Answer = () => undefined;
const trickle: Answer = (_request, response) => {
  response.writeHead(200);
  const timer = setInterval(() => response.write(' '), 10);
  response.on('close', () => clearInterval(timer));
};

describe('a request', () => {
  it('reaches the source with its query, headers and body, and comes back as JSON', async () => {
    const { baseUrl, requests } = await source(OK);
    const { client } = clientTo(baseUrl);
    const request = { method: 'PUT', path: 'a/b', query: { q: 'x y' }, headers: { 'X-Key': 'k' }, body: { n: 1 } } as const;
    expect(await client.send(request, judgeByStatus)).toMatchObject({ status: 200, json: { ok: true }, retryAfterMs: null });
    expect(requests[0]).toMatchObject({ method: 'PUT', url: '/v1/a/b?q=x+y' });
    expect(requests[0]?.headers).toMatchObject({ 'x-key': 'k', 'content-type': 'application/json', 'content-length': '7' });
  });

  it('uses its connection again', async () => {
    const { baseUrl, requests } = await source(OK);
    const { client } = clientTo(baseUrl);
    await client.send(GET, judgeByStatus);
    await client.send(GET, judgeByStatus);
    expect(requests[0]?.socket.remotePort).toBe(requests[1]?.socket.remotePort);
  });

  it('is not created for a host that is not allowed', () => {
    expect(() => clientTo('https://evil.example')).toThrow('config-invalid');
    expect(() => clientTo('nonsense')).toThrow('config-invalid');
  });

  it('does not follow a redirect', async () => {
    const target = await source(OK);
    const { baseUrl, requests } = await source(raw(302, '', { location: `${target.baseUrl}/stolen` }));
    const { client } = clientTo(baseUrl);
    const error = await errorOf(client.send(GET, judgeByStatus));
    expect(error).toMatchObject({ kind: 'remote-invalid-response', retry: { when: 'never' }, context: { reason: 'redirect' } });
    expect([requests.length, target.requests.length]).toEqual([1, 0]);
  });
});

describe('a failed read', () => {
  it.each([
    ['a dropped connection', drop],
    ['a cut body', cut],
    ['broken JSON on a success', raw(200, '{"ok":')],
    ['an empty body on a success', raw(200, '')],
    ['a page of HTML on a success', raw(200, '<html>')],
    ['503 with a page of HTML', raw(503, '<html>')],
    ['500', json(500, {})],
  ])('is sent again after %s', async (_fault, fault) => {
    const { baseUrl, requests } = await source(fault, OK);
    const { client, waitsMs } = clientTo(baseUrl);
    expect(await client.send(GET, judgeByStatus)).toMatchObject({ json: { ok: true } });
    expect([requests.length, waitsMs.length]).toEqual([2, 1]);
  });

  it.each([
    ['remote-unavailable', 'connection', drop],
    ['remote-invalid-response', 'cut', cut],
    ['remote-invalid-response', 'not-json', raw(200, '<html>')],
  ])('ends as %s after four attempts (%s)', async (kind, reason, fault) => {
    const { baseUrl, requests } = await source(fault);
    const { client } = clientTo(baseUrl);
    const error = await errorOf(client.send(GET, judgeByStatus));
    expect(error).toMatchObject({ kind, retry: { when: 'later' }, context: { reason } });
    expect(requests).toHaveLength(4);
  });

  it('is not sent again where the connector says so', async () => {
    const { baseUrl, requests } = await source(json(404, {}));
    const { client } = clientTo(baseUrl);
    expect(await errorOf(client.send(GET, judgeByStatus))).toMatchObject({ context: { status: 404 } });
    expect(requests).toHaveLength(1);
  });

  it.each([
    ['hangs', hang],
    ['trickles', trickle],
  ])('ends in time where the source %s', async (_how, answer) => {
    const { baseUrl } = await source(answer);
    const { client } = clientTo(baseUrl, { limits: { timeoutMs: 100, attempts: 1 } });
    expect(await errorOf(client.send(GET, judgeByStatus))).toMatchObject({ kind: 'remote-unavailable', context: { reason: 'timeout' } });
  });

  it.each([
    ['plain', raw(200, Buffer.alloc(2_000_000, 'x'))],
    ['packed', raw(200, gzipSync(Buffer.alloc(2_000_000, 'x')), { 'content-encoding': 'gzip' })],
  ])('ends at once at a huge body (%s)', async (_how, answer) => {
    const { baseUrl, requests } = await source(answer);
    const { client } = clientTo(baseUrl, { limits: { maxBodyBytes: 1_000_000 } });
    const error = await errorOf(client.send(GET, judgeByStatus));
    expect(error).toMatchObject({ kind: 'remote-invalid-response', retry: { when: 'never' }, context: { reason: 'too-large' } });
    expect(requests).toHaveLength(1);
  });
});

describe('a failed write', () => {
  const POST = { method: 'POST', path: 'notes', body: {} } as const;

  it.each([
    ['a dropped connection', drop],
    ['a cut body', cut],
    ['broken JSON', raw(200, '{')],
  ])('is never sent again by itself after %s', async (_fault, fault) => {
    const { baseUrl, requests } = await source(fault);
    const { client } = clientTo(baseUrl);
    expect(await errorOf(client.send(POST, judgeByStatus))).toMatchObject({ retry: { when: 'never' } });
    expect(requests).toHaveLength(1);
  });

  it('is sent again where the connector says so', async () => {
    const { baseUrl, requests } = await source(json(429, {}), OK);
    const { client } = clientTo(baseUrl);
    await client.send(POST, judgeByStatus);
    expect(requests).toHaveLength(2);
  });
});

describe('Retry-After', () => {
  it.each([
    ['seconds', '7'],
    ['a date', new Date(NOW.getTime() + 7_000).toUTCString()],
  ])('is waited for, given as %s', async (_form, value) => {
    const { baseUrl } = await source(json(429, {}, { 'retry-after': value }), OK);
    const { client, waitsMs } = clientTo(baseUrl);
    await client.send(GET, judgeByStatus);
    expect(waitsMs[0]).toBeGreaterThanOrEqual(7_000);
    expect(waitsMs[0]).toBeLessThan(7_500);
  });

  it('ends the call where it is longer than two minutes', async () => {
    const { baseUrl, requests } = await source(json(429, {}, { 'retry-after': '121' }), OK);
    const { client, waitsMs } = clientTo(baseUrl);
    expect(await errorOf(client.send(GET, judgeByStatus))).toMatchObject({ context: { status: 429 } });
    expect([requests.length, waitsMs.length]).toEqual([1, 0]);
  });
});

describe('consent', () => {
  it('refused sends nothing, and its error passes through', async () => {
    const { baseUrl, requests } = await source(OK);
    const refusal = new GatewayError('consent-missing');
    const { client } = clientTo(baseUrl, { admit: () => Promise.reject(refusal) });
    expect(await errorOf(client.send(GET, judgeByStatus))).toBe(refusal);
    expect(requests).toHaveLength(0);
  });

  it('is asked for every attempt: revoked between two, the second is not sent', async () => {
    const { baseUrl, requests } = await source(json(503, {}));
    let open = true;
    const admit = async (start: () => void) => {
      if (!open) throw new GatewayError('consent-missing');
      start();
      open = false;
    };
    const { client } = clientTo(baseUrl, { admit });
    expect(await errorOf(client.send(GET, judgeByStatus))).toMatchObject({ kind: 'consent-missing' });
    expect(requests).toHaveLength(1);
  });

  it('is held while the call starts: the request is handed over before start returns', async () => {
    const { baseUrl } = await source(OK);
    let started = 0;
    const onStart = () => started++;
    subscribe('http.client.request.created', onStart);
    const { client } = clientTo(baseUrl, {
      admit: async (start) => {
        start();
        expect(started).toBe(1);
      },
    });
    await client.send(GET, judgeByStatus);
    unsubscribe('http.client.request.created', onStart);
    expect.assertions(1);
  });

  it('that fails after the start ends the call and is not asked again, as the request may be out', async () => {
    const { baseUrl } = await source(hang);
    const lost = new GatewayError('internal', { retry: { when: 'later' } });
    let asked = 0;
    const admit = async (start: () => void) => {
      asked++;
      start();
      throw lost;
    };
    const { client } = clientTo(baseUrl, { admit });
    expect(await errorOf(client.send(GET, judgeByStatus))).toBe(lost);
    expect(asked).toBe(1);
  });

  it('that neither starts nor refuses is an error, not an empty answer', async () => {
    const { baseUrl } = await source(OK);
    const { client } = clientTo(baseUrl, { admit: async () => undefined });
    expect(await errorOf(client.send(GET, judgeByStatus))).toMatchObject({ kind: 'internal' });
  });
});

describe('a stopped run', () => {
  const stopped = new GatewayError('integration-disabled');

  it('ends a call under way with its reason', async () => {
    const controller = new AbortController();
    const { baseUrl, requests } = await source(() => controller.abort(stopped));
    const { client } = clientTo(baseUrl, { signal: controller.signal });
    expect(await errorOf(client.send(GET, judgeByStatus))).toBe(stopped);
    expect(requests).toHaveLength(1);
  });

  it('ends a wait', async () => {
    const controller = new AbortController();
    const { baseUrl, requests } = await source((request, response) => {
      json(429, {}, { 'retry-after': '60' })(request, response);
      setTimeout(() => controller.abort(stopped), 50);
    });
    const client = createHttpClient({ ...optionsTo(baseUrl), signal: controller.signal });
    expect(await errorOf(client.send(GET, judgeByStatus))).toBe(stopped);
    expect(requests).toHaveLength(1);
  });

  it('starts no call', async () => {
    const { baseUrl, requests } = await source(OK);
    const { client } = clientTo(baseUrl, { signal: AbortSignal.abort() });
    expect(await errorOf(client.send(GET, judgeByStatus))).toMatchObject({ context: { reason: 'cancelled' } });
    expect(requests).toHaveLength(0);
  });
});

describe('an error', () => {
  const SECRET = 'canary-4711';
  const request = {
    ...GET,
    path: `records/${SECRET}`,
    query: { email: SECRET },
    headers: { Authorization: `Bearer ${SECRET}` },
  };

  it.each([
    ['a dropped connection', drop],
    ['a cut body', cut],
    ['a hanging source', hang],
    ['broken JSON', raw(200, `{"${SECRET}`)],
    ['a refusal', json(403, { message: SECRET }, { 'x-secret': SECRET })],
    ['a redirect', raw(302, SECRET, { location: `https://${SECRET}` })],
    ['a huge body', raw(200, SECRET.repeat(100_000))],
  ])('after %s holds no word of the request or the answer', async (_fault, fault) => {
    const { baseUrl } = await source(fault);
    const { client } = clientTo(baseUrl, { limits: { timeoutMs: 100, attempts: 1, maxBodyBytes: 100_000 } });
    const error = await errorOf(client.send(request, judgeByStatus));
    const shown = [JSON.stringify(error), inspect(error, { showHidden: true, depth: null }), error.stack, String(error.cause)].join();
    expect(shown).not.toContain(SECRET);
    expect(shown).not.toContain(new URL(baseUrl).port);
  });
});
