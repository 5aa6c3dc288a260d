export * from './egress.js';
export * from './public-egress.js';
export * from './retry-after.js';
