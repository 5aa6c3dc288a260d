import { defineEntity, p } from '@mikro-orm/core';
import type { Resource } from '#libs/model';

const time = () => p.datetime().columnType('timestamptz');

/** A webhook that was taken in: its source's own id, so that the same one counts once, whenever it comes again. Nothing of its body. */
export const Webhook = defineEntity({
  name: 'Webhook',
  tableName: 'webhook',
  properties: {
    tenantId: p.uuid().primary(),
    integrationId: p.uuid().primary(),
    id: p.text().primary(),
    type: p.text(),
    receivedAt: time(),
  },
});

/** What webhooks have announced of an integration and no run was asked for yet (`pending`), and what they should have announced (`missed`). */
export const SyncNotice = defineEntity({
  name: 'SyncNotice',
  tableName: 'sync_notice',
  properties: {
    tenantId: p.uuid().primary(),
    integrationId: p.uuid().primary(),
    resources: p.array().$type<Resource[]>(),
    pending: p.boolean(),
    firstAt: time(),
    lastAt: time(),
    dueAt: time(),
    /** When a run was last asked for because of a notice. */
    dispatchedAt: time().nullable(),
    /** A poll found changes that nothing had announced; it counts as missed unless a webhook follows soon. */
    unannouncedAt: time().nullable(),
    missed: p.integer(),
  },
});
