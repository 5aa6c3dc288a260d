import { fieldNamesOf, INTEGRATION_STATES, INTEGRATION_TYPES, RESOURCES } from '#libs/model';
import { component, list, mapOf, object, oneOf, orNull, text, textOrNull, time, uuid } from '../http/openapi-schema.js';

const tenant = {
  id: { ...uuid, description: 'The caller’s own.' },
  name: text,
  createdAt: time,
  integration: {
    ...orNull(object({ id: uuid, type: oneOf(INTEGRATION_TYPES), ats: text, state: oneOf(INTEGRATION_STATES) })),
    description: 'The active one.',
  },
};

export const POLICY = component(
  'Policy',
  object({
    hiddenFields: mapOf(list(text)),
    jobScope: orNull(object({ stageNameContains: text })),
    retentionDays: { type: ['integer', 'null'] },
  }),
);
export const TENANT = component('Tenant', object(tenant));
export const TENANT_WITH_POLICY = component('TenantWithPolicy', object({ ...tenant, policy: POLICY }));
export const TENANTS = object({ data: list(TENANT), nextCursor: textOrNull });

/** Per resource, the fields that can be hidden. */
export const HIDDEN_FIELDS = {
  type: 'object',
  properties: Object.fromEntries(RESOURCES.map((resource) => [resource, { type: 'array', items: oneOf(fieldNamesOf(resource)) } as const])),
  additionalProperties: false,
} as const;
