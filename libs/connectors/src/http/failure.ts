import { isAxiosError } from 'axios';
import { EGRESS_REFUSED, egressRefused } from '#libs/egress';
import { GatewayError, type ErrorKind } from '#libs/model';

export type NoAnswer = 'timeout' | 'connection' | 'unreachable' | 'cut' | 'too-large' | 'not-json' | 'redirect';

const KINDS: Readonly<Record<NoAnswer, ErrorKind>> = {
  timeout: 'remote-unavailable',
  connection: 'remote-unavailable',
  unreachable: 'remote-unavailable',
  cut: 'remote-invalid-response',
  'too-large': 'remote-invalid-response',
  'not-json': 'remote-invalid-response',
  redirect: 'remote-invalid-response',
};

const FINAL: readonly NoAnswer[] = ['too-large', 'redirect'];

/** No connection was made, so nothing was sent. */
const UNCONNECTED = ['ECONNREFUSED', 'ENOTFOUND', 'EAI_AGAIN', 'EHOSTUNREACH', 'ENETUNREACH'];

/** Why a call gave no usable answer. `repeatable`: the request only reads, so that it may be sent again. */
export function noAnswer(reason: NoAnswer, repeatable: boolean): GatewayError {
  const later = (repeatable && !FINAL.includes(reason)) || reason === 'unreachable';
  const applied = reason === 'unreachable' ? { applied: 'no' } : {};
  return new GatewayError(KINDS[reason], { retry: { when: later ? 'later' : 'never' }, context: { reason, ...applied } });
}

/** The run that the call was for has been stopped: its own reason where that is one of ours. */
export function cancelled(signal: AbortSignal): GatewayError {
  if (signal.reason instanceof GatewayError) return signal.reason;
  return new GatewayError('remote-unavailable', { retry: { when: 'later' }, context: { reason: 'cancelled' } });
}

/**
 * An axios error holds the request's headers, its address and the answer: only what kind of failure it was is taken from it, the error
 * itself is dropped, not even kept as a cause.
 */
export function fromAxios(error: unknown, repeatable: boolean): GatewayError {
  if (!isAxiosError(error)) return noAnswer('connection', repeatable);
  if (error.code === EGRESS_REFUSED) return egressRefused();
  if (error.response !== undefined) return noAnswer('cut', repeatable);
  if (error.code !== undefined && UNCONNECTED.includes(error.code)) return noAnswer('unreachable', repeatable);
  return noAnswer(error.code === 'ERR_BAD_RESPONSE' ? 'too-large' : 'connection', repeatable);
}
