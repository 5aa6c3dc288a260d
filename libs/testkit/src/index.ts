export { CANARY, containsCanary } from './canary.js';
export { CanaryFamily, type Disguise } from './canary-family.js';
export { TestClock } from './clock.js';
export { createDatabase, type TestDatabase } from './database.js';
