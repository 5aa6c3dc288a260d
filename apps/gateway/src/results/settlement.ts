import type { GatewayError } from '#libs/model';
import type { Settlement } from '#libs/store';
import type { Attempt } from './attempt.js';
import { backoffMs } from '../background/backoff.js';
import { fateOf } from './retries.js';

/** What becomes of a result whose attempt failed. */
export function settlementOf(error: GatewayError, attempt: Attempt, now: Date, random: () => number = Math.random): Settlement {
  const told = { error: error.kind, code: codeOf(error) };
  const leftMs = attempt.giveUpAt.getTime() - now.getTime();
  const doubt = attempt.doubtAfter(error);
  if (doubt === 'park') return { state: 'parked', inDoubt: true, ...told };
  if (doubt === 'resolvable') {
    const afterMs = backoffMs(attempt.number, askedMs(error), random);
    if (afterMs > leftMs) return { state: 'parked', inDoubt: true, ...told };
    return { state: 'queued', inDoubt: true, dueAt: new Date(now.getTime() + afterMs), ...told };
  }
  const fate = fateOf(error, attempt.number, leftMs, random);
  if (fate.state === 'queued') return { state: 'queued', inDoubt: false, dueAt: new Date(now.getTime() + fate.afterMs), ...told };
  return fate.state === 'parked' ? { state: 'parked', inDoubt: false, ...told } : { state: 'rejected', ...told };
}

const askedMs = ({ retry }: GatewayError): number => (retry.when === 'later' ? (retry.afterMs ?? 0) : 0);

/** The source's own, from the connector's list; nothing else of what it said. */
function codeOf({ context }: GatewayError): string | null {
  const { code, status } = context;
  if (typeof code === 'string') return code;
  return typeof status === 'number' ? String(status) : null;
}
