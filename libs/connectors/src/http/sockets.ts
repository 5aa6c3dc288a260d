import { Agent as HttpAgent } from 'node:http';
import { Agent as HttpsAgent } from 'node:https';
import { guardedLookup } from '#libs/egress';

/** Calls in flight per process, over all sources. */
const MOST_CALLS = 64;
const IDLE_SOCKETS_PER_HOST = 16;

const options = { keepAlive: true, maxFreeSockets: IDLE_SOCKETS_PER_HOST, scheduling: 'lifo', lookup: guardedLookup } as const;

/** Kept-alive connections, shared by every call of the process. Idle ones do not keep the process alive. */
export const agents = { httpAgent: new HttpAgent(options), httpsAgent: new HttpsAgent(options) };

/**
 * A connection for each: the source may close an idle one at the moment at which it is used again, and nobody then knows whether the request came
 * through. A read is sent again; a write would be left in doubt.
 */
export const freshAgents = {
  httpAgent: new HttpAgent({ ...options, keepAlive: false }),
  httpsAgent: new HttpsAgent({ ...options, keepAlive: false }),
};

/**
 * Bounds the sockets. An agent's own bound (`maxSockets`) would queue a request after consent admitted it, and send it when consent may be
 * gone; so a call waits here, before it is admitted.
 */
export class Slots {
  #free: number;
  readonly #waiting: (() => void)[] = [];

  constructor(most: number) {
    this.#free = most;
  }

  /** Waits for a slot and gives what frees it. */
  async take(): Promise<() => void> {
    if (this.#free > 0) this.#free--;
    else await new Promise<void>((resolve) => this.#waiting.push(resolve));
    return () => this.#give();
  }

  #give(): void {
    const next = this.#waiting.shift();
    if (next === undefined) this.#free++;
    else next();
  }
}

export const slots = new Slots(MOST_CALLS);
