import { createHash } from 'node:crypto';
import { Inject, Injectable, type CallHandler, type ExecutionContext, type NestInterceptor } from '@nestjs/common';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { from, lastValueFrom, type Observable } from 'rxjs';
import { GatewayError, type Clock } from '#libs/model';
import { Sealer, Store, type Place } from '#libs/store';
import { CLOCK } from '../config/clock.js';
import { principalOf } from './principal.js';

const KEY = /^[\x21-\x7e]{1,255}$/;

/** An answer is kept for a day: long enough for every retry of a caller, short enough to stay small. */
const KEPT_MS = 24 * 3600_000;

/** After this a request that never ended (its process was killed) no longer holds its key. */
const RUNNING_MS = 5 * 60_000;

/** No JSON begins so: answers that were kept in clear by an earlier version are still told from sealed ones. */
const SEALED = 'sealed:';

interface Kept {
  readonly requestHash: string;
  readonly status: number | null;
  readonly body: string | null;
}

/**
 * A POST with an `Idempotency-Key` has its effect once: a repetition gets the first answer. While the first one runs it is `conflict`, with
 * another body `idempotency-key-reused`. A failed request frees its key.
 */
@Injectable()
export class Idempotency implements NestInterceptor {
  constructor(
    private readonly store: Store,
    private readonly sealer: Sealer,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  intercept(context: ExecutionContext, next: CallHandler): Observable<unknown> {
    const request = context.switchToHttp().getRequest<FastifyRequest>();
    const key = request.headers['idempotency-key'];
    if (request.method !== 'POST' || key === undefined) return next.handle();
    if (typeof key !== 'string' || !KEY.test(key)) {
      throw new GatewayError('invalid-request', { detail: '"Idempotency-Key" takes 1 to 255 printable characters without spaces' });
    }
    return from(this.once(principalOf(request).subject, key, request, context.switchToHttp().getResponse<FastifyReply>(), next));
  }

  private async once(caller: string, key: string, request: FastifyRequest, reply: FastifyReply, next: CallHandler): Promise<unknown> {
    const requestHash = createHash('sha256')
      .update(JSON.stringify([request.url, request.body ?? null]))
      .digest('hex');
    const kept = await this.claim(caller, key, requestHash);
    if (kept !== null) {
      void reply.status(kept.status ?? 200);
      return JSON.parse(this.open(caller, key, kept.body));
    }
    try {
      const answer: unknown = await lastValueFrom(next.handle());
      await this.keep(caller, key, reply.statusCode, JSON.stringify(answer ?? null));
      return answer;
    } catch (error) {
      await this.store.inPlatform((tx) => tx.run('delete from idempotency_key where caller = $1 and key = $2', [caller, key]));
      throw error;
    }
  }

  /** Null: the key is this request's. */
  private async claim(caller: string, key: string, requestHash: string): Promise<Kept | null> {
    const nowMs = this.clock.now().getTime();
    const [at, expired, abandoned] = [nowMs, nowMs - KEPT_MS, nowMs - RUNNING_MS].map((ms) => new Date(ms).toISOString());
    return this.store.inPlatform(async (tx) => {
      await tx.run('delete from idempotency_key where created_at < $1 or (status is null and created_at < $2)', [expired, abandoned]);
      const claimed = await tx.run(
        'insert into idempotency_key (caller, key, request_hash, created_at) values ($1, $2, $3, $4) on conflict do nothing',
        [caller, key, requestHash, at],
      );
      if (claimed === 1) return null;
      const [kept] = await tx.rows<Kept>(
        'select request_hash as "requestHash", status, body from idempotency_key where caller = $1 and key = $2',
        [caller, key],
      );
      return answerOf(kept, requestHash);
    });
  }

  /** An answer may hold a secret that is shown once: at rest it is sealed. */
  private open(caller: string, key: string, body: string | null): string {
    if (body === null || !body.startsWith(SEALED)) return body ?? 'null';
    return this.sealer.openOfPlatform(placeOf(caller, key), Buffer.from(body.slice(SEALED.length), 'base64'));
  }

  private async keep(caller: string, key: string, status: number, answer: string): Promise<void> {
    const body = `${SEALED}${this.sealer.sealOfPlatform(placeOf(caller, key), answer).toString('base64')}`;
    await this.store.inPlatform((tx) =>
      tx.run('update idempotency_key set status = $3, body = $4 where caller = $1 and key = $2', [caller, key, status, body]),
    );
  }
}

const placeOf = (caller: string, key: string): Place => ({
  table: 'idempotency_key',
  column: 'body',
  rowId: JSON.stringify([caller, key]),
});

function answerOf(kept: Kept | undefined, requestHash: string): Kept {
  if (kept !== undefined && kept.requestHash !== requestHash) {
    throw new GatewayError('idempotency-key-reused', { detail: 'this Idempotency-Key belongs to another request; take a new one' });
  }
  if (kept === undefined || kept.status === null) {
    throw new GatewayError('conflict', {
      retry: { when: 'later', afterMs: 1000 },
      detail: 'the first request with this Idempotency-Key is still running',
    });
  }
  return kept;
}
