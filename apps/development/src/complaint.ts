import { types } from 'node:util';
import { GatewayError } from '#libs/model';

/** What a person reads when it does not work: one line that says what to do, without our names for kinds of errors. */
export function complaintOf(error: unknown): string {
  if (error instanceof GatewayError) return error.detail ?? error.message;
  return types.isNativeError(error) ? (error.stack ?? error.message) : 'an unknown error';
}
