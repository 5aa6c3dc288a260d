import type { Call } from '../contract/call.js';
import { callWith } from '../http/call.for-spec.js';

export const API_KEY = 'api-key-canary';

/** A call to a source on this machine. */
export const callTo = (baseUrl: string): Call => callWith(baseUrl, { credentials: { apiKey: API_KEY } });

export { grantToRead } from '../acceptance/grants.js';
