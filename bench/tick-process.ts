import { Logger } from 'nestjs-pino';
import { environmentOfProcess } from '../apps/gateway/src/config/process-environment.js';
import { createGateway } from '../apps/gateway/src/gateway.js';
import { SyncScheduler } from '../apps/gateway/src/sync/scheduler.js';

/** Prints how long each of TICKS ticks of a scheduler took, in milliseconds. */
const app = await createGateway(environmentOfProcess());
await app.init();
app.useLogger(app.get(Logger));
const scheduler = app.get(SyncScheduler, { strict: false });
const ticks = Number(process.env['TICKS']);
for (let warmUp = 0; warmUp < ticks; warmUp++) await scheduler.tick();
const tookMs: number[] = [];
for (let tick = 0; tick < ticks; tick++) {
  const startedAt = performance.now();
  await scheduler.tick();
  tookMs.push(performance.now() - startedAt);
}
await app.close();
console.log(JSON.stringify(tookMs));
process.exit(0);
