import type { RateLimit, Urgency } from '../../contract/rate.js';

/** Permits, by what they are for. */
export type Count = Readonly<Record<Urgency, number>>;

export const NONE: Count = { notice: 0, poll: 0 };

export const total = ({ notice, poll }: Count): number => notice + poll;

export const plus = (a: Count, b: Count): Count => ({ notice: a.notice + b.notice, poll: a.poll + b.poll });

/** Never below zero. */
export const minus = (a: Count, b: Count): Count => ({ notice: Math.max(0, a.notice - b.notice), poll: Math.max(0, a.poll - b.poll) });

/** Callers of one process that wait, and until when their part is kept for them. */
export interface Waiting {
  readonly count: Count;
  readonly untilMs: number;
}

/**
 * What all processes know together about one limit of one credential. Times are PostgreSQL's, in milliseconds since 1970. A permit belongs to
 * the period in which it was granted: a window, or for limits without one a time that is longer than any call takes.
 */
export interface RateState {
  /** Of this shape: what another version of the gateway wrote in another one is not read. */
  readonly shape: typeof SHAPE;
  /** Counts the exchanges. */
  readonly version: number;
  /** Counts the periods. */
  readonly period: number;
  readonly endsAtMs: number;
  /** What the policy or, since, the source's headers allow. */
  readonly most: number;
  /** Granted in this period, by us, and what others use of the same key. */
  readonly used: Count;
  /** Granted in this period, and neither answered nor given back yet. */
  readonly out: Count;
  /** The same of the period before: these calls may still count in this one. What is older was lost with its process. */
  readonly carried: Count;
  /** Granted when the source's window may have been over already: its headers tell whole seconds. */
  readonly late: Count;
  /** Of a token bucket, at `atMs`. */
  readonly tokens: number;
  readonly atMs: number;
  /** The least that the headers said to remain in this window, and at which version it was noted. */
  readonly low: { readonly remaining: number; readonly version: number } | null;
  readonly blockedUntilMs: number;
  /**
   * How the limit stands is to be found out, by one call a period. `from`: what was granted before that period tells nothing. `sentIn`: the
   * period of the last such call. Null: it is known.
   */
  readonly probe: { readonly from: number; readonly sentIn: number | null } | null;
  readonly waiting: Readonly<Record<string, Waiting>>;
}

export const SHAPE = 1;

/** Longer than a call takes with its wait for a socket: what is out longer belongs to a process that died. */
const LEASE_MS = 180_000;

/** How long a new period is, before the source says otherwise. */
export const periodMs = (limit: RateLimit): number => (limit.kind === 'fixed-window' ? limit.windowMs : LEASE_MS);

/** Nothing is known yet: the first call finds out. */
export function freshState(limit: RateLimit, nowMs: number): RateState {
  return {
    shape: SHAPE,
    version: 0,
    period: 0,
    endsAtMs: nowMs + periodMs(limit),
    most: limit.most,
    used: NONE,
    out: NONE,
    carried: NONE,
    late: NONE,
    tokens: limit.most,
    atMs: nowMs,
    low: null,
    blockedUntilMs: 0,
    probe: { from: 0, sentIn: null },
    waiting: {},
  };
}

/** The next period. What is out may reach the source in it, and what went late may have: so they count in it. */
export function nextPeriod(state: RateState, endsAtMs: number): RateState {
  const { period, out, late } = state;
  return { ...state, period: period + 1, endsAtMs, used: plus(out, late), carried: out, out: NONE, late: NONE, low: null };
}
