import type { Call } from '../contract/call.js';
import type { HttpClientOptions } from '../http/client.js';
import { clientTo } from '../http/source.for-spec.js';

export const INTEGRATION_ID = 'sandbox:7C9M5sXAQx2cNMpVHLojrFpL';
export const API_KEY = 'platform-key-canary';

/** A call to a source on this machine. */
export function callTo(baseUrl: string, options: Partial<HttpClientOptions> = {}): Call {
  return {
    settings: { komboIntegrationId: INTEGRATION_ID },
    credentials: {},
    platformKey: API_KEY,
    accessToken: () => Promise.reject(new Error('this source has no OAuth')),
    http: clientTo(baseUrl, options).client,
    signal: new AbortController().signal,
  };
}
