import type { RateLimit } from '../../contract/rate.js';
import { minus, nextPeriod, plus, total, type Count, type RateState } from './state.js';

/** What became of permits of one period. */
export interface Done {
  readonly period: number;
  readonly answered: Count;
  /** Never used. */
  readonly returned: Count;
  /** The source took one of these calls. */
  readonly taken: boolean;
}

/** What an answer's headers said of the window. */
export interface Observation {
  /** The period of the call's permit. */
  readonly period: number;
  /** The newest version that its process knew when it sent the call. */
  readonly version: number;
  readonly limit: number;
  readonly remaining: number;
  readonly resetMs: number | null;
  /** How long ago the answer came. */
  readonly ageMs: number;
}

/** Calls that ended, and permits that come back unused. Those of a period before the last one are forgotten already. */
export function settle(state: RateState, { period, answered, returned, taken }: Done): RateState {
  const known = { ...state, probe: probed(state.probe, period, taken) };
  const ended = plus(answered, returned);
  const back = { used: minus(known.used, returned), tokens: Math.min(known.most, known.tokens + total(returned)) };
  if (period === known.period) return { ...known, ...back, out: minus(known.out, ended) };
  if (period === known.period - 1) return { ...known, ...back, carried: minus(known.carried, ended) };
  return known;
}

/** A probe that never reached the source, or got no answer, may be sent again. */
function probed(probe: RateState['probe'], period: number, taken: boolean): RateState['probe'] {
  if (probe === null || (taken && period >= probe.from)) return null;
  return probe.sentIn === period ? { ...probe, sentIn: null } : probe;
}

/**
 * The headers of an answer go before our own count: a larger or smaller limit is taken, a lower rest means that others use the key, and the
 * window ends when they say (rounded up by the source, so never too early). Where more remains than was noted before the call was sent,
 * the source has begun a new window.
 */
export function observe(state: RateState, seen: Observation, nowMs: number): RateState {
  if (seen.period !== state.period) return state;
  const { low } = state;
  const most = Math.max(1, seen.limit);
  const theirs = Math.max(0, seen.limit - seen.remaining);
  const endsAtMs = seen.resetMs === null ? state.endsAtMs : nowMs - seen.ageMs + seen.resetMs;
  if (low !== null && seen.version >= low.version && seen.remaining >= low.remaining) {
    const next = nextPeriod(state, endsAtMs);
    return { ...next, most, used: plus(next.used, { notice: theirs, poll: 0 }), low: noted(state, seen) };
  }
  const others = Math.max(0, theirs - total(state.used));
  return {
    ...state,
    most,
    used: plus(state.used, { notice: others, poll: 0 }),
    endsAtMs: low === null ? endsAtMs : Math.min(state.endsAtMs, endsAtMs),
    low: low !== null && low.remaining <= seen.remaining ? low : noted(state, seen),
  };
}

const noted = ({ version }: RateState, { remaining }: Observation) => ({ remaining, version: version + 1 });

/** A source that names no time, or none at all, is left alone for so long. */
const SHORTEST_BLOCK_MS = 1_000;

/** Longer is not believed without asking again: a nonsensical header would keep all tenants from their data. */
const LONGEST_BLOCK_MS = 15 * 60_000;

/** The source refused a call as one too many: nobody calls until it may be asked again, and then one call finds out. */
export function block(limit: RateLimit, state: RateState, afterMs: number | null, nowMs: number): RateState {
  const restMs = limit.kind === 'fixed-window' ? state.endsAtMs - nowMs : 0;
  const untilMs = Math.max(state.blockedUntilMs, nowMs + Math.min(LONGEST_BLOCK_MS, Math.max(SHORTEST_BLOCK_MS, afterMs ?? restMs)));
  return { ...state, blockedUntilMs: untilMs, endsAtMs: untilMs, probe: { from: state.period + 1, sentIn: null } };
}
