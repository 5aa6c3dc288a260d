import { subscribe, unsubscribe } from 'node:diagnostics_channel';
import { GatewayError } from '#libs/model';
import { createHttpClient } from './client.js';
import { clientTo, errorOf, GET, hang, json, judgeByStatus, OK, optionsTo, source } from './source.for-spec.js';

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
