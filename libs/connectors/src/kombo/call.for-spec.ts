import type { Call } from '../contract/call.js';
import { callWith } from '../http/call.for-spec.js';
import type { HttpClientOptions } from '../http/client.js';

export const INTEGRATION_ID = 'sandbox:7C9M5sXAQx2cNMpVHLojrFpL';
export const API_KEY = 'platform-key-canary';

/** A call to a source on this machine. */
export const callTo = (baseUrl: string, options: Partial<HttpClientOptions> = {}): Call =>
  callWith(baseUrl, { settings: { komboIntegrationId: INTEGRATION_ID }, platformKey: API_KEY }, options);
