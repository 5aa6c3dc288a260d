export { createHttpClient, DEFAULT_LIMITS, type HttpClientOptions, type HttpLimits } from './client.js';
export type { Admit } from './attempt.js';
export { parseRetryAfter } from './retry.js';
