import type { HttpAnswer, HttpRequest } from '../../contract/call.js';
import type { RateHeaders, RateLimit, Urgency } from '../../contract/rate.js';
import { secondsToMs } from '#libs/egress';
import type { Pacer, Permit } from './pacer.js';
import type { CallEnd, Reading } from './tally.js';

/** How a paced call ended. `exceeded`: it was too much for this limit of the manifest's. */
export type PacedEnd =
  | { readonly end: 'unused' | 'no-answer' }
  | {
      readonly end: 'answered';
      readonly answer: HttpAnswer;
      readonly exceeded: { readonly name: string; readonly afterMs: number | null } | null;
    };

/** Waits until the source takes another call, and gives what is to be told how it ended. */
export type Pace = (request: HttpRequest, signal: AbortSignal, withinMs: number) => Promise<(ended: PacedEnd) => void>;

/** A limit and who keeps it for this call's credential. */
export interface PacedLimit {
  readonly limit: RateLimit;
  readonly pacer: () => Pacer;
}

/** The pace of one tenant's calls: leave of every limit that counts the call, one after the other. */
export function paceOf(limits: readonly PacedLimit[], caller: { readonly tenantId: string; readonly urgency: Urgency }): Pace {
  return async (request, signal, withinMs) => {
    const counting = limits.filter(({ limit }) => limit.counts === 'requests' || request.method !== 'GET');
    const held: { readonly limit: RateLimit; readonly permit: Permit }[] = [];
    const end = (ended: PacedEnd): void => held.forEach(({ limit, permit }) => permit(endFor(limit, ended)));
    try {
      for (const { limit, pacer } of counting) held.push({ limit, permit: await pacer().take({ ...caller, signal, withinMs }) });
    } catch (error) {
      end({ end: 'unused' });
      throw error;
    }
    return end;
  };
}

function endFor(limit: RateLimit, ended: PacedEnd): CallEnd {
  if (ended.end !== 'answered') return ended;
  const { answer, exceeded } = ended;
  const reading = limit.kind === 'fixed-window' && limit.headers !== null ? readHeaders(limit.headers, answer.headers) : null;
  return { end: 'answered', reading, exceeded: exceeded?.name === limit.name ? { afterMs: exceeded.afterMs } : null };
}

/** What the headers say; null where they say nothing that can be true. */
export function readHeaders(names: RateHeaders, headers: HttpAnswer['headers']): Reading | null {
  const limit = wholeNumber(headers[names.limit]);
  const remaining = wholeNumber(headers[names.remaining]);
  return limit === null || remaining === null || remaining > limit
    ? null
    : { limit, remaining, resetMs: secondsToMs(headers[names.reset]) };
}

const wholeNumber = (text: string | undefined): number | null => (text !== undefined && /^\d{1,9}$/.test(text) ? Number(text) : null);
