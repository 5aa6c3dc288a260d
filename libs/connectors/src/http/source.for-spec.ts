import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { HttpService } from '@nestjs/axios';
import type { HttpClient, HttpRequest, Verdict } from '../contract/call.js';
import { GatewayError } from '#libs/model';
import { createHttpClient, type HttpClientOptions } from './client.js';

export const NOW = new Date('2026-03-01T08:00:00.000Z');

export type Answer = (request: IncomingMessage, response: ServerResponse) => void;

/** A source on this machine that gives the answers in turn, the last one again and again. */
async function startSource(...answers: readonly [Answer, ...Answer[]]) {
  const requests: IncomingMessage[] = [];
  const server = createServer((request, response) => {
    requests.push(request);
    const answer = answers[Math.min(requests.length, answers.length) - 1] ?? answers[0];
    answer(request, response);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const address = server.address() as AddressInfo;
  return {
    requests,
    baseUrl: `http://127.0.0.1:${address.port}/v1`,
    close: () => {
      server.closeAllConnections();
      return new Promise<void>((resolve) => server.close(() => resolve()));
    },
  };
}

const closers: (() => Promise<void>)[] = [];
afterEach(async () => {
  await Promise.all(closers.splice(0).map((close) => close()));
});

/** A source that lasts for the test. */
export async function source(...answers: readonly [Answer, ...Answer[]]) {
  const started = await startSource(...answers);
  closers.push(started.close);
  return started;
}

export const OK: Answer = (request, response) => json(200, { ok: true })(request, response);

export const drop: Answer = (request) => request.socket.destroy();

export const cut: Answer = (_request, response) => {
  response.writeHead(200, { 'content-length': '1000' }).write('{"ok":');
  setTimeout(() => response.socket?.destroy(), 20);
};

export const hang: Answer = () => undefined;

/** Options of a client that is always admitted. */
export const optionsTo = (baseUrl: string): HttpClientOptions => ({
  http: new HttpService(),
  baseUrl,
  allowedHosts: ['127.0.0.1'],
  signal: new AbortController().signal,
  admit: async (start) => start(),
  clock: { now: () => NOW },
});

/** A client that does not wait between attempts, but notes how long it would have. */
export function clientTo(baseUrl: string, options: Partial<HttpClientOptions> = {}): { client: HttpClient; waitsMs: number[] } {
  const waitsMs: number[] = [];
  const client = createHttpClient({ ...optionsTo(baseUrl), sleep: async (ms) => waitsMs.push(ms), ...options });
  return { client, waitsMs };
}

export const json =
  (status: number, body: unknown, headers: Readonly<Record<string, string>> = {}): Answer =>
  (_request, response) => {
    response.writeHead(status, { 'content-type': 'application/json', ...headers }).end(JSON.stringify(body));
  };

export const raw =
  (status: number, body: string | Buffer, headers: Readonly<Record<string, string>> = {}): Answer =>
  (_request, response) => {
    response.writeHead(status, headers).end(body);
  };

/** 429 and 5xx are worth another try, any other failure is final. */
export function judgeByStatus({ status, retryAfterMs }: { status: number; retryAfterMs: number | null }): Verdict {
  if (status < 300) return { outcome: 'ok' };
  const error = new GatewayError('remote-unavailable', { retry: { when: 'later' }, context: { status } });
  if (status !== 429 && status < 500) return { outcome: 'failed', error };
  return { outcome: 'retry', error, ...(retryAfterMs === null ? {} : { afterMs: retryAfterMs }) };
}

export const GET: HttpRequest = { method: 'GET', path: 'records' };

/** What a promise was rejected with. */
export async function errorOf(promise: Promise<unknown>): Promise<GatewayError> {
  const error: unknown = await promise.then(
    () => new Error('nothing was thrown'),
    (reason: unknown) => reason,
  );
  if (error instanceof GatewayError) return error;
  throw error;
}
