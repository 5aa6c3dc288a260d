import { defineEntity, p } from '@mikro-orm/core';
import type { OrderState } from '#libs/model';

const time = () => p.datetime().columnType('timestamptz');

/** When an integration's orders are looked for next, and what could be ordered there when it was last told. */
export const OrderPoll = defineEntity({
  name: 'OrderPoll',
  tableName: 'order_poll',
  properties: {
    tenantId: p.uuid().primary(),
    integrationId: p.uuid().primary(),
    dueAt: time(),
    publishedHash: p.text().nullable(),
  },
});

/** An assessment that was ordered in an ATS. The person is the candidate’s record: nothing of them is kept here. */
export const AssessmentOrder = defineEntity({
  name: 'AssessmentOrder',
  tableName: 'assessment_order',
  properties: {
    tenantId: p.uuid().primary(),
    id: p.uuid().primary(),
    integrationId: p.uuid(),
    /** What the source calls the order. */
    externalId: p.text(),
    packageId: p.text(),
    state: p.text().$type<OrderState>(),
    /** Null until the record that the order names has been read. */
    applicationId: p.uuid().nullable(),
    candidateId: p.uuid().nullable(),
    jobId: p.uuid().nullable(),
    applicationRemoteId: p.text().nullable(),
    candidateRemoteId: p.text().nullable(),
    receivedAt: time(),
    changedAt: time(),
  },
});
