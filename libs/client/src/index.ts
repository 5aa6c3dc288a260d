export { createClient, GatewayClient, type ClientOptions } from './client.js';
export { verifyDelivery, type Delivery } from './deliveries.js';
export type { PolledEvent, PollOptions } from './events.js';
export { GatewayProblem } from './problem.js';
export type { RetryOptions } from './retrying.js';
export type { CallOptions } from './transport.js';
export type * from './generated/types.gen.js';
