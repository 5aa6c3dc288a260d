import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import { GatewayError } from '#libs/model';
import { environmentOfProcess } from './config/process-environment.js';
import { createGateway, startGateway, stopGateway } from './gateway.js';
import { whereOf } from './log/log.js';

/** The platform kills a process that takes longer than 10 s to stop. */
const STOPS_WITHIN_MS = 9500;

/** Starts the roles named in GATEWAY_ROLES. What is wrong with the configuration is said in one line. */
async function main(): Promise<void> {
  const app = await createGateway(environmentOfProcess());
  for (const signal of ['SIGTERM', 'SIGINT'] as const) process.once(signal, () => void stop(app));
  await startGateway(app);
}

/** Ends in order. A request that hangs, or a source that does not answer, keeps no process from ending: its tasks were given back before. */
async function stop(app: NestFastifyApplication): Promise<void> {
  setTimeout(() => process.exit(0), STOPS_WITHIN_MS).unref();
  await stopGateway(app);
  process.exit(0);
}

/** An error that nobody caught may quote a record: only where it happened is said. */
function die(thrown: unknown): void {
  process.stderr.write(`${JSON.stringify({ level: 60, event: 'crashed', ...whereOf(thrown) })}\n`);
  process.exit(1);
}

/** So may a warning of Node's or of a package's, which Node would print as it is. */
function warn(warning: Error): void {
  process.stderr.write(`${JSON.stringify({ level: 40, event: 'warned', ...whereOf(warning) })}\n`);
}

process.removeAllListeners('warning');
process.on('warning', warn);
process.on('uncaughtException', die);
process.on('unhandledRejection', die);

main().catch((error: unknown) => {
  process.stderr.write(`ats-gateway: ${error instanceof GatewayError ? error.message : startFault(error)}\n`);
  process.exit(1);
});

/** Fastify's listen errors name address and port only; anything else stays unsaid. */
function startFault(error: unknown): string {
  const code = error instanceof Error && 'code' in error ? error.code : undefined;
  if (code === 'EADDRINUSE') return 'the port is taken; stop what listens there, or set PORT to another one';
  if (code === 'EACCES') return 'the port may not be used by this user; set PORT to one above 1023';
  return `could not start (${error instanceof Error ? error.name : 'unknown error'})`;
}
