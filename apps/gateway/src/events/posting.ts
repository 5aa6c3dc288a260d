import { Agent as HttpAgent, request as httpRequest, type ClientRequest, type IncomingMessage } from 'node:http';
import { Agent as HttpsAgent, request as httpsRequest } from 'node:https';
import { Inject, Injectable, type OnApplicationShutdown } from '@nestjs/common';
import { isEgressRefusal, isPublicEgress, mayResolvePublicly, parseRetryAfter, publicLookup, type PublicEgress } from '#libs/egress';
import type { Clock } from '#libs/model';
import { CLOCK } from '../config/clock.js';
import { Environment } from '../config/environment.js';

/** Why a post did not succeed. `status`: an answer other than 2xx; `redirect` and `gone` are answers of their own. */
export const POST_ERRORS = ['status', 'redirect', 'gone', 'timeout', 'connection', 'unresolved', 'tls', 'egress'] as const;
export type PostError = (typeof POST_ERRORS)[number];

/** How a post ended: never what was answered. */
export interface PostOutcome {
  /** Null: it was taken (2xx). */
  readonly error: PostError | null;
  readonly status: number | null;
  /** What `Retry-After` asks for. */
  readonly retryAfterMs: number | null;
  readonly durationMs: number;
}

export interface Post {
  readonly url: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
}

const TIMEOUT_MS = 10_000;
/** More of an answer is not read; nothing of it is kept. */
const MOST_ANSWERED_BYTES = 16 * 1024;
const IDLE_SOCKETS_PER_HOST = 16;

/**
 * Posts to addresses that callers gave: to public hosts alone, checked anew at each connection. Redirects are not followed. Node's own client, as
 * nothing of an answer but its status is wanted, at several thousand a second.
 */
@Injectable()
export class Posting implements OnApplicationShutdown {
  private readonly egress: PublicEgress;
  private readonly agents: { readonly http: HttpAgent; readonly https: HttpsAgent };

  constructor(
    { EGRESS_ALLOW_HOSTS, NODE_ENV }: Environment,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {
    this.egress = { allowedHosts: EGRESS_ALLOW_HOSTS, plainHttp: NODE_ENV !== 'production' };
    const options = { keepAlive: true, maxFreeSockets: IDLE_SOCKETS_PER_HOST, lookup: publicLookup(this.egress) };
    this.agents = { http: new HttpAgent(options), https: new HttpsAgent(options) };
  }

  onApplicationShutdown(): void {
    this.agents.http.destroy();
    this.agents.https.destroy();
  }

  /** Whether an address may be posted to, as its name resolves now. */
  async mayPostTo(address: string): Promise<boolean> {
    const url = URL.parse(address);
    return url !== null && isPublicEgress(url, this.egress) && (await mayResolvePublicly(url, this.egress));
  }

  /** Throws nothing but the signal's reason. */
  async post(post: Post, signal: AbortSignal): Promise<PostOutcome> {
    signal.throwIfAborted();
    const startedMs = performance.now();
    const ended = await this.ended(post, signal);
    signal.throwIfAborted();
    return { ...ended, durationMs: Math.round(performance.now() - startedMs) };
  }

  private async ended(post: Post, signal: AbortSignal): Promise<Omit<PostOutcome, 'durationMs'>> {
    const url = URL.parse(post.url);
    if (url === null || !isPublicEgress(url, this.egress)) return failed('egress');
    let answer = await this.send(url, post, signal);
    // The receiver closed an idle connection at the moment at which it was used again.
    if (answer.isStale) answer = await this.send(url, post, signal);
    return answer.error === null ? this.judged(answer.response) : failed(answer.error);
  }

  private judged({ statusCode: status = 0, headers }: IncomingMessage): Omit<PostOutcome, 'durationMs'> {
    if (status >= 200 && status < 300) return { error: null, status, retryAfterMs: null };
    const error = status === 410 ? 'gone' : status >= 300 && status < 400 ? 'redirect' : 'status';
    const asked = headers['retry-after'];
    return { error, status, retryAfterMs: parseRetryAfter(asked === undefined ? {} : { 'retry-after': asked }, this.clock.now()) };
  }

  private send(url: URL, { headers, body }: Post, signal: AbortSignal): Promise<Answer> {
    return new Promise((resolve) => {
      const options = { method: 'POST', headers: { ...headers, 'user-agent': 'alva-ats-gateway' }, signal };
      const request =
        url.protocol === 'https:'
          ? httpsRequest(url, { ...options, agent: this.agents.https })
          : httpRequest(url, { ...options, agent: this.agents.http });
      let isLate = false;
      const timer = setTimeout(() => {
        isLate = true;
        request.destroy();
      }, TIMEOUT_MS);
      const end = (answer: Answer): void => {
        clearTimeout(timer);
        resolve(answer);
      };
      request.on('response', (response) => {
        discard(response, () => end({ error: null, response, isStale: false }));
      });
      request.on('error', (error) => end({ error: isLate ? 'timeout' : kindOf(error), isStale: !isLate && isStale(request, error) }));
      request.end(body);
    });
  }
}

type Answer =
  | { readonly error: null; readonly response: IncomingMessage; readonly isStale: false }
  | { readonly error: PostError; readonly isStale: boolean };

const failed = (error: PostError) => ({ error, status: null, retryAfterMs: null });

/** Reads a bounded answer away, so that its connection can be used again; a longer or slower one is cut. */
function discard(response: IncomingMessage, onEnd: () => void): void {
  let read = 0;
  response.on('data', (chunk: Buffer) => {
    read += chunk.length;
    if (read > MOST_ANSWERED_BYTES) response.destroy();
  });
  response.on('error', onEnd);
  response.on('close', onEnd);
}

const codeOf = (error: Error): string => ('code' in error && typeof error.code === 'string' ? error.code : '');

const isStale = ({ reusedSocket }: ClientRequest, error: Error): boolean => reusedSocket && ['ECONNRESET', 'EPIPE'].includes(codeOf(error));

function kindOf(error: Error): PostError {
  if (isEgressRefusal(error)) return 'egress';
  const code = codeOf(error);
  if (code === 'ENOTFOUND' || code === 'EAI_AGAIN') return 'unresolved';
  return /TLS|SSL|CERT|EPROTO|UNABLE_TO|SELF_SIGNED/.test(code) ? 'tls' : 'connection';
}
