import { setTimeout as pause } from 'node:timers/promises';
import { DPA, ENABLED, type Tenant } from './tenant.js';

/** Rarely enough that a hundred tenants can be waited for at once, beside what they wait for. */
const LOOK_MS = 250;

/** Asks now and then until something other than null comes; throws when that takes too long. */
export async function patiently<T>(ask: () => Promise<T | null>, timeoutMs = 120_000): Promise<T> {
  for (const end = performance.now() + timeoutMs; performance.now() < end;) {
    const answer = await ask();
    if (answer !== null) return answer;
    await pause(LOOK_MS);
  }
  throw new Error(`nothing came within ${timeoutMs} ms`);
}

/** Gives consent and connects: a first sync begins. */
export async function connect(tenant: Tenant): Promise<void> {
  await tenant.consent(DPA);
  await tenant.consent(ENABLED);
  await tenant.activate();
}

/** Waits until no run of the tenant's is unfinished, and returns the newest. */
export const newestEnded = (tenant: Tenant, timeoutMs?: number) =>
  patiently(async () => {
    const [newest] = await tenant.runs();
    return newest === undefined || newest.finishedAt === null ? null : newest;
  }, timeoutMs);
