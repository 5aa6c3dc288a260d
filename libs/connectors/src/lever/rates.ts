import type { RateLimit } from '../contract/rate.js';

/** The name by which `judge` says which limit a call was too much for. */
export const REQUESTS = 'requests';

/** A token bucket per key: 10 requests a second, bursts of up to 20; no header tells how it stands (Lever Data API documentation, 2026). */
export const RATES: readonly RateLimit[] = [
  { name: REQUESTS, kind: 'token-bucket', scope: 'integration', counts: 'requests', most: 20, perSecond: 10 },
];
