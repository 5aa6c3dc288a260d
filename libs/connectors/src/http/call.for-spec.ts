import type { Call } from '../contract/call.js';
import type { HttpClientOptions } from './client.js';
import { clientTo } from './source.for-spec.js';

/** A call to a source on this machine, with what a tenant has entered; without OAuth unless told otherwise. */
export function callWith(baseUrl: string, changes: Partial<Call> = {}, options: Partial<HttpClientOptions> = {}): Call {
  return {
    settings: {},
    credentials: {},
    platformKey: null,
    accessToken: () => Promise.reject(new Error('this source has no OAuth')),
    http: clientTo(baseUrl, options).client,
    signal: new AbortController().signal,
    ...changes,
  };
}
