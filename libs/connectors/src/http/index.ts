export { createHttpClient, type HttpClientOptions, type HttpLimits } from './client.js';
export type { Admit } from './attempt.js';
