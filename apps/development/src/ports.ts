import { createServer } from 'node:net';
import { once } from 'node:events';
import { setTimeout as pause } from 'node:timers/promises';
import { types } from 'node:util';
import { GatewayError } from '#libs/model';

/** A killed start's child needs a moment to notice and give its port free. */
const PATIENCE_MS = 1_000;
const LOOK_MS = 100;

/** The port to listen on: the wanted one, or any free one where 0 is wanted. Throws `config-invalid` naming the variable to change. */
export async function requirePort(variable: string, host: string, wanted: number): Promise<number> {
  for (let waitedMs = 0; ; waitedMs += LOOK_MS) {
    const { port, fault } = await tryToListen(host, wanted);
    if (port !== null) return port;
    if (fault !== 'EADDRINUSE' || waitedMs >= PATIENCE_MS) throw refusal(variable, host, wanted, fault);
    await pause(LOOK_MS);
  }
}

async function tryToListen(host: string, wanted: number): Promise<{ port: number | null; fault: unknown }> {
  const probe = createServer();
  try {
    await once(probe.listen(wanted, host), 'listening');
  } catch (error) {
    return { port: null, fault: types.isNativeError(error) && 'code' in error ? error.code : undefined };
  }
  const address = probe.address();
  await once(probe.close(), 'close');
  return { port: address === null || typeof address === 'string' ? null : address.port, fault: undefined };
}

function refusal(variable: string, host: string, port: number, fault: unknown): GatewayError {
  const detail =
    fault === 'EADDRINUSE'
      ? `port ${port} is taken: stop what listens there, or set ${variable} to another port (0 takes a free one)`
      : fault === 'EACCES'
        ? `port ${port} may not be used by this user: set ${variable} to a port above 1023`
        : `nothing can listen at ${host}: set HOST to an address of this machine`;
  return new GatewayError('config-invalid', { detail, context: { port } });
}

/** The address at which this machine reaches what listens at `host`. */
export function urlOf(host: string, port: number): string {
  const reachable = host === '0.0.0.0' || host === '::' ? '127.0.0.1' : host;
  return `http://${reachable.includes(':') ? `[${reachable}]` : reachable}:${port}`;
}
