import { setTimeout as pause } from 'node:timers/promises';
import type { Server } from './process.js';
import { median } from './statistics.js';

const EVERY_MS = 250;

/** What a server holds in memory while something goes on. */
export interface Memory {
  readonly highestMb: number;
  /** The last quarter's median ÷ the second quarter's: about 1 where it does not grow with what has passed through. */
  readonly growth: number;
}

/** Looks at a server's memory until the work ends. */
export async function memoryDuring<T>(server: Server, work: Promise<T>): Promise<{ readonly value: T; readonly memory: Memory }> {
  const samplesMb: number[] = [];
  const during = { goesOn: true };
  const stop = () => {
    during.goesOn = false;
  };
  const ended = work.finally(stop);
  const looking = (async () => {
    for (; during.goesOn; await pause(EVERY_MS)) samplesMb.push(await server.residentMb());
  })();
  const [value] = await Promise.all([ended, looking]);
  const quarter = Math.ceil(samplesMb.length / 4);
  const [second, last] = [samplesMb.slice(quarter, 2 * quarter), samplesMb.slice(-quarter)];
  return { value, memory: { highestMb: Math.max(...samplesMb), growth: median(last) / median(second) } };
}
