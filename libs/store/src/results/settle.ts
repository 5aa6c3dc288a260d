import { noteEvent } from '../events/note.js';
import type { Transaction } from '../transaction.js';
import { nameOf, type ResultName } from './accept.js';
import { fenced, type ClaimedDelivery } from './claim.js';

/** The channels by which the ATS reads results itself, once told or of its own accord: they are kept for it. */
export const HELD: readonly string[] = ['reading', 'greenhouse-assessment'];

/** How an attempt ended. Ids and codes only. */
export type Settlement =
  | {
      readonly state: 'delivered';
      readonly integrationId: string;
      readonly channel: string;
      readonly remoteId: string | null;
    }
  | {
      readonly state: 'queued';
      readonly dueAt: Date;
      readonly error: string;
      readonly code: string | null;
      /** The attempt may have arrived all the same. */
      readonly inDoubt: boolean;
    }
  | { readonly state: 'parked'; readonly error: string; readonly code: string | null; readonly inDoubt: boolean }
  | { readonly state: 'rejected'; readonly error: string; readonly code: string | null };

/** Writes down how an attempt ended, unless the delivery is another's by now (false). What was delivered or refused for good is forgotten. */
export async function settleDelivery(tx: Transaction, delivery: ClaimedDelivery, settlement: Settlement, now: Date): Promise<boolean> {
  const settled = await (settlement.state === 'delivered'
    ? settleDelivered(tx, delivery, settlement, now)
    : settleFailed(tx, delivery, settlement, now));
  const isOver = settlement.state === 'rejected' || (settlement.state === 'delivered' && !HELD.includes(settlement.channel));
  if (settled && isOver) await forgetContent(tx, delivery);
  if (settled && (settlement.state === 'delivered' || settlement.state === 'parked')) await tell(tx, delivery, settlement.state, now);
  return settled;
}

type Delivered = Extract<Settlement, { state: 'delivered' }>;

async function settleDelivered(tx: Transaction, delivery: ClaimedDelivery, receipt: Delivered, now: Date): Promise<boolean> {
  const { where, values } = fenced(delivery);
  const { integrationId, channel, remoteId } = receipt;
  const settled = await tx.run(
    `update result_delivery set state = 'delivered', in_doubt = false, lease_until = null, last_error = null, last_code = null, delivered_at = $6,
       receipt_revision = revision, receipt_integration_id = $7, receipt_channel = $8, receipt_remote_id = $9, updated_at = $6
     where ${where}`,
    [...values, now.toISOString(), integrationId, channel, remoteId],
  );
  return settled === 1;
}

async function settleFailed(
  tx: Transaction,
  delivery: ClaimedDelivery,
  ended: Exclude<Settlement, Delivered>,
  now: Date,
): Promise<boolean> {
  const { where, values } = fenced(delivery);
  const inDoubt = ended.state !== 'rejected' && ended.inDoubt;
  const dueAt = ended.state === 'queued' ? ended.dueAt : now;
  const settled = await tx.run(
    `update result_delivery set state = $6, in_doubt = $7, due_at = $8, last_error = $9, last_code = $10, lease_until = null, updated_at = $11
     where ${where}`,
    [...values, ended.state, inDoubt, dueAt.toISOString(), ended.error, ended.code, now.toISOString()],
  );
  return settled === 1;
}

async function tell(
  tx: Transaction,
  { tenantId, applicationId, resultKey }: ResultName,
  kind: 'delivered' | 'parked',
  now: Date,
): Promise<void> {
  await noteEvent(tx, { tenantId, type: `result.${kind}`, recordId: applicationId, details: { resultKey }, now });
}

async function forgetContent(tx: Transaction, name: ResultName): Promise<void> {
  await tx.run('update result set content = null where tenant_id = $1 and application_id = $2 and result_key = $3', nameOf(name));
}

/** `retry`: a person has looked, and it is to be sent (again). `give-up`: it never will be. `delivered`: the person has seen it in the ATS. */
export type Decision = 'retry' | 'give-up' | 'delivered';

/** Carries out what a person decided about a parked result. False: it is not parked (any more). */
export async function decideParked(
  tx: Transaction,
  name: ResultName,
  decision: Decision,
  { now, giveUpAt }: { readonly now: Date; readonly giveUpAt: Date },
): Promise<boolean> {
  const state = { retry: 'queued', 'give-up': 'rejected', delivered: 'delivered' }[decision];
  const decided = await tx.run(
    `update result_delivery set state = $4, in_doubt = false, due_at = $5, give_up_at = $6, updated_at = $5,
       channel = case when $4 = 'delivered' then channel end,
       delivered_at = case when $4 = 'delivered' then $5::timestamptz else delivered_at end,
       receipt_revision = case when $4 = 'delivered' then revision else receipt_revision end,
       receipt_channel = case when $4 = 'delivered' then null else receipt_channel end,
       receipt_remote_id = case when $4 = 'delivered' then null else receipt_remote_id end
     where tenant_id = $1 and application_id = $2 and result_key = $3 and state = 'parked'`,
    [...nameOf(name), state, now.toISOString(), giveUpAt.toISOString()],
  );
  if (decided === 1 && decision !== 'retry') await forgetContent(tx, name);
  if (decided === 1 && decision === 'delivered') await tell(tx, name, 'delivered', now);
  return decided === 1;
}
