import type { RateLimit } from '../../contract/rate.js';
import { grant } from './grant.js';
import { freshState, nextPeriod, periodMs, SHAPE, total, type Count, type RateState } from './state.js';
import { block, observe, settle, type Done, type Observation } from './told.js';

/** What a process tells all others, and what it asks for. */
export interface RateMessage {
  readonly process: string;
  readonly done: readonly Done[];
  readonly seen: readonly Observation[];
  /** The source refused a call as one too many; `afterMs` is what it asked for. */
  readonly exceeded: { readonly afterMs: number | null } | null;
  /** Callers that wait. */
  readonly wants: Count;
}

export interface RateReply {
  readonly period: number;
  readonly version: number;
  readonly granted: Count;
  /** For how long the permits hold. */
  readonly validMs: number;
  readonly retryInMs: Count;
}

/** Keeps a limit: pure, so that any shared memory with a lock and a clock will do. `nowMs` is that clock's. */
export function exchange(
  limit: RateLimit,
  kept: RateState | null,
  message: RateMessage,
  nowMs: number,
): { readonly state: RateState; readonly reply: RateReply } {
  const known = kept === null || kept.shape !== SHAPE ? freshState(limit, nowMs) : kept;
  const settled = message.done.reduce(settle, known);
  const observed = message.seen.reduce((state, seen) => observe(state, seen, nowMs), settled);
  const blocked = message.exceeded === null ? observed : block(limit, observed, message.exceeded.afterMs, nowMs);
  const { state, granted, retryInMs } = grant(limit, current(limit, blocked, nowMs), message, nowMs);
  const version = state.version + 1;
  const reply = { period: state.period, version, granted, validMs: state.endsAtMs - nowMs, retryInMs };
  return { state: { ...state, version }, reply };
}

/** As time has passed: another period, a fuller bucket. */
function current(limit: RateLimit, state: RateState, nowMs: number): RateState {
  const told = limit.kind === 'fixed-window' && limit.headers !== null;
  const turned = {
    ...(nowMs >= state.endsAtMs ? nextPeriod(state, nowMs + periodMs(limit)) : state),
    most: told ? state.most : limit.most,
  };
  if (limit.kind !== 'token-bucket') return turned;
  const passedMs = Math.max(0, nowMs - state.atMs);
  // What is on its way may come late, to a bucket that has filled up meanwhile: it keeps its room.
  const room = Math.max(0, turned.most - total(turned.out) - total(turned.carried));
  return { ...turned, atMs: nowMs, tokens: Math.min(room, state.tokens + (passedMs / 1_000) * limit.perSecond) };
}
