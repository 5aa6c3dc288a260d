import { setTimeout as pause } from 'node:timers/promises';
import type { HttpService } from '@nestjs/axios';
import { assertEgress } from '#libs/egress';
import { GatewayError, type Clock } from '#libs/model';
import type { HttpAnswer, HttpClient, HttpRequest, Verdict } from '../contract/call.js';
import { attempt, type Admit, type AttemptContext, type AttemptResult } from './attempt.js';
import { cancelled } from './failure.js';
import type { Pace, PacedEnd } from './rate/pace.js';
import { backoffMs } from './retry.js';
import { routeOf, targetOf } from './target.js';

export interface HttpLimits {
  /** Of one attempt, from its start to the last byte of the answer. */
  readonly timeoutMs: number;
  /** Of an answer, unpacked. */
  readonly maxBodyBytes: number;
  /** How often a request is sent at most. */
  readonly attempts: number;
}

/**
 * 60 s, as no source documents a limit of its own and Kombo's reads are served from its mirror. 20 MB: the largest page is 250 records, which
 * leaves each 80 kB for a job's description and other fields that are then dropped.
 */
export const DEFAULT_LIMITS: HttpLimits = { timeoutMs: 60_000, maxBodyBytes: 20 * 1024 * 1024, attempts: 4 };

/** A longer wait than this is not spent inside a call: the error names it and the run is scheduled anew. */
const LONGEST_WAIT_MS = 120_000;

/** An attempt as it may be told: what may be an id is not in it. */
export interface Attempted {
  readonly method: string;
  readonly route: string;
}

export type Around = (call: Attempted, work: () => Promise<AttemptResult>) => Promise<AttemptResult>;

export interface HttpClientOptions {
  readonly http: HttpService;
  /** With the path that every request is below. */
  readonly baseUrl: string;
  /** Exact host names, without ports. */
  readonly allowedHosts: readonly string[];
  readonly signal: AbortSignal;
  /** The consent gate, asked for every attempt. What it throws passes through, and nothing was sent. */
  readonly admit: Admit;
  /** Waits for leave of the source's limits, before anything is held: a socket, the gate, a connection to the database. */
  readonly pace?: Pace;
  /** Told of every attempt, around it. */
  readonly around?: Around;
  readonly clock: Clock;
  readonly limits?: Partial<HttpLimits>;
  /** Rejects when the signal aborts. */
  readonly sleep?: (ms: number, signal: AbortSignal) => Promise<unknown>;
}

const sleepFor = (ms: number, signal: AbortSignal): Promise<unknown> => pause(ms, undefined, { signal });

/**
 * The one client for calls to a source, for one run of one tenant. Egress, size and time are bounded, redirects are not followed, and it is
 * the only layer that sends again: a read after a failed connection or a broken answer, anything else only where `judge` says `retry`.
 * No error holds a word of the request or the answer. Throws `config-invalid` where the base address may not be called.
 */
export function createHttpClient(options: HttpClientOptions): HttpClient {
  const baseUrl = parseBase(options.baseUrl);
  assertEgress(baseUrl, options.allowedHosts);
  return { send: (request, judge) => sendWithRetries(options, baseUrl, request, judge) };
}

function parseBase(text: string): URL {
  const url = URL.parse(text);
  if (url === null) throw new GatewayError('config-invalid', { detail: 'the base address is not a URL' });
  return url;
}

type Judge = (answer: HttpAnswer) => Verdict;
type Failed = {
  readonly error: Error;
  readonly again: boolean;
  readonly afterMs: number;
  /** The pace makes the next attempt wait. */ readonly isPaced?: true;
};
type Outcome = { readonly answer: HttpAnswer } | Failed;

async function sendWithRetries(options: HttpClientOptions, baseUrl: URL, request: HttpRequest, judge: Judge): Promise<HttpAnswer> {
  const { signal, sleep = sleepFor } = options;
  const limits = { ...DEFAULT_LIMITS, ...options.limits };
  const target = targetOf(baseUrl, request);
  for (let count = 1; ; count++) {
    const outcome = await tryInPace({ ...options, ...limits, target, request }, judge);
    if ('answer' in outcome) return outcome.answer;
    if (!outcome.again || count >= limits.attempts || outcome.afterMs > LONGEST_WAIT_MS) throw outcome.error;
    if (outcome.isPaced !== true) await sleep(outcome.afterMs + backoffMs(count), signal).catch(() => undefined);
    if (signal.aborted) throw cancelled(signal);
  }
}

type Context = AttemptContext & Pick<HttpClientOptions, 'pace' | 'around'>;

async function tryInPace(context: Context, judge: Judge): Promise<Outcome> {
  const end = (await context.pace?.(context.request, context.signal, LONGEST_WAIT_MS)) ?? (() => undefined);
  let sent = false;
  const admit: Admit = (start) =>
    context.admit(() => {
      sent = true;
      start();
    });
  try {
    return await tryOnce({ ...context, admit }, judge, end);
  } catch (error) {
    end({ end: sent ? 'no-answer' : 'unused' });
    throw error;
  }
}

async function tryOnce(context: Context, judge: Judge, end: (ended: PacedEnd) => void): Promise<Outcome> {
  const around = context.around ?? ((_call, work) => work());
  const result = await around({ method: context.request.method, route: routeOf(context.request.path) }, () => attempt(context));
  if ('failure' in result) {
    end({ end: 'no-answer' });
    return { error: result.failure, again: result.failure.retry.when === 'later', afterMs: 0 };
  }
  const { answer } = result;
  const verdict = judge(answer);
  const name = verdict.outcome === 'retry' ? verdict.exceeded : undefined;
  const afterMs = verdict.outcome === 'retry' ? (verdict.afterMs ?? null) : null;
  end({ end: 'answered', answer, exceeded: name === undefined ? null : { name, afterMs } });
  if (verdict.outcome === 'ok') return { answer };
  if (verdict.outcome === 'failed') return { error: verdict.error, again: false, afterMs: 0 };
  const isPaced = name !== undefined && context.pace !== undefined ? ({ isPaced: true } as const) : {};
  return { error: verdict.error, again: true, afterMs: afterMs ?? 0, ...isPaced };
}
