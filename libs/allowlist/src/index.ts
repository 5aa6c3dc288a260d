export * from './allow-result.js';
export { allow, type Allowed } from './allow.js';
