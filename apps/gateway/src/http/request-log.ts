import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import type { Log } from '../log/log.js';
import type { Metrics } from '../telemetry/metrics.js';
import type { SpanAttributes, Traces } from '../telemetry/traces.js';

interface Watchers {
  readonly log: Log;
  readonly metrics: Metrics;
  readonly traces: Traces;
}

/** Logs, counts and traces each request by its route: the address itself may name a person in its query. The request's id goes back to the caller. */
export function watchRequests(app: NestFastifyApplication, { log, metrics, traces }: Watchers): void {
  const server = app.getHttpAdapter().getInstance();
  const spans = new WeakMap<object, (more: SpanAttributes) => void>();
  server.addHook('onRequest', (request, reply, done) => {
    void reply.header('x-request-id', request.id);
    const route = request.routeOptions.url ?? 'unknown';
    const end = traces.enter('request', { 'http.request.method': request.method, 'http.route': route }, done);
    if (end !== null) spans.set(request, end);
  });
  server.addHook('onResponse', (request, reply, done) => {
    const { id: requestId, method } = request;
    const route = request.routeOptions.url ?? 'unknown';
    const status = reply.statusCode;
    log.write('info', { event: 'request', requestId, method, route, status, durationMs: Math.round(reply.elapsedTime) });
    metrics.requestEnded({ method, route, status, seconds: reply.elapsedTime / 1000 });
    spans.get(request)?.({ 'http.response.status_code': status });
    done();
  });
}
