import type { Call } from '../contract/call.js';
import { callWith } from '../http/call.for-spec.js';

export const API_KEY = 'api-key-canary';

/** A call to a source on this machine. */
export const callTo = (baseUrl: string, settings: Call['settings'] = {}): Call =>
  callWith(baseUrl, { settings, credentials: { apiKey: API_KEY } });

export { grantToRead } from '../acceptance/grants.js';
