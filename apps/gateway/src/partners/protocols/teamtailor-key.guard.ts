import { Injectable, type CanActivate, type ExecutionContext } from '@nestjs/common';
import type { FastifyRequest } from 'fastify';
import { jwtVerify } from 'jose';
import { GatewayError } from '#libs/model';
import { Environment } from '../../config/environment.js';
import { admitPartner } from '../partner-key.guard.js';
import { PartnerKeys } from '../partner-keys.js';

const BEARER = /^Bearer ([\w-]{1,4000}\.[\w-]{1,4000}\.[\w-]{1,200})$/;

/**
 * Lets a request through that carries a provider key: the form of the installation, signed with our partner API key (HS256), whose field `key` holds a
 * partner's key (Teamtailor/tt-partner-docs, 2026-06-11).
 */
@Injectable()
export class TeamtailorKeyGuard implements CanActivate {
  constructor(
    private readonly keys: PartnerKeys,
    private readonly environment: Environment,
  ) {}

  async canActivate(context: ExecutionContext): Promise<boolean> {
    const request = context.switchToHttp().getRequest<FastifyRequest>();
    const key = await this.keyIn(request.headers.authorization ?? '');
    const caller = key === null ? null : await this.keys.verify(key);
    if (caller === null)
      throw new GatewayError('unauthenticated', { detail: 'Alva does not know this installation. Activate it with a key of Alva’s.' });
    admitPartner(request, caller);
    return true;
  }

  private async keyIn(authorization: string): Promise<string | null> {
    const secret = this.environment.TEAMTAILOR_PARTNER_KEY;
    const token = BEARER.exec(authorization)?.[1];
    if (secret === undefined || token === undefined) return null;
    const verified = await jwtVerify(token, new TextEncoder().encode(secret), { algorithms: ['HS256'] }).catch(() => null);
    const key = verified?.payload['key'];
    return typeof key === 'string' ? key : null;
  }
}
