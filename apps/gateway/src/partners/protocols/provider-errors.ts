import { Catch, type ArgumentsHost, type ExceptionFilter } from '@nestjs/common';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { isConsentKind } from '#libs/model';
import { PROBLEMS } from '../../http/problem.js';
import { toGatewayError } from '../../http/problem-of.js';
import { Log } from '../../log/log.js';

/**
 * Errors in the form of the ATSs' protocols: `{status, message}` with 400, 401, 404, 409 or 422, the message for the recruiter (Workable: page on assessment
 * providers; Ashby: OpenAPI, 2026-08). A tenant without consent is 422, as the vendors show such a message.
 */
@Catch()
export class ProviderErrors implements ExceptionFilter {
  constructor(private readonly log: Log) {}

  catch(thrown: unknown, host: ArgumentsHost): void {
    const request = host.switchToHttp().getRequest<FastifyRequest>();
    const error = toGatewayError(thrown);
    const status = isConsentKind(error.kind) || error.kind === 'invalid-request' ? 422 : PROBLEMS[error.kind].status;
    this.log.write(PROBLEMS[error.kind].level, { event: 'request-failed', kind: error.kind, requestId: request.id });
    const message = isConsentKind(error.kind) ? NOT_ENABLED : (error.detail ?? PROBLEMS[error.kind].title);
    void host.switchToHttp().getResponse<FastifyReply>().status(status).type('application/json').send({ status, message });
  }
}

const NOT_ENABLED = 'Alva is not enabled for your company. Ask whoever looks after it to enable the integration.';
