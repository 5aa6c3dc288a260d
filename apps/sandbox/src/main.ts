import { GatewayError } from '#libs/model';
import { readConfig } from './config/sandbox-config.js';
import { startSandbox } from './sandbox.js';

/** Starts the sandbox and stops it on a signal. What keeps it from starting is said in one line. */
async function main(): Promise<void> {
  const sandbox = await startSandbox(readConfig());
  process.stdout.write(`The sandbox listens at ${sandbox.url}\n`);
  for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => void sandbox.close().then(() => process.exit(0)));
}

main().catch((error: unknown) => {
  const taken = error instanceof Error && 'code' in error && error.code === 'EADDRINUSE';
  const reason = taken ? 'the port is taken; stop what listens there, or set SANDBOX_PORT to another one' : 'could not start';
  process.stderr.write(`sandbox: ${error instanceof GatewayError ? error.message : reason}\n`);
  process.exit(1);
});
