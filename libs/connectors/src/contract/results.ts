import type { AllowedResult } from '#libs/allowlist';
import type { Grant } from '#libs/consent';
import { GatewayError } from '#libs/model';
import type { Call, HttpAnswer, Verdict } from './call.js';
import { isObject, own } from './raw-object.js';

/** What a result is about, by the connector's own names. */
export interface ResultTarget {
  readonly application: string;
  readonly candidate: string | null;
  readonly job: string | null;
  /** The source's order by which the application came to us; null where nobody ordered. */
  readonly order: string | null;
}

/** What the ATS answered. Ids and codes only. */
export interface ResultReceipt {
  /** Of the port's channels. */
  readonly channel: string;
  /** What the ATS calls what was made; null where it does not say. */
  readonly remoteId: string | null;
}

/** A result on its way out. */
export interface OutgoingResult {
  readonly content: AllowedResult;
  /** Names this result and revision: it stands where the ATS shows the result, so that a person (or `find`) can tell it from another. */
  readonly marker: string;
  /** What stands there of the revision before, by the same channel; null where there is none. */
  readonly former: ResultReceipt | null;
}

/** One way to show a result in an ATS. */
export interface ResultChannel {
  readonly name: string;
  /**
   * After an attempt whose end nobody knows. `repeat`: writing the same again changes nothing. `ask`: `find` tells. `park`: only a person who looks
   * at the ATS can tell.
   */
  readonly inDoubt: 'repeat' | 'ask' | 'park';
  /** A revised result takes the place of the former one; else it stands beside it. */
  readonly replaces: boolean;
  /** Looks for what an earlier attempt may have written; only with `inDoubt: 'ask'`. Null: it is not there. */
  readonly find?: (call: Call, target: ResultTarget, marker: string) => Promise<ResultReceipt | null>;
  /**
   * Writes, once: an attempt whose end is unknown is not sent again. `grant` covers results. Throws `unsupported` where the ATS does not offer this
   * channel, so that the next may be tried; an error with `context.applied = 'no'` where the ATS has surely not written anything.
   */
  readonly write: (call: Call, grant: Grant, target: ResultTarget, result: OutgoingResult) => Promise<ResultReceipt>;
}

export interface ResultPort {
  /** Every channel, the default first: what the docs list. */
  readonly channels: readonly [ResultChannel, ...ResultChannel[]];
  /** Those for this integration and target, in the order in which they are tried. */
  readonly channelsFor: (settings: Readonly<Record<string, string>>, target: ResultTarget) => readonly [ResultChannel, ...ResultChannel[]];
}

/** The channel that the integration's settings name, else the first. */
export const byChannelSetting =
  (channels: ResultPort['channels']): ResultPort['channelsFor'] =>
  ({ resultChannel }) => [channels.find(({ name }) => name === resultChannel) ?? channels[0]];

/** Throws `consent-does-not-cover` where the grant does not give leave to write results: nothing is then sent. */
export function requireResultGrant(grant: Grant): void {
  if (!grant.write.has('result')) throw new GatewayError('consent-does-not-cover', { context: { write: 'result' } });
}

/**
 * How an answer to a write is judged: a refusal says that nothing was written, and only a 429 is worth another try within the call. After any other
 * failure it may have been written, so it is not sent again. A record that is gone is `not-found`.
 */
export const judgedOnce =
  (judge: (answer: HttpAnswer) => Verdict, isRefusal: (answer: HttpAnswer) => boolean = isRefusedByStatus) =>
  (answer: HttpAnswer): Verdict => {
    const verdict = judge(answer);
    if (verdict.outcome === 'ok') return verdict;
    if (!isRefusal(answer)) return { outcome: 'failed', error: verdict.error };
    const error = notApplied(verdict.error, answer.status);
    return answer.status === 429 ? { ...verdict, error } : { outcome: 'failed', error };
  };

/** 503 is a refusal too: the service was not there to do anything (RFC 9110, 15.6.4). */
export const isRefusedByStatus = ({ status }: HttpAnswer): boolean => (status >= 400 && status < 500 && status !== 408) || status === 503;

const isGone = (status: number): boolean => status === 404 || status === 410;

function notApplied(error: Error, status: number): Error {
  if (!(error instanceof GatewayError)) return error;
  const { kind, retry, context, detail } = error;
  const told = { retry, context: { ...context, applied: 'no' }, ...(detail === undefined ? {} : { detail }) };
  return new GatewayError(isGone(status) ? 'not-found' : kind, told);
}

/** What the ATS calls what was made, by a key of its answer; null where it says nothing that can be an id. */
export function idIn(made: unknown, key: string): string | null {
  const id = isObject(made) ? own(made, key) : undefined;
  if (typeof id === 'number' && Number.isSafeInteger(id)) return String(id);
  return typeof id === 'string' && /^[\w.:-]{1,100}$/.test(id) ? id : null;
}
