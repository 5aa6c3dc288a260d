import type { Call } from '../contract/call.js';
import { callWith } from '../http/call.for-spec.js';

export const API_TOKEN = 'api-token-canary';

/** A call to a source on this machine. */
export const callTo = (baseUrl: string): Call =>
  callWith(baseUrl, { settings: { companyId: 'acme' }, credentials: { apiToken: API_TOKEN } });

export { grantToRead } from '../acceptance/grants.js';
