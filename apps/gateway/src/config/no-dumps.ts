import { GatewayError } from '#libs/model';

/** What writes the memory of a process to a file, or lets somebody read it. It holds persons' data in clear. */
const DUMPS = /--(report-|heapsnapshot|heap-prof|cpu-prof|abort-on-uncaught-exception|inspect|diagnostic-dir|trace-)/;

/**
 * Refuses options of Node's that would write memory to a file or open it to a debugger: in production nothing may. Throws `config-invalid`.
 * A core dump is the system's to forbid: `npm run start:prod` and the Dockerfile set its size to 0.
 */
export function refuseDumps(options: { readonly nodeOptions: string; readonly execArgv: readonly string[] }): void {
  const found = [options.nodeOptions, ...options.execArgv].map((text) => DUMPS.exec(text)?.[0]).find((flag) => flag !== undefined);
  if (found === undefined) return;
  throw new GatewayError('config-invalid', {
    detail: `${found}… is set for Node: it would write or show persons’ data. Take it out of NODE_OPTIONS`,
  });
}
