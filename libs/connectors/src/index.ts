export * from './contract/call.js';
export * from './contract/connector.js';
export * from './contract/rate.js';
export * from './contract/links.js';
export * from './contract/oauth.js';
export * from './contract/webhooks.js';
export * from './http/index.js';
export * from './registry.js';
