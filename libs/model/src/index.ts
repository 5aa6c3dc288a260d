export * from './clock.js';
export * from './cursor.js';
export * from './errors.js';
export * from './fields.js';
export * from './integration-state.js';
export * from './remote-record.js';
export * from './resources.js';
export * from './uuid.js';
