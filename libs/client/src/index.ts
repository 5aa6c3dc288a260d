export { createClient, GatewayClient, type ClientOptions } from './client.js';
export { verifyDelivery, WebhookVerificationError, type Delivery } from './deliveries.js';
export type { PolledEvent, PollOptions } from './events.js';
export { GatewayProblem, type ProblemCode } from './problem.js';
export type { RetryOptions } from './retrying.js';
export type { Answer, Given, Item, ListName, OperationName, Page } from './operations.js';
export type { CallOptions } from './transport.js';
export type * from './generated/types.gen.js';
