import { Catch, type ArgumentsHost, type ExceptionFilter } from '@nestjs/common';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { isConsentKind } from '#libs/model';
import { PROBLEMS } from '../../http/problem.js';
import { toGatewayError } from '../../http/problem-of.js';
import { Log } from '../../log/log.js';

interface Told {
  readonly status: number;
  /** For the recruiter. */
  readonly message: string;
}

const NOT_ENABLED = 'Alva is not enabled for your company. Ask whoever looks after it to enable the integration.';

/** A tenant without consent is 422, as the vendors show such a message. */
function tell(thrown: unknown, host: ArgumentsHost, log: Log): Told {
  const request = host.switchToHttp().getRequest<FastifyRequest>();
  const error = toGatewayError(thrown);
  const { status, level, title } = PROBLEMS[error.kind];
  log.write(level, { event: 'request-failed', kind: error.kind, requestId: request.id });
  if (isConsentKind(error.kind)) return { status: 422, message: NOT_ENABLED };
  return { status: error.kind === 'invalid-request' ? 422 : status, message: error.detail ?? title };
}

const replyOf = (host: ArgumentsHost): FastifyReply => host.switchToHttp().getResponse<FastifyReply>();

/**
 * Errors in the form of the ATSs' protocols: `{status, message}` with 401, 404, 409 or 422 (Workable: page on assessment providers, 2026; Ashby: OpenAPI,
 * 2026-08; Greenhouse reads the status alone).
 */
@Catch()
export class ProviderErrors implements ExceptionFilter {
  constructor(private readonly log: Log) {}

  catch(thrown: unknown, host: ArgumentsHost): void {
    const told = tell(thrown, host, this.log);
    void replyOf(host).status(told.status).type('application/json').send(told);
  }
}

/** The same as a plain text, which Teamtailor shows (Teamtailor/tt-partner-docs, 2026-06-11). */
@Catch()
export class PlainProviderErrors implements ExceptionFilter {
  constructor(private readonly log: Log) {}

  catch(thrown: unknown, host: ArgumentsHost): void {
    const { status, message } = tell(thrown, host, this.log);
    void replyOf(host).status(status).type('text/plain; charset=utf-8').send(message);
  }
}
