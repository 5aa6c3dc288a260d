import { defineEntity, p, type InferEntity } from '@mikro-orm/core';

const time = () => p.datetime().columnType('timestamptz');

/** A key of an ATS that sends its records itself. Only its hash is kept. */
export const PartnerKey = defineEntity({
  name: 'PartnerKey',
  tableName: 'partner_key',
  properties: {
    tenantId: p.uuid().primary(),
    id: p.uuid().primary(),
    integrationId: p.uuid(),
    secretHash: p.text(),
    createdAt: time(),
    createdBy: p.text(),
    revokedAt: time().nullable(),
  },
});

export type PartnerKeyRow = InferEntity<typeof PartnerKey>;
