export { allow, type Allowed } from './allow.js';
