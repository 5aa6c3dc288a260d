import { object, oneOf } from './openapi-schema.js';

export const LIVE = object({ status: oneOf(['ok']) });
export const READY = object({
  status: oneOf(['ok', 'unavailable']),
  database: oneOf(['up', 'down']),
  migrations: oneOf(['current', 'unknown']),
});
