export { removeAbandonedDatabase } from './abandoned.js';
export { startEmbeddedDatabase, type EmbeddedDatabase, type EmbeddedDatabaseOptions } from './start.js';
