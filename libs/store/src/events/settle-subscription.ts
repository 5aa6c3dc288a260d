import type { DisabledReason } from '../entities/subscription.js';
import type { Transaction } from '../transaction.js';
import { utc } from '../utc.js';
import type { Holding } from './claim-subscriptions.js';
import type { FeedPosition } from './feed.js';

/** How many of a subscription's attempts are kept, and for how long they are shown. */
const KEPT = 1_000;
const SHOWN_DAYS = 7;

/** How one attempt to deliver one event ended. Ids and codes only. */
export interface DeliveryAttempt {
  readonly eventId: string;
  readonly type: string;
  /** Of this event, from 1. */
  readonly attempt: number;
  readonly state: 'delivered' | 'failed';
  readonly status: number | null;
  readonly error: string | null;
  readonly durationMs: number;
  readonly at: Date;
}

/** How the subscription stands after a failure; null: there was none. */
export interface Failing {
  readonly failures: number;
  readonly since: Date;
  readonly dueAt: Date;
  readonly error: string;
  readonly status: number | null;
  readonly disabled: DisabledReason | null;
}

export interface SubscriptionProgress {
  readonly position: FeedPosition;
  readonly ahead: readonly string[];
  readonly attempts: readonly DeliveryAttempt[];
  /** Where it stands so, it is left to whoever takes it up when it is due. */
  readonly failing: Failing | null;
}

/** Writes down how far a worker has come, unless the subscription is another's by now, or gone (false). */
export async function settleSubscription(
  tx: Transaction,
  { id, fence }: Holding,
  { position, ahead, attempts, failing }: SubscriptionProgress,
): Promise<boolean> {
  const delivered =
    attempts
      .filter(({ state }) => state === 'delivered')
      .at(-1)
      ?.at.toISOString() ?? null;
  const [row] = await tx.rows<{ count: number }>(
    `with own as (
       update subscription set position = $3, ahead = $4::text[], failures = $5, failing_since = $6, due_at = coalesce($7, due_at),
         last_error = case when $5 > 0 or $10::timestamptz is not null then $8 else last_error end,
         last_status = case when $5 > 0 or $10::timestamptz is not null then $9::int else last_status end,
         last_delivered_at = coalesce($10, last_delivered_at), disabled_reason = $11,
         lease_until = case when $5 > 0 then null else lease_until end, attempts = attempts + $12
       where id = $1 and fence = $2 returning attempts - $12 as former
     ), noted as (
       insert into subscription_delivery (subscription_id, slot, number, event_id, type, attempt, state, status, error, duration_ms, at)
       select $1, (former + n) % ${KEPT}, former + n, event_id, type, attempt, state, status, error, duration_ms, at
       from own, unnest($13::text[], $14::text[], $15::int[], $16::text[], $17::int[], $18::text[], $19::int[], $20::timestamptz[]) with ordinality
         as done (event_id, type, attempt, state, status, error, duration_ms, at, n)
       on conflict (subscription_id, slot) do update set number = excluded.number, event_id = excluded.event_id, type = excluded.type,
         attempt = excluded.attempt, state = excluded.state, status = excluded.status, error = excluded.error,
         duration_ms = excluded.duration_ms, at = excluded.at
     )
     select count(*)::int as count from own`,
    [
      ...[id, fence, JSON.stringify(position), ahead, failing?.failures ?? 0, failing?.since.toISOString() ?? null],
      ...[failing?.dueAt.toISOString() ?? null, failing?.error ?? null, failing?.status ?? null, delivered, failing?.disabled ?? null],
      ...[attempts.length, ...columnsOf(attempts)],
    ],
  );
  return row?.count === 1;
}

function columnsOf(attempts: readonly DeliveryAttempt[]): unknown[][] {
  return [
    attempts.map(({ eventId }) => eventId),
    attempts.map(({ type }) => type),
    attempts.map(({ attempt }) => attempt),
    attempts.map(({ state }) => state),
    attempts.map(({ status }) => status),
    attempts.map(({ error }) => error),
    attempts.map(({ durationMs }) => durationMs),
    attempts.map(({ at }) => at.toISOString()),
  ];
}

/** An attempt as callers see it. */
export interface DeliveryView {
  readonly eventId: string;
  readonly type: string;
  readonly attempt: number;
  readonly state: 'delivered' | 'failed';
  readonly statusCode: number | null;
  readonly error: string | null;
  readonly durationMs: number;
  readonly at: string;
}

export interface NumberedDelivery extends DeliveryView {
  /** Counts a subscription's attempts. */
  readonly number: string;
}

/** The latest attempts, the newest first; of those before the so manyth where `before` names one. */
export function listDeliveries(
  tx: Transaction,
  { id, before, now, limit }: { readonly id: string; readonly before: string | null; readonly now: Date; readonly limit: number },
): Promise<NumberedDelivery[]> {
  return tx.rows(
    `select number::text as number, event_id as "eventId", type, attempt, state, status as "statusCode", error, duration_ms as "durationMs", ${utc('at')} as at
     from subscription_delivery d
     where subscription_id = $1 and ($2::bigint is null or d.number < $2) and d.at > $3::timestamptz - interval '${SHOWN_DAYS} days'
     order by d.number desc limit $4`,
    [id, before, now.toISOString(), limit],
  );
}
