import { HttpException } from '@nestjs/common';
import { GatewayError, type ErrorKind } from '#libs/model';
import { PROBLEMS } from './problem.js';

const KIND_BY_STATUS: Readonly<Record<number, ErrorKind>> = {
  400: 'invalid-request',
  401: 'unauthenticated',
  403: 'forbidden',
  404: 'not-found',
  405: 'not-found',
  409: 'conflict',
  413: 'invalid-request',
  414: 'invalid-request',
  415: 'invalid-request',
  429: 'rate-limited',
};

const BODY_FAULTS: Readonly<Record<number, string>> = {
  400: 'the request cannot be read; a body must be valid JSON',
  413: 'the body is too large',
  414: 'the address is too long',
  415: 'the body must be application/json',
};

/** Where no wait is named. */
const DEFAULT_RETRY_SECONDS = 30;

/** Fastify's own errors carry a status and sometimes a piece of the body in their message: only the status passes. */
function statusOf(error: unknown): number | null {
  if (error instanceof HttpException) return error.getStatus();
  if (typeof error !== 'object' || error === null || !('statusCode' in error)) return null;
  return typeof error.statusCode === 'number' ? error.statusCode : null;
}

/** What any thrown thing may say to a caller: a kind, and words of our own. */
export function toGatewayError(error: unknown): GatewayError {
  if (error instanceof GatewayError) return error;
  const status = statusOf(error);
  const kind = status === null ? undefined : KIND_BY_STATUS[status];
  if (status === null || kind === undefined) return new GatewayError('internal');
  const detail = BODY_FAULTS[status];
  return new GatewayError(kind, detail === undefined ? {} : { detail });
}

/** What `Retry-After` names. */
export function retrySeconds({ retry }: GatewayError): number {
  return retry.when === 'later' && retry.afterMs !== undefined ? Math.max(1, Math.ceil(retry.afterMs / 1000)) : DEFAULT_RETRY_SECONDS;
}

/** RFC 9457's body. */
export function problemOf(error: GatewayError, requestId: string): string {
  const { status, title, nextStep } = PROBLEMS[error.kind];
  return JSON.stringify({
    type: `/docs#${error.kind}`,
    title,
    status,
    code: error.kind,
    detail: error.detail ?? `${title}: ${nextStep}.`,
    requestId,
    context: error.context,
  });
}
