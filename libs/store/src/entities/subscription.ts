import { defineEntity, p } from '@mikro-orm/core';
import type { FeedPosition } from '../events/feed.js';

const time = () => p.datetime().columnType('timestamptz');

export type DisabledReason = 'gone' | 'failing-too-long';

/** Who is told of which events, and how far. Of no tenant: a caller's, who may be told of several tenants' events. */
export const Subscription = defineEntity({
  name: 'Subscription',
  tableName: 'subscription',
  properties: {
    id: p.uuid().primary(),
    url: p.text(),
    types: p.array(),
    /** Null: every tenant. */
    tenants: p.array().columnType('uuid[]').nullable(),
    stageName: p.text().nullable(),
    description: p.text().nullable(),
    createdBy: p.text(),
    createdAt: time(),
    /** Sealed, as is the former one, which signs beside it for a while. */
    secret: p.blob(),
    formerSecret: p.blob().nullable(),
    formerUntil: time().nullable(),
    position: p.json<FeedPosition>(),
    /** What was delivered beyond the position, past an event that could not be. */
    ahead: p.array(),
    /** Counts up with every worker and every change by a caller: whoever comes later has another. */
    fence: p.integer(),
    leaseUntil: time().nullable(),
    dueAt: time(),
    failures: p.integer(),
    failingSince: time().nullable(),
    lastError: p.text().nullable(),
    lastStatus: p.integer().nullable(),
    lastDeliveredAt: time().nullable(),
    disabledReason: p.text().$type<DisabledReason>().nullable(),
    attempts: p.bigint('string'),
  },
});

/** The latest attempts of a subscription, in a ring of slots. Ids and codes only. */
export const SubscriptionDelivery = defineEntity({
  name: 'SubscriptionDelivery',
  tableName: 'subscription_delivery',
  properties: {
    subscriptionId: p.uuid().primary(),
    slot: p.integer().primary(),
    number: p.bigint('string'),
    eventId: p.text(),
    type: p.text(),
    attempt: p.integer(),
    state: p.text().$type<'delivered' | 'failed'>(),
    status: p.integer().nullable(),
    error: p.text().nullable(),
    durationMs: p.integer(),
    at: time(),
  },
});
