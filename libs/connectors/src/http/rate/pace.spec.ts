import type { HttpAnswer, HttpRequest } from '../../contract/call.js';
import type { RateLimit } from '../../contract/rate.js';
import { clientTo, errorOf, GET, json, judgeByStatus, OK, source } from '../source.for-spec.js';
import { GatewayError } from '#libs/model';
import { paceOf, readHeaders } from './pace.js';
import { KOMBO_LIKE, SimulatedProcesses } from './simulated.for-spec.js';

const HEADERS = { limit: 'ratelimit-limit', remaining: 'ratelimit-remaining', reset: 'ratelimit-reset' };
const ACTIONS: RateLimit = { name: 'actions', kind: 'concurrency', scope: 'integration', counts: 'writes', most: 1 };
const POST: HttpRequest = { method: 'POST', path: 'notes', body: {} };
const SIGNAL = new AbortController().signal;

describe('the headers of a window', () => {
  const read = (limit?: string, remaining?: string, reset?: string) =>
    readHeaders(
      HEADERS,
      Object.fromEntries(
        Object.entries({ 'ratelimit-limit': limit, 'ratelimit-remaining': remaining, 'ratelimit-reset': reset }).filter(
          (entry): entry is [string, string] => entry[1] !== undefined,
        ),
      ),
    );

  test('are read as numbers and milliseconds', () => {
    expect(read('300', '299', '57')).toEqual({ limit: 300, remaining: 299, resetMs: 57_000 });
    expect(read('300', '0')).toEqual({ limit: 300, remaining: 0, resetMs: null });
  });

  test.each([
    ['missing', []],
    ['half there', ['300']],
    ['no numbers', ['many', '1', '2']],
    ['negative', ['300', '-1', '2']],
    ['more than there is', ['300', '301', '2']],
    ['absurd', ['9999999999', '1', '2']],
  ])('say nothing where they are %s', (_how, values) => expect(read(...values)).toBeNull());
});

describe('a paced call', () => {
  const paced = () => {
    const requests = new SimulatedProcesses(KOMBO_LIKE);
    const { time } = requests;
    const actions = new SimulatedProcesses(ACTIONS, { time });
    const limits = [
      { limit: KOMBO_LIKE, pacer: () => requests.pacer() },
      { limit: ACTIONS, pacer: () => actions.pacer() },
    ];
    const pace = paceOf(limits, { tenantId: 'a', urgency: 'notice' });
    /** Time passes until the permit is there. */
    const permit = async (request: HttpRequest) => (await Promise.all([pace(request, SIGNAL, 1_000), time.pass(500)]))[0];
    return { requests, actions, time, pace, permit };
  };
  const answer: HttpAnswer = { status: 200, headers: {}, json: null, retryAfterMs: null };

  test('asks only the limits that count it', async () => {
    const { actions, permit } = paced();
    (await permit(GET))({ end: 'answered', answer, exceeded: null });
    expect(actions.exchanges).toBe(0);
    await permit(POST);
    expect(actions.exchanges).toBeGreaterThan(0);
  });

  test('gives back the leave that it had where it waits too long for the other', async () => {
    const { requests, time, pace, permit } = paced();
    (await permit(POST))({ end: 'answered', answer, exceeded: null });
    const end = await permit(POST);
    const refused = errorOf(pace(POST, SIGNAL, 1_000));
    await time.pass(2_000);
    expect(await refused).toMatchObject({ kind: 'remote-rate-limited' });
    expect(requests.standing?.out).toEqual({ notice: 1, poll: 0 });
    end({ end: 'no-answer' });
    await time.pass(1_000);
    expect(requests.standing?.out).toEqual({ notice: 0, poll: 0 });
  });

  test('blocks the limit that it was too much for, and no other', async () => {
    const { requests, actions, time, permit } = paced();
    (await permit(POST))({ end: 'answered', answer, exceeded: { name: 'actions', afterMs: 5_000 } });
    await time.pass(500);
    expect(actions.standing?.blockedUntilMs).toBeGreaterThan(0);
    expect(requests.standing?.blockedUntilMs).toBe(0);
  });
});

describe('the client', () => {
  test('waits for the pace before it asks for admission', async () => {
    const { baseUrl, requests } = await source(OK);
    const order: string[] = [];
    const { client } = clientTo(baseUrl, {
      pace: async () => {
        order.push('pace');
        return ({ end }) => order.push(end);
      },
      admit: async (start) => {
        order.push('gate');
        start();
      },
    });
    await client.send(GET, judgeByStatus);
    expect([order, requests.length]).toEqual([['pace', 'gate', 'answered'], 1]);
  });

  test('gives its permit back unused where it is not admitted', async () => {
    const { baseUrl } = await source(OK);
    const ends: string[] = [];
    const pace = async () => (ended: { end: string }) => void ends.push(ended.end);
    const { client } = clientTo(baseUrl, { pace, admit: async () => Promise.reject(new GatewayError('consent-missing')) });
    await errorOf(client.send(GET, judgeByStatus));
    expect(ends).toEqual(['unused']);
  });

  test('counts its permit as used where the gate fails after the start', async () => {
    const { baseUrl } = await source(OK);
    const ends: string[] = [];
    const pace = async () => (ended: { end: string }) => void ends.push(ended.end);
    const admit = async (start: () => void) => {
      start();
      throw new GatewayError('internal');
    };
    await errorOf(clientTo(baseUrl, { pace, admit }).client.send(GET, judgeByStatus));
    expect(ends).toEqual(['no-answer']);
  });

  test('leaves the wait after a refusal to the pace, and waits itself after any other failure', async () => {
    const { baseUrl } = await source(json(429, {}), json(500, {}), OK);
    let paced = 0;
    const pace = async () => {
      paced++;
      return () => undefined;
    };
    const { client, waitsMs } = clientTo(baseUrl, { pace });
    await client.send(GET, (received) => {
      const verdict = judgeByStatus(received);
      return received.status === 429 && verdict.outcome === 'retry' ? { ...verdict, exceeded: 'requests' } : verdict;
    });
    expect([paced, waitsMs.length]).toEqual([3, 1]);
  });
});
