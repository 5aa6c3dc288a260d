import type { RateLimit, TokenBucket, Urgency } from '../../contract/rate.js';
import { NONE, plus, total, type Count, type RateState, type Waiting } from './state.js';

interface Asked {
  readonly process: string;
  /** Callers of the process that wait. */
  readonly wants: Count;
}

export interface Grant {
  readonly state: RateState;
  readonly granted: Count;
  /** When it is worth asking again for what was not granted. */
  readonly retryInMs: Count;
}

/** A process takes so many ahead at most, so that not each call costs a transaction on the row that all of them share. */
const MOST_AHEAD = 8;

/** Of a small window no process takes much of what others may need. */
const AHEAD_OF_WINDOW = 0.05;

/** Whether others gave permits back, or a probe came back, is looked up so often. */
export const LOOK_AGAIN_MS = 200;

/** In which the headers tell when a window ends. */
const RESOLUTION_MS = 1_000;

/** For so long at the beginning of a period the parts of those that waited are kept for them. */
const PARTS_KEPT_MS = 1_000;

/** The part of each limit that polls never touch: it is there at once for what answers to a webhook or a person. */
const KEPT_FROM_POLLS = 0.5;

/** Of these permits, what polls may have at most; at least one, or a limit of one would never be polled. */
const pollPart = (most: number): number => Math.max(1, Math.floor(most * (1 - KEPT_FROM_POLLS)));

/** Grants what is free, in parts to those processes that wait, and to polls at most their part. */
export function grant(limit: RateLimit, state: RateState, asked: Asked, nowMs: number): Grant {
  const others = othersWaiting(state, asked.process, nowMs);
  const { free, retryInMs } = freeNow(limit, state, nowMs);
  const ahead = limit.kind === 'fixed-window' && state.probe === null ? Math.min(MOST_AHEAD, Math.floor(state.most * AHEAD_OF_WINDOW)) : 0;
  const part = (urgency: Urgency, most: number) => partOf({ free: most, want: asked.wants[urgency], others: others[urgency], ahead });
  const notice = part('notice', free.notice);
  const poll = part('poll', Math.min(free.poll, free.notice - notice));
  const granted = { notice, poll };
  const left = (urgency: Urgency) => (free[urgency] > granted[urgency] ? Math.min(LOOK_AGAIN_MS, retryInMs[urgency]) : retryInMs[urgency]);
  const retry = { notice: left('notice'), poll: left('poll') };
  return { state: noteWaiting(noteGranted(state, granted, nowMs), { asked, granted, retry }, nowMs), granted, retryInMs: retry };
}

interface Free {
  readonly free: Count;
  readonly retryInMs: Count;
}

function freeNow(limit: RateLimit, state: RateState, nowMs: number): Free {
  const both = (ms: number): Count => ({ notice: ms, poll: ms });
  if (nowMs < state.blockedUntilMs) return { free: NONE, retryInMs: both(state.blockedUntilMs - nowMs) };
  if (state.probe !== null) {
    const free = state.probe.sentIn === state.period ? 0 : 1;
    return { free: both(free), retryInMs: both(LOOK_AGAIN_MS) };
  }
  if (limit.kind === 'token-bucket') return freeOfBucket(limit, state);
  const inUse = limit.kind === 'concurrency' ? plus(state.out, state.carried) : state.used;
  const notice = Math.max(0, state.most - total(inUse));
  const poll = Math.max(0, Math.min(notice, pollPart(state.most) - inUse.poll));
  return { free: { notice, poll }, retryInMs: both(limit.kind === 'concurrency' ? LOOK_AGAIN_MS : state.endsAtMs - nowMs) };
}

/** Polls leave in the bucket what is kept from them. */
function freeOfBucket({ perSecond }: TokenBucket, { most, tokens }: RateState): Free {
  const kept = most - pollPart(most);
  const untilMs = (needed: number) => Math.ceil(((needed - tokens) / perSecond) * 1_000);
  return {
    free: { notice: Math.floor(tokens), poll: Math.max(0, Math.floor(tokens - kept)) },
    retryInMs: { notice: untilMs(1), poll: untilMs(kept + 1) },
  };
}

interface Part {
  readonly free: number;
  readonly want: number;
  readonly others: number;
  readonly ahead: number;
}

/** Where it is not enough for all that wait, each process gets its part, rounded up. */
function partOf({ free, want, others, ahead }: Part): number {
  if (want === 0) return 0;
  return others === 0 ? Math.min(free, want + ahead) : Math.min(want, Math.ceil((free * want) / (want + others)));
}

function noteGranted(state: RateState, granted: Count, nowMs: number): RateState {
  const some = total(granted) > 0;
  return {
    ...state,
    used: plus(state.used, granted),
    out: plus(state.out, granted),
    late: state.low !== null && nowMs > state.endsAtMs - RESOLUTION_MS ? plus(state.late, granted) : state.late,
    tokens: Math.max(0, state.tokens - total(granted)),
    probe: some && state.probe !== null ? { ...state.probe, sentIn: state.period } : state.probe,
  };
}

function othersWaiting({ waiting }: RateState, process: string, nowMs: number): Count {
  return Object.entries(waiting)
    .filter(([other, { untilMs }]) => other !== process && untilMs > nowMs)
    .reduce((sum, [, { count }]) => plus(sum, count), NONE);
}

interface Noted {
  readonly asked: Asked;
  readonly granted: Count;
  readonly retry: Count;
}

function noteWaiting(state: RateState, { asked, granted, retry }: Noted, nowMs: number): RateState {
  const unmet = (urgency: Urgency) => Math.max(0, asked.wants[urgency] - granted[urgency]);
  const count = { notice: unmet('notice'), poll: unmet('poll') };
  const mine: Waiting = { count, untilMs: nowMs + Math.max(retry.notice, retry.poll) + PARTS_KEPT_MS };
  const others = Object.entries(state.waiting).filter(([other, { untilMs }]) => other !== asked.process && untilMs > nowMs);
  return { ...state, waiting: Object.fromEntries(total(count) === 0 ? others : [...others, [asked.process, mine]]) };
}
