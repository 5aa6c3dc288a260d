export * from './contract/call.js';
export * from './contract/connector.js';
export * from './http/index.js';
export * from './registry.js';
