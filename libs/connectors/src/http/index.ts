export { createHttpClient, type Around, type HttpClientOptions, type HttpLimits } from './client.js';
export type { Admit } from './attempt.js';
export { exchange, type RateMessage, type RateReply } from './rate/exchange.js';
export { paceOf, type Pace, type PacedLimit } from './rate/pace.js';
export { Pacer, type PacerOptions, type RateWait } from './rate/pacer.js';
export type { RateState } from './rate/state.js';
export { processTiming, type Timing } from './rate/timing.js';
