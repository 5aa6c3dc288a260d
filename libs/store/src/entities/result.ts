import { defineEntity, p } from '@mikro-orm/core';
import type { ResultContent, ResultState } from '#libs/model';

const time = () => p.datetime().columnType('timestamptz');

/** What is to be shown in the ATS. The content is kept until it was delivered or refused for good. */
export const Result = defineEntity({
  name: 'Result',
  tableName: 'result',
  properties: {
    tenantId: p.uuid().primary(),
    applicationId: p.uuid().primary(),
    resultKey: p.text().primary(),
    revision: p.integer(),
    content: p.json<ResultContent>().nullable(),
    contentHash: p.text(),
    acceptedAt: time(),
  },
});

/** The outbox: how the delivery of a result stands. Ids and codes only. */
export const ResultDelivery = defineEntity({
  name: 'ResultDelivery',
  tableName: 'result_delivery',
  properties: {
    tenantId: p.uuid().primary(),
    id: p.uuid(),
    applicationId: p.uuid().primary(),
    resultKey: p.text().primary(),
    revision: p.integer(),
    state: p.text().$type<ResultState>(),
    /** Counts up for ever: with the revision it is the fence of whoever delivers. */
    attempts: p.integer(),
    dueAt: time(),
    giveUpAt: time(),
    leaseUntil: time().nullable(),
    /** By which the last attempt was made. */
    channel: p.text().nullable(),
    /** An attempt was begun and nobody knows how it ended. */
    inDoubt: p.boolean(),
    lastError: p.text().nullable(),
    lastCode: p.text().nullable(),
    deliveredAt: time().nullable(),
    /** What stands in the ATS: of which revision, by which integration and channel, and what the ATS calls it. */
    receiptRevision: p.integer().nullable(),
    receiptIntegrationId: p.uuid().nullable(),
    receiptChannel: p.text().nullable(),
    receiptRemoteId: p.text().nullable(),
    updatedAt: time(),
  },
});
