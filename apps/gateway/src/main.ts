import { GatewayError } from '#libs/model';
import { environmentOfProcess } from './config/process-environment.js';
import { createGateway, startGateway } from './gateway.js';

/** Starts the roles named in GATEWAY_ROLES. What is wrong with the configuration is said in one line. */
async function main(): Promise<void> {
  const app = await createGateway(environmentOfProcess());
  app.enableShutdownHooks();
  await startGateway(app);
}

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
