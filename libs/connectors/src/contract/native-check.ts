import { GatewayError } from '#libs/model';
import type { Call } from './call.js';
import type { CheckOutcome } from './connector.js';
import { NATIVE_CONDITIONS } from './native-conditions.js';

/**
 * A check that asks for something without a person in it: connected where that works. A refusal that is one of the conditions is what was
 * found; anything else is thrown on.
 */
export function checkedBy(ask: (call: Call) => Promise<void>, conditions: ReadonlySet<string> = NATIVE) {
  return async (call: Call): Promise<CheckOutcome> => {
    try {
      await ask(call);
      return { code: 'CONNECTED', drift: null };
    } catch (error) {
      const code = error instanceof GatewayError ? error.context['code'] : undefined;
      if (typeof code === 'string' && conditions.has(code)) return { code, drift: null };
      throw error;
    }
  };
}

const NATIVE: ReadonlySet<string> = new Set(Object.keys(NATIVE_CONDITIONS));
