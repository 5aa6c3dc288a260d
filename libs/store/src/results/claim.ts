import type { ResultContent } from '#libs/model';
import type { Transaction } from '../transaction.js';
import { nameOf, type ResultName } from './accept.js';

/** A delivery that one worker has taken up. `revision` and `attempt` are its fence: whoever comes later has another. */
export interface ClaimedDelivery extends ResultName {
  readonly revision: number;
  readonly attempt: number;
  /** By which an earlier attempt was made whose end nobody knows (`inDoubt`); else null. */
  readonly channel: string | null;
  readonly inDoubt: boolean;
  /** RFC 3339, UTC. */
  readonly giveUpAt: string;
}

interface Looking {
  readonly now: Date;
  readonly leaseUntil: Date;
  /** Tenants whose turn it is not: their deliveries at work here are as many as they may be. */
  readonly except: readonly string[];
}

/** Takes up the delivery that has been due the longest, or that was left by a worker that lives no more; null where there is none. */
export async function claimDelivery(tx: Transaction, { now, leaseUntil, except }: Looking): Promise<ClaimedDelivery | null> {
  const [row] = await tx.rows<ClaimedDelivery>(
    `with due as (
       select tenant_id, application_id, result_key from result_delivery
       where ((state = 'queued' and due_at <= $1) or (state = 'delivering' and lease_until <= $1)) and tenant_id <> all($3::uuid[])
       order by due_at limit 1 for update skip locked
     )
     update result_delivery d set state = 'delivering', attempts = d.attempts + 1, lease_until = $2, updated_at = $1 from due
     where d.tenant_id = due.tenant_id and d.application_id = due.application_id and d.result_key = due.result_key
     returning d.tenant_id as "tenantId", d.application_id as "applicationId", d.result_key as "resultKey", d.revision, d.attempts as attempt,
       case when d.in_doubt then d.channel end as channel, d.in_doubt as "inDoubt", to_json(d.give_up_at) #>> '{}' as "giveUpAt"`,
    [now.toISOString(), leaseUntil.toISOString(), except],
  );
  return row ?? null;
}

const FENCE = `tenant_id = $1 and application_id = $2 and result_key = $3 and revision = $4 and attempts = $5 and state = 'delivering'`;

/** The condition of every statement of a worker's, with its parameters `$1` to `$5`. */
export const fenced = (delivery: ClaimedDelivery) => ({ where: FENCE, values: [...nameOf(delivery), delivery.revision, delivery.attempt] });

/** Says that the worker lives. False: the delivery is another's by now. */
export async function keepLease(tx: Transaction, delivery: ClaimedDelivery, leaseUntil: Date): Promise<boolean> {
  const { where, values } = fenced(delivery);
  return (await tx.run(`update result_delivery set lease_until = $6 where ${where}`, [...values, leaseUntil.toISOString()])) === 1;
}

/** Notes, before anything is sent, that from now on it may have been. False: the delivery is another's by now. */
export async function beginAttempt(tx: Transaction, delivery: ClaimedDelivery, channel: string): Promise<boolean> {
  const { where, values } = fenced(delivery);
  return (await tx.run(`update result_delivery set channel = $6, in_doubt = true where ${where}`, [...values, channel])) === 1;
}

/** Holds the delivery until the transaction ends. False: it is another's by now, and nothing may be sent. */
export async function holdDelivery(tx: Transaction, delivery: ClaimedDelivery): Promise<boolean> {
  const { where, values } = fenced(delivery);
  return (await tx.rows(`select 1 from result_delivery where ${where} for share`, values)).length === 1;
}

export interface Stored {
  readonly content: ResultContent | null;
  readonly receipt: { readonly channel: string; readonly remoteId: string | null; readonly integrationId: string } | null;
}

/** What is to be delivered, and what stands in the ATS of an earlier revision. */
export async function readForDelivery(tx: Transaction, name: ResultName): Promise<Stored | null> {
  const [row] = await tx.rows<{
    content: ResultContent | null;
    channel: string | null;
    remoteId: string | null;
    integrationId: string | null;
  }>(
    `select r.content, d.receipt_channel as channel, d.receipt_remote_id as "remoteId", d.receipt_integration_id as "integrationId"
     from result r join result_delivery d using (tenant_id, application_id, result_key)
     where r.tenant_id = $1 and r.application_id = $2 and r.result_key = $3`,
    nameOf(name),
  );
  if (row === undefined) return null;
  const { content, channel, remoteId, integrationId } = row;
  return { content, receipt: channel === null || integrationId === null ? null : { channel, remoteId, integrationId } };
}
