import type { Failing } from '#libs/store';
import { backoffMs, TRIED_FOR_MS } from '../background/backoff.js';
import type { PostOutcome } from './posting.js';

/** A receiver may ask us to wait, but not for so long that it is never told. */
const LONGEST_ASKED_MS = 6 * 3600_000;

interface Before {
  readonly failures: number;
  readonly since: Date | null;
}

/**
 * How a subscription stands after another failure. What fails is tried over 75 h from its first failure, the last time at their end; then, or at once
 * where the receiver says that it is gone (410), the subscription is disabled.
 */
export function failingAfter(
  { error, status, retryAfterMs }: PostOutcome & { readonly error: string },
  before: Before,
  now: Date,
  random: () => number = Math.random,
): Failing {
  const failures = before.failures + 1;
  const since = before.since ?? now;
  const endMs = since.getTime() + TRIED_FOR_MS;
  const afterMs = backoffMs(failures, Math.min(retryAfterMs ?? 0, LONGEST_ASKED_MS), random);
  const dueAt = new Date(Math.min(now.getTime() + afterMs, endMs));
  const isOver = now.getTime() >= endMs;
  const disabled = error === 'gone' ? 'gone' : isOver ? 'failing-too-long' : null;
  return { failures, since, dueAt, error, status, disabled };
}
