import { createParamDecorator, type ExecutionContext } from '@nestjs/common';
import type { FastifyRequest } from 'fastify';
import { GatewayError } from '#libs/model';

export const SCOPES = ['ats:read', 'results:write', 'platform:admin', 'consent:write', 'compliance:read'] as const;
export type Scope = (typeof SCOPES)[number];

/** Who calls, by a verified token. */
export interface Principal {
  readonly subject: string;
  readonly scopes: ReadonlySet<string>;
  /** The tenants that the token is limited to; null where it is not limited. */
  readonly tenants: ReadonlySet<string> | null;
}

const principals = new WeakMap<FastifyRequest['raw'], Principal>();

/** For the authentication guard alone. */
export function setPrincipal(request: FastifyRequest, principal: Principal): void {
  principals.set(request.raw, principal);
}

/** Who calls; throws `unauthenticated` where the guard has not said. */
export function principalOf(request: FastifyRequest): Principal {
  const principal = principals.get(request.raw);
  if (principal === undefined) throw new GatewayError('unauthenticated');
  return principal;
}

/** The caller, as a parameter of a controller's method. */
export const Caller = createParamDecorator((_data: unknown, context: ExecutionContext): Principal =>
  principalOf(context.switchToHttp().getRequest<FastifyRequest>()),
);
