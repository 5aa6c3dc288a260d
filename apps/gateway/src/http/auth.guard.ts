import { Injectable, type CanActivate, type ExecutionContext } from '@nestjs/common';
import { Reflector } from '@nestjs/core';
import type { FastifyRequest } from 'fastify';
import { GatewayError } from '#libs/model';
import { setPrincipal, type Principal, type Scope } from './principal.js';
import { SCOPES_KEY } from './scopes.js';
import { Tokens } from './tokens.js';

const BEARER = /^Bearer ([\w-]+\.[\w-]+\.[\w-]+)$/i;

/** Lets a request through that carries one of the route's scopes, and may see the tenant in its path. A route without declared scopes is closed. */
@Injectable()
export class AuthGuard implements CanActivate {
  constructor(
    private readonly reflector: Reflector,
    private readonly tokens: Tokens,
  ) {}

  async canActivate(context: ExecutionContext): Promise<boolean> {
    const scopes = this.reflector.getAllAndOverride<Scope[] | undefined>(SCOPES_KEY, [context.getHandler(), context.getClass()]);
    if (scopes === undefined) throw new GatewayError('forbidden');
    if (scopes.length === 0) return true;
    const request = context.switchToHttp().getRequest<FastifyRequest<{ Params: { tenantId?: string } }>>();
    const token = BEARER.exec(request.headers.authorization ?? '')?.[1];
    if (token === undefined) throw new GatewayError('unauthenticated');
    const principal = await this.tokens.verify(token);
    requireScope(principal, scopes);
    requireTenant(principal, request.params.tenantId);
    setPrincipal(request, principal);
    return true;
  }
}

function requireScope({ scopes }: Principal, needed: readonly Scope[]): void {
  if (needed.some((scope) => scopes.has(scope))) return;
  throw new GatewayError('forbidden', { detail: `the token needs the scope ${needed.join(' or ')}` });
}

/** Another tenant's path is as one that does not exist. */
function requireTenant({ tenants }: Principal, tenantId: string | undefined): void {
  if (tenantId === undefined || tenants === null || tenants.has(tenantId.toLowerCase())) return;
  throw new GatewayError('not-found');
}
