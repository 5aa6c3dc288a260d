import { defineEntity, p } from '@mikro-orm/core';

/** One entry of a tenant's ledger: appended, never changed (the application has no right to). */
export const ConsentEntry = defineEntity({
  name: 'ConsentEntry',
  tableName: 'consent_entry',
  properties: {
    tenantId: p.uuid().primary(),
    seq: p.integer().primary(),
    recordedAt: p.datetime().columnType('timestamptz'),
    recordedBy: p.text(),
    content: p.json<object>(),
    previousHash: p.text().nullable(),
    hash: p.text(),
  },
});

/** The gate that every writing transaction locks: the ledger's decision as it stood at the last change. */
export const ConsentGate = defineEntity({
  name: 'ConsentGate',
  tableName: 'consent_gate',
  properties: {
    tenantId: p.uuid().primary(),
    open: p.boolean(),
    epoch: p.bigint('string'),
    nextChangeAt: p.datetime().columnType('timestamptz').nullable(),
    decision: p.json<object>(),
  },
});
