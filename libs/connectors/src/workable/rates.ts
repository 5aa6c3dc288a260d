import type { RateLimit } from '../contract/rate.js';

/** The name by which `judge` says which limit a call was too much for. */
export const REQUESTS = 'requests';

/**
 * 10 requests in 10 s for each token (Workable API reference, as production clients keep it, 2026). Whether `X-Rate-Limit-Reset` is a time of day
 * or the seconds left is nowhere written, so the headers are not used.
 */
export const RATES: readonly RateLimit[] = [
  { name: REQUESTS, kind: 'fixed-window', scope: 'integration', counts: 'requests', most: 10, windowMs: 10_000, headers: null },
];
