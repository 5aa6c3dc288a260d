import { Catch, type ArgumentsHost, type ExceptionFilter } from '@nestjs/common';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { Log, whereOf } from '../log/log.js';
import { PROBLEMS } from './problem.js';
import { problemOf, retrySeconds, toGatewayError } from './problem-of.js';

/** RFC 9457: every error that leaves the service leaves here, and is logged here. */
@Catch()
export class ProblemFilter implements ExceptionFilter {
  constructor(private readonly log: Log) {}

  catch(thrown: unknown, host: ArgumentsHost): void {
    const request = host.switchToHttp().getRequest<FastifyRequest>();
    const reply = host.switchToHttp().getResponse<FastifyReply>();
    const error = toGatewayError(thrown);
    const { status, level } = PROBLEMS[error.kind];
    const where = level === 'error' ? whereOf(thrown) : {};
    this.log.write(level, { event: 'request-failed', kind: error.kind, requestId: request.id, ...error.context, ...where });
    if (error.retry.when === 'later') void reply.header('retry-after', String(retrySeconds(error)));
    if (status === 401) void reply.header('www-authenticate', 'Bearer');
    void reply.status(status).type('application/problem+json').send(problemOf(error, request.id));
  }
}
