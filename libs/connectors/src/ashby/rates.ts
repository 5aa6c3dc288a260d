import type { RateLimit } from '../contract/rate.js';

/** The name by which `judge` says which limit a call was too much for. */
export const REQUESTS = 'requests';

/**
 * Ashby documents that there is a limit and a 429, and neither its number nor headers of it (OpenAPI, 2026-08). 1,000 requests a minute and key
 * is what clients of the API commonly state: uncertain, as of 2026. No setting: a 429 makes us wait whatever the number is.
 */
export const RATES: readonly RateLimit[] = [
  { name: REQUESTS, kind: 'fixed-window', scope: 'integration', counts: 'requests', most: 1_000, windowMs: 60_000, headers: null },
];
