import { applyDecorators, createParamDecorator, Injectable, UseGuards, type CanActivate, type ExecutionContext } from '@nestjs/common';
import { ApiExtension } from '@nestjs/swagger';
import type { FastifyRequest } from 'fastify';
import { GatewayError } from '#libs/model';
import { setPrincipal } from '../http/principal.js';
import { Public } from '../http/scopes.js';
import { PartnerKeys, type PartnerCaller } from './partner-keys.js';

const callers = new WeakMap<FastifyRequest['raw'], PartnerCaller>();

const BEARER = /^Bearer (apk_[\w-]{1,200})$/;
const BASIC = /^Basic ([A-Za-z0-9+/=]{1,600})$/;

/** A key comes as a bearer’s, or as the user of Basic without a password: as some ATSs’ own protocols send it. */
function keyIn(authorization = ''): string | undefined {
  const basic = BASIC.exec(authorization)?.[1];
  const user = basic === undefined ? undefined : /^(apk_[\w-]{1,200}):$/.exec(Buffer.from(basic, 'base64').toString('latin1'))?.[1];
  return user ?? BEARER.exec(authorization)?.[1];
}

/** Notes who calls; for guards that have found out. */
export function admitPartner(request: FastifyRequest, caller: PartnerCaller): void {
  callers.set(request.raw, caller);
  setPrincipal(request, { subject: `partner ${caller.keyId}`, scopes: new Set(), tenants: new Set([caller.tenantId]) });
}

/** Lets a request through that carries a partner's key. */
@Injectable()
export class PartnerKeyGuard implements CanActivate {
  constructor(private readonly keys: PartnerKeys) {}

  async canActivate(context: ExecutionContext): Promise<boolean> {
    const request = context.switchToHttp().getRequest<FastifyRequest>();
    const key = keyIn(request.headers.authorization);
    const caller = key === undefined ? null : await this.keys.verify(key);
    if (caller === null)
      throw new GatewayError('unauthenticated', { detail: 'send "Authorization: Bearer apk_…" with a key that was not taken back' });
    admitPartner(request, caller);
    return true;
  }
}

/** A route of the partner API. */
export const ByPartnerKey = () => applyDecorators(Public(), UseGuards(PartnerKeyGuard), ApiExtension('x-partner-key', true));

/** The ATS that calls. */
export const Partner = createParamDecorator((_data: unknown, context: ExecutionContext): PartnerCaller => {
  const caller = callers.get(context.switchToHttp().getRequest<FastifyRequest>().raw);
  if (caller === undefined) throw new GatewayError('unauthenticated');
  return caller;
});
