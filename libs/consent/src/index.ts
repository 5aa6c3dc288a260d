export { isGrant, type Grant, type GrantContent, type JobScope, type Purpose } from './grant.js';
