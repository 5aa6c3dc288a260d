export * from './canary.js';
export { TestClock } from './clock.js';
export { createDatabase, type TestDatabase } from './database.js';
