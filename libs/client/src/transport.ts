import { setTimeout as pause } from 'node:timers/promises';
import { addressOf, type Values } from './address.js';
import { attemptAt, type Outcome } from './attempt.js';
import { GatewayProblem } from './problem.js';
import { askedWaitMs, DEFAULT_ATTEMPTS, DEFAULT_TOTAL_MS, isPassing, waitMs, type RetryOptions } from './retrying.js';

const DEFAULT_TIMEOUT_MS = 30_000;

export interface TransportOptions {
  /** Where the gateway is, e.g. `https://ats-gateway.internal`. */
  readonly baseUrl: string;
  /** A bearer token, or what gives one; asked before each attempt, so that it may be renewed. What it throws is thrown on. */
  readonly token: string | (() => string | Promise<string>);
  /** The platform's own by default. */
  readonly fetch?: typeof fetch;
  /** Of one attempt (30,000). */
  readonly timeoutMs?: number;
  readonly retry?: RetryOptions;
}

export interface CallOptions {
  readonly signal?: AbortSignal;
  /** Of a POST: the same key again gives the same answer and does nothing twice. A new UUID by default. */
  readonly idempotencyKey?: string;
  readonly timeoutMs?: number;
}

interface Call extends CallOptions {
  readonly method: string;
  /** A path with the names of its parameters in braces. */
  readonly url: string;
  readonly path: Values;
  readonly query: Values;
  readonly body: unknown;
}

/** Makes calls: the token, the time-out, and another attempt where one may do better and cannot do harm. */
export class Transport {
  constructor(private readonly options: TransportOptions) {
    if (!URL.canParse(options.baseUrl)) throw new TypeError('"baseUrl" is no address');
  }

  /** The answer's JSON; undefined where it has none. Throws `GatewayProblem`, and the signal's reason once it is aborted. */
  async send(call: Call): Promise<unknown> {
    const { baseUrl, fetch: send = fetch, timeoutMs = DEFAULT_TIMEOUT_MS, retry = {} } = this.options;
    const { attempts = DEFAULT_ATTEMPTS, totalMs = DEFAULT_TOTAL_MS } = retry;
    const address = addressOf(baseUrl, call.url, call.path, call.query);
    const request = { timeoutMs, signal: undefined, ...call, ...contentOf(call), fetch: send };
    const untilMs = performance.now() + totalMs;
    for (let attempt = 1; ; attempt++) {
      call.signal?.throwIfAborted();
      const outcome = await attemptAt(address, { ...request, token: await this.token() });
      if (isOk(outcome)) return answerOf(outcome);
      call.signal?.throwIfAborted();
      const nextMs = nextWaitMs(call.method, outcome, attempt);
      if (nextMs === null || attempt >= attempts || performance.now() + nextMs > untilMs) throw problemOf(outcome);
      await waited(nextMs, call.signal);
    }
  }

  private async token(): Promise<string> {
    const { token } = this.options;
    const given = typeof token === 'string' ? token : await token();
    // fetch would refuse it with an error that quotes it.
    if (!/^[\x21-\x7e]+$/.test(given)) throw new TypeError('the token is empty, or holds what no header may hold');
    return given;
  }
}

type Answered = Extract<Outcome, { readonly text: string }>;

const isOk = (outcome: Outcome): outcome is Answered => outcome.status >= 200 && outcome.status < 300;

function contentOf({ method, body, idempotencyKey }: Call) {
  const headers: Record<string, string> = { accept: 'application/json' };
  if (body !== undefined) headers['content-type'] = 'application/json';
  if (method === 'POST') headers['idempotency-key'] = idempotencyKey ?? crypto.randomUUID();
  return { headers, body: body === undefined ? undefined : JSON.stringify(body) };
}

function answerOf({ status, text }: Answered): unknown {
  if (text === '') return undefined;
  try {
    return JSON.parse(text);
  } catch {
    throw new GatewayProblem({ status, code: 'unexpected-answer', detail: `answered ${status} with something other than JSON` });
  }
}

/** Null where another attempt is no use. A PATCH has no key under which it is done once; and the gateway names a time wherever the same call may do better then. */
function nextWaitMs(method: string, outcome: Outcome, attempt: number): number | null {
  if (method === 'PATCH') return null;
  const askedMs = askedOf(outcome);
  if (askedMs === null && isGateways(outcome)) return null;
  return isPassing(outcome.status, askedMs) ? waitMs(attempt, askedMs, Math.random()) : null;
}

const isGateways = (outcome: Outcome): boolean =>
  'headers' in outcome && outcome.headers.get('content-type')?.includes('problem+json') === true;

const askedOf = (outcome: Outcome): number | null => ('headers' in outcome ? askedWaitMs(outcome.headers) : null);

function problemOf(outcome: Outcome): GatewayProblem {
  if ('text' in outcome) return GatewayProblem.of(outcome.status, outcome.text, outcome.token, askedOf(outcome));
  return new GatewayProblem({ status: 0, code: 'unreachable', detail: `the gateway did not answer (${outcome.reason}); try again later` });
}

/** Ends early, without a word, where the signal is aborted. */
async function waited(ms: number, signal: AbortSignal | undefined): Promise<void> {
  await pause(ms, undefined, signal === undefined ? {} : { signal }).catch(() => undefined);
}
