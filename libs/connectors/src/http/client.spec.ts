import { gzipSync } from 'node:zlib';
import { clientTo, cut, drop, errorOf, GET, hang, json, judgeByStatus, NOW, OK, raw, source, type Answer } from './source.for-spec.js';

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
  ])('is never sent again by itself after %s', async (_fault, fault) => {
    const { baseUrl, requests } = await source(fault);
    const { client } = clientTo(baseUrl);
    expect(await errorOf(client.send(POST, judgeByStatus))).toMatchObject({ retry: { when: 'never' } });
    expect(requests).toHaveLength(1);
  });

  it('is none where it was taken, whatever is said of it', async () => {
    const { baseUrl, requests } = await source(raw(200, '{'));
    const { client } = clientTo(baseUrl);
    expect(await client.send(POST, judgeByStatus)).toMatchObject({ status: 200, json: undefined });
    expect(requests).toHaveLength(1);
  });

  it('says that nothing was sent where there was no connection', async () => {
    const { client } = clientTo('http://127.0.0.1:9');
    expect(await errorOf(client.send(POST, judgeByStatus))).toMatchObject({ kind: 'remote-unavailable', context: { applied: 'no' } });
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
