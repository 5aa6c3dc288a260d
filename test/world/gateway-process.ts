import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline';
import { join } from 'node:path';
import { searchPath } from './search-path.js';

/** A gateway that can be killed. */
export interface GatewayProcess {
  readonly url: string;
  readonly process: ChildProcess;
  /** The events that it has logged, newest last. */
  readonly events: readonly { readonly event?: string; readonly [key: string]: unknown }[];
  /** All that it has printed, to either stream. */
  printed(): Buffer;
  /** Sends the signal and waits for the end; resolves to the exit code, null after SIGKILL. */
  end(signal: NodeJS.Signals): Promise<number | null>;
}

/** Starts a gateway process with these variables and waits until it listens. Throws its last words where it does not come up. */
export async function spawnGateway(variables: Readonly<Record<string, string>>, logLevel = 'info'): Promise<GatewayProcess> {
  const child = spawn('node', ['--disable-warning=ExperimentalWarning', join(import.meta.dirname, 'gateway-main.js')], {
    env: { PATH: searchPath, ...variables, LOG_LEVEL: logLevel },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  const events: { event?: string; url?: string }[] = [];
  let complaint = '';
  const printed: Buffer[] = [];
  child.stdout.on('data', (chunk: Buffer) => printed.push(chunk));
  child.stderr.on('data', (chunk: Buffer) => {
    printed.push(chunk);
    complaint += chunk.toString();
  });
  const ended = once(child, 'exit').then(([code]: (number | null)[]) => code ?? null);
  const url = await new Promise<string>((resolve, reject) => {
    createInterface({ input: child.stdout }).on('line', (line) => {
      const event = line.startsWith('{') ? JSON.parse(line) : {};
      events.push(event);
      if (event.event === 'started') resolve(event.url);
    });
    void ended.then((code) => reject(new Error(`the gateway ended with ${code}: ${complaint}`)));
  });
  return {
    url,
    process: child,
    events,
    printed: () => Buffer.concat(printed),
    end: (signal) => {
      child.kill(signal);
      return ended;
    },
  };
}
