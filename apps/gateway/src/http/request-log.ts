import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import type { Log } from '../log/log.js';
import type { Metrics } from '../telemetry/metrics.js';
import type { OpenSpan, Traces } from '../telemetry/traces.js';

interface Watchers {
  readonly log: Log;
  readonly metrics: Metrics;
  readonly traces: Traces;
}

/** Logs, counts and traces each request by its route: the address itself may name a person in its query. The request's id goes back to the caller. */
export function watchRequests(app: NestFastifyApplication, { log, metrics, traces }: Watchers): void {
  const server = app.getHttpAdapter().getInstance();
  const spans = new WeakMap<object, OpenSpan>();
  server.addHook('onRequest', (request, reply, done) => {
    void reply.header('x-request-id', request.id);
    const route = request.routeOptions.url ?? 'unknown';
    const attributes = { 'http.request.method': request.method, 'http.route': route };
    const span = traces.open('request', attributes, request.headers['traceparent']);
    if (span === null) return done();
    spans.set(request, span);
    span.within(done);
  });
  server.addHook('onResponse', (request, reply, done) => {
    const { id: requestId, method } = request;
    const route = request.routeOptions.url ?? 'unknown';
    const status = reply.statusCode;
    const span = spans.get(request);
    const tell = () => log.write('info', { event: 'request', requestId, method, route, status, durationMs: Math.round(reply.elapsedTime) });
    if (span === undefined) tell();
    else span.within(tell);
    metrics.requestEnded({ method, route, status, seconds: reply.elapsedTime / 1000 });
    span?.end({ 'http.response.status_code': status });
    done();
  });
}
