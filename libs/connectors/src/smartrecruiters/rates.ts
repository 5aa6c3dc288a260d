import type { RateLimit } from '../contract/rate.js';

/** The name by which `judge` says which limit a call was too much for. */
export const REQUESTS = 'requests';

/**
 * SmartRecruiters' limits: 10 requests a second for each credential; 8 at once, of which 1 may be `GET /candidates` (developers.smartrecruiters.com,
 * guide to rate limits, by a third party's account of it, 2026; uncertain). What is counted at once here is every request of an integration, so
 * the strictest of the two holds for all: applications and candidates are most of what is read. The vendor's headers tell what is left and not
 * when that ends, so they are not read.
 */
export const RATES: readonly RateLimit[] = [
  { name: REQUESTS, kind: 'token-bucket', scope: 'integration', counts: 'requests', most: 10, perSecond: 10 },
  { name: 'at-once', kind: 'concurrency', scope: 'integration', counts: 'requests', most: 1 },
];
