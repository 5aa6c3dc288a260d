import { setTimeout as pause } from 'node:timers/promises';

interface Load {
  readonly perSecond: number;
  readonly seconds: number;
  /** Sends the n-th; resolves to the status of its answer. */
  readonly send: (n: number) => Promise<number>;
}

export interface Sent {
  /** In the order of sending; null where there was no answer at all. */
  readonly statuses: readonly (number | null)[];
  readonly slowestMs: number;
  /** The 99th of a hundred. */
  readonly p99Ms: number;
  /** By how much the sender was behind its own schedule at worst. */
  readonly latestMs: number;
}

const TICK_MS = 10;

/** Sends by schedule, however long the answers take: who waits for answers before it sends more would never find a receiver too slow. */
export async function sendBySchedule({ perSecond, seconds, send }: Load): Promise<Sent> {
  const startedAt = performance.now();
  const total = perSecond * seconds;
  const answers: Promise<{ status: number | null; tookMs: number }>[] = [];
  let latestMs = 0;
  while (answers.length < total) {
    const nowMs = performance.now() - startedAt;
    for (const due = Math.min(total, Math.floor((nowMs / 1000) * perSecond)); answers.length < due;) {
      latestMs = Math.max(latestMs, nowMs - (answers.length / perSecond) * 1000);
      answers.push(timed(send(answers.length)));
    }
    await pause(TICK_MS);
  }
  const done = await Promise.all(answers);
  const times = done.map(({ tookMs }) => tookMs).toSorted((a, b) => a - b);
  const at = (share: number) => times[Math.ceil(times.length * share) - 1] ?? 0;
  return { statuses: done.map(({ status }) => status), slowestMs: at(1), p99Ms: at(0.99), latestMs };
}

async function timed(answer: Promise<number>): Promise<{ status: number | null; tookMs: number }> {
  const startedAt = performance.now();
  const status = await answer.catch(() => null);
  return { status, tookMs: performance.now() - startedAt };
}
