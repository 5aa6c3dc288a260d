import { component, list, object, text, time, uuid } from '../http/openapi-schema.js';

export const WEBHOOK_ANSWER = object({ status: text });

export const WEBHOOKS = object({
  data: list(
    component(
      'Webhook',
      object({
        tenantId: uuid,
        integrationId: uuid,
        id: { ...text, description: 'The source’s own.' },
        type: text,
        receivedAt: time,
      }),
    ),
  ),
});
