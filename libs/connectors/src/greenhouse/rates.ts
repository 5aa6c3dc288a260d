import type { RateLimit } from '../contract/rate.js';

/** The name by which `judge` says which limit a call was too much for. */
export const REQUESTS = 'requests';

/**
 * A fixed window of 30 s. 75 requests are the guide's example; what a credential really has stands in the headers (Harvest v3 guide to list
 * endpoints, 2026). `X-RateLimit-Reset` is a time of day, not the seconds left, so it is not used; `Retry-After` tells after a 429.
 */
export const RATES: readonly RateLimit[] = [
  { name: REQUESTS, kind: 'fixed-window', scope: 'integration', counts: 'requests', most: 75, windowMs: 30_000, headers: null },
];
