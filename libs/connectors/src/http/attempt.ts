import type { HttpService } from '@nestjs/axios';
import type { AxiosRequestConfig, AxiosResponse } from 'axios';
import { parseRetryAfter } from '#libs/egress';
import { GatewayError, type Clock } from '#libs/model';
import type { HttpAnswer, HttpRequest } from '../contract/call.js';
import { parseJson } from './body.js';
import { cancelled, fromAxios, noAnswer } from './failure.js';
import { agents, freshAgents, slots } from './sockets.js';

/** Leave to send once: runs `start` while consent is held, or throws and has not run it. */
export type Admit = (start: () => void) => Promise<void>;

export interface AttemptContext {
  readonly http: HttpService;
  readonly target: URL;
  readonly request: HttpRequest;
  readonly signal: AbortSignal;
  readonly admit: Admit;
  readonly clock: Clock;
  readonly timeoutMs: number;
  readonly maxBodyBytes: number;
}

export type AttemptResult = { readonly answer: HttpAnswer } | { readonly failure: GatewayError };

/** Sends a request once. `failure`: no whole answer came. Throws what `admit` throws, and where the run was stopped. */
export async function attempt(context: AttemptContext): Promise<AttemptResult> {
  const release = await slots.take();
  const call = new AbortController();
  const stop = (): void => call.abort();
  context.signal.addEventListener('abort', stop);
  const timer = new Timer(stop, context.timeoutMs);
  try {
    const sending = await admitted(context, call, timer);
    return await settled(context, call.signal, sending);
  } finally {
    timer.clear();
    context.signal.removeEventListener('abort', stop);
    release();
  }
}

type Sending = Promise<AxiosResponse<Buffer>>;

async function admitted(context: AttemptContext, call: AbortController, timer: Timer): Promise<{ readonly response: Sending }> {
  const { admit, http, signal } = context;
  if (signal.aborted) throw cancelled(signal);
  let response: Sending | undefined;
  const start = (): void => {
    if (response !== undefined) return;
    timer.start();
    // Axios hands the request to the socket before it returns: nothing of the start is left for after the gate.
    response = http.axiosRef.request<Buffer>(configOf(context, call.signal));
    // Where the gate fails after the start, nobody waits for this promise any more.
    response.catch(() => undefined);
  };
  try {
    await admit(start);
  } catch (error) {
    call.abort();
    throw error;
  }
  if (response === undefined) throw new GatewayError('internal', { context: { reason: 'admitted-without-start' } });
  return { response };
}

async function settled(context: AttemptContext, call: AbortSignal, { response }: { readonly response: Sending }): Promise<AttemptResult> {
  const repeatable = isRepeatable(context.request);
  try {
    return answerOf(context, await response);
  } catch (error) {
    if (context.signal.aborted) throw cancelled(context.signal);
    return { failure: call.aborted ? noAnswer('timeout', repeatable) : fromAxios(error, repeatable) };
  }
}

function configOf({ target, request, maxBodyBytes }: AttemptContext, signal: AbortSignal): AxiosRequestConfig {
  const { body, type } = bodyOf(request);
  return {
    ...(isRepeatable(request) ? agents : freshAgents),
    ...body,
    url: target.href,
    method: request.method,
    headers: { 'User-Agent': 'alva-ats-gateway', ...type, ...request.headers },
    signal,
    responseType: 'arraybuffer',
    transformRequest: (data: unknown) => data,
    transformResponse: (data: unknown) => data,
    validateStatus: () => true,
    maxRedirects: 0,
    maxContentLength: maxBodyBytes,
    // A proxy from the environment would see every call, and decide itself where it goes.
    proxy: false,
  };
}

function answerOf({ clock, request }: AttemptContext, { status, headers: rawHeaders, data }: AxiosResponse<Buffer>): AttemptResult {
  const repeatable = isRepeatable(request);
  if (status >= 300 && status < 400) return { failure: noAnswer('redirect', repeatable) };
  const json = parseJson(data);
  // A write that was taken is done, whatever is said of it.
  if (status < 300 && status !== 204 && json === undefined && repeatable) return { failure: noAnswer('not-json', repeatable) };
  const headers = Object.fromEntries(Object.entries(rawHeaders).filter((entry): entry is [string, string] => typeof entry[1] === 'string'));
  return { answer: { status, headers, json, retryAfterMs: parseRetryAfter(headers, clock.now()) } };
}

const isRepeatable = ({ method, isRead = method === 'GET' }: HttpRequest): boolean => isRead;

function bodyOf({ body, form }: HttpRequest): { readonly body: { data?: string }; readonly type: Record<string, string | false> } {
  if (form !== undefined)
    return { body: { data: new URLSearchParams(form).toString() }, type: { 'Content-Type': 'application/x-www-form-urlencoded' } };
  if (body !== undefined) return { body: { data: JSON.stringify(body) }, type: { 'Content-Type': 'application/json' } };
  // Axios would call no body a form.
  return { body: {}, type: { 'Content-Type': false } };
}

/** Runs only from the start of the call: waiting for the gate does not count. */
class Timer {
  #timeout: NodeJS.Timeout | undefined;

  constructor(
    private readonly onEnd: () => void,
    private readonly ms: number,
  ) {}

  start(): void {
    this.#timeout = setTimeout(this.onEnd, this.ms);
  }

  clear(): void {
    clearTimeout(this.#timeout);
  }
}
