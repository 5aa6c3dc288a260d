import { randomUUID } from 'node:crypto';
import { setTimeout as pause } from 'node:timers/promises';
import { NestFactory } from '@nestjs/core';
import { FastifyAdapter, type NestFastifyApplication } from '@nestjs/platform-fastify';
import { systemClock, type Clock } from '#libs/model';
import { Environment } from './config/environment.js';
import { SubscriptionDispatcher } from './events/subscription-dispatcher.js';
import { GatewayModule } from './gateway.module.js';
import { Readiness } from './http/readiness.js';
import { watchRequests } from './http/request-log.js';
import { serveOpenApi, servePartnerOpenApi } from './http/openapi.js';
import { DailyChecks } from './integrations/daily-checks.js';
import { ShadowWorker } from './integrations/switch/shadow-worker.js';
import { answerUnroutable } from './http/unroutable.js';
import { FrameworkLog } from './log/framework-log.js';
import { Log } from './log/log.js';
import { OrderPolls } from './orders/order-polls.js';
import { ResultDispatcher } from './results/dispatcher.js';
import { SyncScheduler } from './sync/scheduler.js';
import { SyncWorker } from './sync/worker.js';
import { Metrics } from './telemetry/metrics.js';
import { Traces } from './telemetry/traces.js';
import { NoticeDispatcher } from './webhooks/notice-dispatcher.js';
import { keepWebhooksRaw } from './webhooks/raw-body.js';

/** A partner's batch of 1,000 records fits; a larger body is refused before it is read. */
const BODY_LIMIT_BYTES = 2 * 1024 * 1024;

/** Between saying that no more requests are wanted and refusing them: whoever sends them needs a moment to hear it. */
const ANNOUNCED_MS = 1000;

/** The application as it serves, not yet listening. */
export async function createGateway(environment: Environment, clock: Clock = systemClock): Promise<NestFastifyApplication> {
  const adapter = new FastifyAdapter({
    bodyLimit: BODY_LIMIT_BYTES,
    genReqId: () => randomUUID(),
    requestIdHeader: false,
    frameworkErrors: answerUnroutable,
  });
  const module = GatewayModule.with(environment, clock);
  const app = await NestFactory.create<NestFastifyApplication>(module, adapter, { logger: false, abortOnError: false });
  app.useLogger(new FrameworkLog(app.get(Log)));
  keepWebhooksRaw(app);
  watchRequests(app, { log: app.get(Log), metrics: app.get(Metrics), traces: app.get(Traces) });
  if (environment.GATEWAY_ROLES.includes('api')) {
    serveOpenApi(app);
    servePartnerOpenApi(app);
  }
  return app;
}

/** Starts listening, and the work of the roles. Returns the address. */
export async function startGateway(app: NestFastifyApplication): Promise<string> {
  const { HOST, PORT, GATEWAY_ROLES } = app.get(Environment);
  await app.listen(PORT, HOST);
  const url = await app.getUrl();
  if (GATEWAY_ROLES.includes('worker')) {
    await app.get(SyncWorker, { strict: false }).start();
    app.get(ResultDispatcher, { strict: false }).start();
    app.get(SubscriptionDispatcher, { strict: false }).start();
    app.get(ShadowWorker, { strict: false }).start();
  }
  if (GATEWAY_ROLES.includes('scheduler')) {
    app.get(SyncScheduler, { strict: false }).start();
    app.get(NoticeDispatcher, { strict: false }).start();
    app.get(DailyChecks, { strict: false }).start();
    app.get(OrderPolls, { strict: false }).start();
  }
  app.get(Log).write('info', { event: 'started', roles: GATEWAY_ROLES, url });
  return url;
}

/** Stops in order: at once not ready any more and claiming nothing, its runs left to others; a moment later no requests; then the rest. */
export async function stopGateway(app: NestFastifyApplication): Promise<void> {
  app.get(Readiness, { strict: false }).announceStop();
  // Its deliveries end while other work does.
  void app.get(SubscriptionDispatcher, { strict: false }).leave();
  await Promise.all([app.get(SyncWorker, { strict: false }).leave(), pause(ANNOUNCED_MS)]);
  await app.close();
}
