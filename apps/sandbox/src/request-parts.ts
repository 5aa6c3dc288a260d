import type { FastifyRequest } from 'fastify';

/** A parsed query or body by its keys; nothing where it is not an object. */
export function keysOf(value: unknown): Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value) ? { ...value } : {};
}

/** A parameter of the route's path; empty where the route has none of that name. */
export function pathParam(request: FastifyRequest, name: string): string {
  const value = keysOf(request.params)[name];
  return typeof value === 'string' ? value : '';
}
