import { Injectable } from '@nestjs/common';
import { ThrottlerGuard } from '@nestjs/throttler';
import type { FastifyRequest } from 'fastify';
import { GatewayError } from '#libs/model';
import { principalOf } from './principal.js';

/** Limits one caller's requests, with `RateLimit-*` headers; open routes are limited by address. */
@Injectable()
export class ThrottleGuard extends ThrottlerGuard {
  protected override headerPrefix = 'RateLimit';

  protected override getTracker(request: FastifyRequest): Promise<string> {
    try {
      return Promise.resolve(`subject ${principalOf(request).subject}`);
    } catch {
      return Promise.resolve(`address ${request.ip}`);
    }
  }

  protected override throwThrottlingException(_context: unknown, { timeToBlockExpire }: { timeToBlockExpire: number }): Promise<void> {
    throw new GatewayError('rate-limited', { retry: { when: 'later', afterMs: timeToBlockExpire * 1000 } });
  }
}
