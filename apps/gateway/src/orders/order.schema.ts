import { ORDER_STATES } from '#libs/model';
import { component, list, object, oneOf, text, textOrNull, time, uuid, uuidOrNull } from '../http/openapi-schema.js';

export const ORDER = component(
  'Order',
  object({
    id: uuid,
    remoteId: { ...text, description: 'What the source calls it.' },
    packageId: text,
    state: oneOf(ORDER_STATES),
    applicationId: { ...uuidOrNull, description: 'Null until the application has been read.' },
    candidateId: uuidOrNull,
    jobId: uuidOrNull,
    receivedAt: time,
    changedAt: time,
  }),
);

export const ORDERS = object({ data: list(ORDER), nextCursor: textOrNull });
