import type { RateLimit } from '../contract/rate.js';

/** The name by which `judge` says which limit a call was too much for. */
export const REQUESTS = 'requests';

/**
 * 50 requests in 10 s: widely cited, in no document of Teamtailor's that is at hand. The headers tell the real number and the seconds left
 * (Teamtailor API documentation, 2021-02; headers as working clients read them, 2025).
 */
export const RATES: readonly RateLimit[] = [
  {
    name: REQUESTS,
    kind: 'fixed-window',
    scope: 'integration',
    counts: 'requests',
    most: 50,
    windowMs: 10_000,
    headers: { limit: 'x-rate-limit-limit', remaining: 'x-rate-limit-remaining', reset: 'x-rate-limit-reset' },
  },
];
