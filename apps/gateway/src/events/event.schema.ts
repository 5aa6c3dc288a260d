import type { SchemaObject } from '@nestjs/swagger';
import { RESOURCES } from '#libs/model';
import { NOTED_EVENT_TYPES } from '#libs/store';
import { component, list, object, oneOf, text, time, uuid } from '../http/openapi-schema.js';

/** Every type of event there is. */
export const EVENT_TYPES: readonly string[] = [
  ...RESOURCES.flatMap((resource) => ['created', 'updated', 'deleted'].map((kind) => `${resource}.${kind}`)),
  ...NOTED_EVENT_TYPES,
];

const EVENT_OBJECT: SchemaObject = {
  ...object(
    {
      id: { ...text, pattern: '^evt_\\d+$', description: 'The same in the feed, in each delivery (`webhook-id`) and after a replay.' },
      type: oneOf(EVENT_TYPES),
      tenantId: uuid,
      recordId: { ...uuid, description: 'Of the record, order, application, integration, sync run or tenant that it is about.' },
      fields: { ...list(text), description: 'Names of the fields that changed.' },
      at: time,
    },
    'Ids and names, no values. Some types carry further ids: `formerStageId` and `stageId` where an application has moved, `resultKey`, `integrationId` …',
  ),
  additionalProperties: { type: ['string', 'null'] },
};

export const EVENT = component('Event', EVENT_OBJECT);

export const EVENTS = object({
  data: list(EVENT),
  nextCursor: { ...text, description: 'Always there: where the feed goes on once there is more.' },
});
