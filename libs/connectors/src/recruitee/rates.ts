import type { RateLimit } from '../contract/rate.js';

/** The name by which `judge` says which limit a call was too much for. */
export const REQUESTS = 'requests';

/**
 * Our own: Recruitee publishes no limits (nothing found as of 2026), so these are what we take to be careful. A 429 of the vendor's holds the calls
 * back besides.
 */
export const RATES: readonly RateLimit[] = [
  { name: REQUESTS, kind: 'token-bucket', scope: 'integration', counts: 'requests', most: 10, perSecond: 5 },
];
