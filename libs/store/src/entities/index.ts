export * from './consent.js';
export * from './integration.js';
export * from './records.js';
export * from './sync.js';
export * from './tenant.js';
