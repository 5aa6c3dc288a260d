import { v7 as uuidv7 } from 'uuid';
import type { OrderState } from '#libs/model';
import { noteEvent } from '../events/note.js';
import type { Transaction } from '../transaction.js';

interface Link {
  readonly tenantId: string;
  readonly integrationId: string;
}

/** An order as its source tells of it: ids alone. */
export interface ReceivedOrder {
  readonly externalId: string;
  readonly packageId: string;
  /** What the ATS calls the application; null where it does not say. */
  readonly applicationRemoteId: string | null;
  readonly candidateRemoteId: string | null;
}

/** Our id of the order, and whether it is a new one. One that is known stays as it is. */
export async function receiveOrder(
  tx: Transaction,
  { tenantId, integrationId }: Link,
  order: ReceivedOrder,
  now: Date,
): Promise<{ readonly id: string; readonly created: boolean }> {
  const id = uuidv7();
  const { externalId, packageId, applicationRemoteId, candidateRemoteId } = order;
  const created = await tx.run(
    `insert into assessment_order (tenant_id, id, integration_id, external_id, package_id, state, application_remote_id, candidate_remote_id,
       received_at, changed_at)
     values ($1, $2, $3, $4, $5, 'received', $6, $7, $8, $8) on conflict (tenant_id, integration_id, external_id) do nothing`,
    [tenantId, id, integrationId, externalId, packageId, applicationRemoteId, candidateRemoteId, now.toISOString()],
  );
  if (created === 1) {
    await noteEvent(tx, { tenantId, type: 'order.received', recordId: id, details: { integrationId }, now });
    return { id, created: true };
  }
  const [known] = await tx.rows<{ id: string }>(
    'select id from assessment_order where tenant_id = $1 and integration_id = $2 and external_id = $3',
    [tenantId, integrationId, externalId],
  );
  return { id: known?.id ?? id, created: false };
}

/**
 * Joins an open order to the application that it names, where that has been read and is of the same person (by the address, where both are known).
 * False: not (yet), or joined before.
 */
export async function matchOrder(
  tx: Transaction,
  { tenantId, integrationId }: Link,
  { externalId, email }: { readonly externalId: string; readonly email: string | null },
  now: Date,
): Promise<boolean> {
  const matched = await tx.run(
    `update assessment_order o set application_id = a.id, candidate_id = a.candidate_id, job_id = a.job_id, changed_at = $3
     from identity i join application a on a.tenant_id = i.tenant_id and a.id = i.id and a.deleted_at is null
       left join candidate c on c.tenant_id = a.tenant_id and c.id = a.candidate_id
     where o.tenant_id = $1 and o.integration_id = $2 and o.external_id = $4 and o.application_id is null and o.state in ('received', 'started')
       and i.tenant_id = $1 and i.integration_id = $2 and i.resource = 'application' and i.remote_id = o.application_remote_id
       and ($5::text is null or c.email is null or lower(c.email) = lower($5))`,
    [tenantId, integrationId, now.toISOString(), externalId, email],
  );
  return matched > 0;
}

/** What follows on which state. */
const FROM: Readonly<Record<OrderState, readonly OrderState[]>> = {
  received: [],
  started: ['received'],
  // A result that has arrived completes it, whatever a poll has made of its absence meanwhile.
  completed: ['received', 'started', 'cancelled'],
  cancelled: ['received', 'started'],
  expired: ['received', 'started'],
};

/** Moves an order on. False: it is not in a state from which it could. */
export async function moveOrder(tx: Transaction, tenantId: string, id: string, state: OrderState, now: Date): Promise<boolean> {
  const moved = await tx.run(
    'update assessment_order set state = $3, changed_at = $4 where tenant_id = $1 and id = $2 and state = any($5)',
    [tenantId, id, state, now.toISOString(), FROM[state]],
  );
  if (moved === 1 && state === 'cancelled') await noteEvent(tx, { tenantId, type: 'order.cancelled', recordId: id, now });
  return moved === 1;
}

/** The order by which the application came, the newest that is open; null where there is none. */
export async function openOrderOf(
  tx: Transaction,
  { tenantId, integrationId }: Link,
  applicationId: string,
): Promise<{ readonly id: string; readonly externalId: string } | null> {
  const [row] = await tx.rows<{ id: string; externalId: string }>(
    `select id, external_id as "externalId" from assessment_order
     where tenant_id = $1 and integration_id = $2 and application_id = $3 and state in ('received', 'started') order by received_at desc, id desc limit 1`,
    [tenantId, integrationId, applicationId],
  );
  return row ?? null;
}

/** Of the integration's orders that came before, those that are open here and that the source does not name any more. */
export async function openOrdersExcept(
  tx: Transaction,
  { tenantId, integrationId }: Link,
  { named, before }: { readonly named: readonly string[]; readonly before: Date },
): Promise<readonly string[]> {
  const rows = await tx.rows<{ id: string }>(
    `select id from assessment_order where tenant_id = $1 and integration_id = $2 and state in ('received', 'started') and external_id <> all($3) and received_at < $4`,
    [tenantId, integrationId, named, before.toISOString()],
  );
  return rows.map(({ id }) => id);
}
