import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import type { Log } from '../log/log.js';

/** Logs each request by its route: the address itself may name a person in its query. The request's id goes back to the caller. */
export function logRequests(app: NestFastifyApplication, log: Log): void {
  const server = app.getHttpAdapter().getInstance();
  server.addHook('onRequest', (request, reply, done) => {
    void reply.header('x-request-id', request.id);
    done();
  });
  server.addHook('onResponse', (request, reply, done) => {
    const route = request.routeOptions.url ?? 'unknown';
    log.write('info', {
      event: 'request',
      requestId: request.id,
      method: request.method,
      route,
      status: reply.statusCode,
      durationMs: Math.round(reply.elapsedTime),
    });
    done();
  });
}
