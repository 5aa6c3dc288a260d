import type { RateLimit } from '../contract/rate.js';

/** The names by which `judge` says which limit a call was too much for. */
export const REQUESTS = 'requests';
export const ACTIONS = 'actions';

/**
 * Kombo's limits. Requests: 300 a minute are the sample values of the headers in Kombo's guide to rate limits; that the window is a minute is
 * read from the sample, that the API key is what is counted is our assumption, as no document says. Actions: all calls that reach the ATS
 * itself, which are the writes; 30 at once and integration, enforced since 2026-03-20 (Kombo's guide to rate limits).
 */
export const RATES: readonly RateLimit[] = [
  {
    name: REQUESTS,
    kind: 'fixed-window',
    scope: 'platform-key',
    counts: 'requests',
    most: 300,
    windowMs: 60_000,
    headers: { limit: 'ratelimit-limit', remaining: 'ratelimit-remaining', reset: 'ratelimit-reset' },
  },
  { name: ACTIONS, kind: 'concurrency', scope: 'integration', counts: 'writes', most: 30 },
];
