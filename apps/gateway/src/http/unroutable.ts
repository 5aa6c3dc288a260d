import type { FastifyReply, FastifyRequest } from 'fastify';
import { problemOf, toGatewayError } from './problem-of.js';
import { PROBLEMS } from './problem.js';

/** An address that the server cannot read comes to no filter, and the server's own answer would quote it. */
export function answerUnroutable(thrown: Error, request: FastifyRequest, reply: FastifyReply): void {
  const error = toGatewayError(thrown);
  void reply.status(PROBLEMS[error.kind].status).type('application/problem+json').send(problemOf(error, request.id));
}
