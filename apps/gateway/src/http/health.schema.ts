import { object, oneOf, orNull, truth } from './openapi-schema.js';

export const LIVE = object({ status: oneOf(['ok']) });
export const READY = object({
  status: oneOf(['ok', 'unavailable']),
  database: oneOf(['writable', 'read-only', 'down']),
  migrations: oneOf(['current', 'missing', 'unknown']),
  queue: { ...orNull(oneOf(['claiming', 'stalled'])), description: 'Null in a process without the role worker.' },
  scheduler: { ...orNull(oneOf(['ticking', 'stalled'])), description: 'Null in a process without the role scheduler.' },
  stopping: truth,
});
