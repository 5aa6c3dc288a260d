import { GatewayError } from '#libs/model';
import type { Call } from '../contract/call.js';
import type { CheckOutcome } from '../contract/connector.js';
import { NATIVE_CONDITIONS } from '../contract/native-conditions.js';
import { pageIn, read } from './client.js';

/** Asks for one vacancy, which names nobody: whether the key is taken and may read jobs. Whether it may read candidates is not told by that. */
export async function check(call: Call): Promise<CheckOutcome> {
  try {
    pageIn(await read(call, 'jobs', { limit: '1' }), Number.POSITIVE_INFINITY, undefined);
    return { code: 'CONNECTED', drift: null };
  } catch (error) {
    const code = error instanceof GatewayError ? error.context['code'] : undefined;
    if (typeof code === 'string' && Object.hasOwn(NATIVE_CONDITIONS, code)) return { code, drift: null };
    throw error;
  }
}
