export { allow, type Allowed, isAllowed } from './allow.js';
