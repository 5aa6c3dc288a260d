export * from './contract/call.js';
export * from './contract/connector.js';
