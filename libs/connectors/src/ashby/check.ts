import { GatewayError } from '#libs/model';
import type { Call } from '../contract/call.js';
import type { CheckOutcome } from '../contract/connector.js';
import { NATIVE_CONDITIONS } from '../contract/native-conditions.js';
import { readPage } from './client.js';

/**
 * Asks for the interview plans, which name nobody: whether the key is taken and has `interviewsRead`. Whether it has the other rights only a read
 * tells: Ashby's lists of jobs, users and candidates cannot be asked for without the people in them (Ashby OpenAPI, 2026-08).
 */
export async function check(call: Call): Promise<CheckOutcome> {
  try {
    await readPage(call, 'interviewPlan.list', {});
    return { code: 'CONNECTED', drift: null };
  } catch (error) {
    const code = error instanceof GatewayError ? error.context['code'] : undefined;
    if (typeof code === 'string' && Object.hasOwn(NATIVE_CONDITIONS, code)) return { code, drift: null };
    throw error;
  }
}
