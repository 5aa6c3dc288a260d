import type { LoadOptions, LoadResult } from './load-options.js';
import { runToEnd } from './process.js';

type Load = Pick<LoadOptions, 'url' | 'paths' | 'seconds'> & Partial<LoadOptions>;

/** Loads a server from a process of its own. Throws where a request failed: a refusal is fast. */
export async function load(options: Load): Promise<LoadResult> {
  const complete: LoadOptions = { headers: {}, connections: 10, rate: null, webhooksOf: null, ...options };
  const result = await runToEnd<LoadResult>('bench/load-process.ts', { LOAD: JSON.stringify(complete) });
  if (result.failures > 0) throw new Error(`${result.failures} requests to ${options.url} failed`);
  return result;
}
