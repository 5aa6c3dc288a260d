import { GatewayProblem } from './problem.js';
import { DEFAULT_ATTEMPTS, DEFAULT_TOTAL_MS, isPassing, retryAfterMs, waitMs, type RetryOptions } from './retrying.js';

const DEFAULT_TIMEOUT_MS = 30_000;

export interface TransportOptions {
  /** Where the gateway is, e.g. `https://ats-gateway.internal`. */
  readonly baseUrl: string;
  /** A bearer token, or what gives one; asked before each attempt, so that it may be renewed. */
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

export interface Call extends CallOptions {
  readonly method: 'GET' | 'PUT' | 'POST' | 'PATCH' | 'DELETE';
  /** A path with the names of its parameters in braces. */
  readonly url: string;
  readonly path?: Readonly<Record<string, string>> | undefined;
  readonly query?: Readonly<Record<string, string | number | boolean | undefined>> | undefined;
  readonly body?: unknown;
}

type Outcome = { readonly answer: Response } | { readonly failure: unknown };

/** Makes calls: the token, the time-out, and another attempt where one may do better and cannot do harm. */
export class Transport {
  constructor(private readonly options: TransportOptions) {}

  /** The answer's JSON; undefined where it has none. Throws `GatewayProblem`, and the signal's reason once it is aborted. */
  async send<Answer>(call: Call): Promise<Answer> {
    const { attempts = DEFAULT_ATTEMPTS, totalMs = DEFAULT_TOTAL_MS } = this.options.retry ?? {};
    const key = call.method === 'POST' ? (call.idempotencyKey ?? crypto.randomUUID()) : null;
    const untilMs = performance.now() + totalMs;
    for (let attempt = 1; ; attempt++) {
      call.signal?.throwIfAborted();
      const outcome = await this.attempt(call, key);
      // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- what the gateway answers is what its document says
      if ('answer' in outcome && outcome.answer.ok) return (await readBody(outcome.answer)) as Answer;
      const next = this.nextWaitMs(call, outcome, attempt);
      if (next === null || attempt >= attempts || performance.now() + next > untilMs) throw await problemOf(outcome, call.signal);
      await pause(next, call.signal);
    }
  }

  private async attempt(call: Call, key: string | null): Promise<Outcome> {
    const { baseUrl, token, fetch: send = fetch, timeoutMs = DEFAULT_TIMEOUT_MS } = this.options;
    const timeout = AbortSignal.timeout(call.timeoutMs ?? timeoutMs);
    const bearer = typeof token === 'string' ? token : await token();
    const headers = {
      authorization: `Bearer ${bearer}`,
      accept: 'application/json',
      ...(call.body === undefined ? {} : { 'content-type': 'application/json' }),
      ...(key === null ? {} : { 'idempotency-key': key }),
    };
    const body = call.body === undefined ? {} : { body: JSON.stringify(call.body) };
    const signal = call.signal === undefined ? timeout : AbortSignal.any([timeout, call.signal]);
    try {
      return { answer: await send(addressOf(baseUrl, call), { method: call.method, headers, signal, redirect: 'error', ...body }) };
    } catch (failure) {
      return { failure };
    }
  }

  /** Null where another attempt is no use. A PATCH has no key under which it is done once. */
  private nextWaitMs(call: Call, outcome: Outcome, attempt: number): number | null {
    if (call.method === 'PATCH' || call.signal?.aborted === true) return null;
    if ('failure' in outcome) return waitMs(attempt, null, Math.random());
    if (!isPassing(outcome.answer.status)) return null;
    const nowMs = performance.timeOrigin + performance.now();
    return waitMs(attempt, retryAfterMs(outcome.answer.headers.get('retry-after'), nowMs), Math.random());
  }
}

function addressOf(baseUrl: string, { url, path = {}, query = {} }: Call): string {
  const filled = url.replace(/\{(\w+)\}/g, (_, name: string) => encodeURIComponent(path[name] ?? ''));
  const given = Object.entries(query).flatMap(([name, value]) => (value === undefined ? [] : [[name, String(value)] as const]));
  const search = new URLSearchParams(Object.fromEntries(given)).toString();
  return `${baseUrl.replace(/\/$/, '')}${filled}${search === '' ? '' : `?${search}`}`;
}

async function readBody(answer: Response): Promise<unknown> {
  const text = await answer.text();
  return text === '' ? undefined : JSON.parse(text);
}

async function problemOf(outcome: Outcome, signal: AbortSignal | undefined): Promise<unknown> {
  if ('answer' in outcome) return GatewayProblem.of(outcome.answer.status, await readBody(outcome.answer).catch(() => null));
  if (signal?.aborted === true) return signal.reason;
  return new GatewayProblem(0, 'unreachable', 'the gateway did not answer; try again later', null, { cause: outcome.failure });
}

function pause(ms: number, signal: AbortSignal | undefined): Promise<void> {
  return new Promise((resolve) => {
    const end = () => {
      clearTimeout(timer);
      signal?.removeEventListener('abort', end);
      resolve();
    };
    const timer = setTimeout(end, ms);
    signal?.addEventListener('abort', end);
  });
}
