import { inspect } from 'node:util';
import { clientTo, cut, drop, errorOf, GET, hang, json, judgeByStatus, raw, source } from './source.for-spec.js';

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
