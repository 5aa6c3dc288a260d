export * from './consent.js';
export * from './integration.js';
export * from './rate.js';
export * from './oauth.js';
export * from './records.js';
export * from './sync.js';
export * from './tenant.js';
export * from './webhook.js';
