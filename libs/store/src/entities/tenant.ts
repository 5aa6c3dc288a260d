import { defineEntity, p } from '@mikro-orm/core';

/** A customer of Alva. Its id is the caller's own. */
export const Tenant = defineEntity({
  name: 'Tenant',
  tableName: 'tenant',
  properties: { id: p.uuid().primary(), name: p.text(), createdAt: p.datetime().columnType('timestamptz') },
});

/** A tenant's data key, wrapped by the environment's. */
export const TenantKey = defineEntity({
  name: 'TenantKey',
  tableName: 'tenant_key',
  properties: { tenantId: p.uuid().primary(), version: p.integer().primary(), wrappedKey: p.blob() },
});

/** How a tenant narrows what enters: it can hide, never add. */
export const TenantPolicy = defineEntity({
  name: 'TenantPolicy',
  tableName: 'tenant_policy',
  properties: {
    tenantId: p.uuid().primary(),
    hiddenFields: p.json<Record<string, string[]>>(),
    jobStageContains: p.text().nullable(),
    retentionDays: p.integer().nullable(),
    updatedAt: p.datetime().columnType('timestamptz'),
  },
});
