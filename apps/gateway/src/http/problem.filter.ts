import { Catch, HttpException, type ArgumentsHost, type ExceptionFilter } from '@nestjs/common';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { GatewayError, type ErrorKind } from '#libs/model';
import { Log, whereOf } from '../log/log.js';
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

function toGatewayError(error: unknown): GatewayError {
  if (error instanceof GatewayError) return error;
  const status = statusOf(error);
  const kind = status === null ? undefined : KIND_BY_STATUS[status];
  if (status === null || kind === undefined) return new GatewayError('internal');
  const detail = BODY_FAULTS[status];
  return new GatewayError(kind, detail === undefined ? {} : { detail });
}

function retrySeconds({ retry }: GatewayError): number {
  return retry.when === 'later' && retry.afterMs !== undefined ? Math.max(1, Math.ceil(retry.afterMs / 1000)) : DEFAULT_RETRY_SECONDS;
}

/** RFC 9457: every error that leaves the service leaves here, and is logged here. */
@Catch()
export class ProblemFilter implements ExceptionFilter {
  constructor(private readonly log: Log) {}

  catch(thrown: unknown, host: ArgumentsHost): void {
    const request = host.switchToHttp().getRequest<FastifyRequest>();
    const reply = host.switchToHttp().getResponse<FastifyReply>();
    const error = toGatewayError(thrown);
    const { status, level, title, nextStep } = PROBLEMS[error.kind];
    const where = level === 'error' ? whereOf(thrown) : {};
    this.log.write(level, { event: 'request-failed', kind: error.kind, requestId: request.id, ...error.context, ...where });
    if (error.retry.when === 'later') void reply.header('retry-after', String(retrySeconds(error)));
    if (status === 401) void reply.header('www-authenticate', 'Bearer');
    const problem = {
      type: `/docs#${error.kind}`,
      title,
      status,
      code: error.kind,
      detail: error.detail ?? `${title}: ${nextStep}.`,
      requestId: request.id,
      context: error.context,
    };
    void reply.status(status).type('application/problem+json').send(JSON.stringify(problem));
  }
}
