import type { DisabledReason } from '../entities/subscription.js';
import type { Transaction } from '../transaction.js';
import { utc } from '../utc.js';
import type { FeedPosition } from './feed.js';

/** A subscription as callers see it. */
export interface SubscriptionView {
  readonly id: string;
  readonly url: string;
  readonly types: readonly string[];
  /** Null: every tenant. */
  readonly tenantIds: readonly string[] | null;
  readonly stageName: string | null;
  readonly description: string | null;
  readonly createdAt: string;
  readonly state: 'active' | 'retrying' | 'disabled';
  readonly disabledReason: DisabledReason | null;
  /** Of the last attempt, where it failed. */
  readonly lastError: string | null;
  readonly lastStatusCode: number | null;
  readonly failures: number;
  readonly nextAttemptAt: string | null;
  readonly lastDeliveredAt: string | null;
}

/** Who looks: one whose token is limited to tenants sees what it made itself, and of those no other tenant's. */
export interface Viewer {
  readonly subject: string;
  readonly tenants: readonly string[] | null;
}

/** What a caller chooses. */
export interface SubscriptionChoice {
  readonly url: string;
  readonly types: readonly string[];
  readonly tenantIds: readonly string[] | null;
  readonly stageName: string | null;
  readonly description: string | null;
}

const VIEW = `id, url, types, to_json(tenants) as "tenantIds", stage_name as "stageName", description, ${utc('created_at')} as "createdAt",
  case when disabled_reason is not null then 'disabled' when failures > 0 then 'retrying' else 'active' end as state,
  disabled_reason as "disabledReason", last_error as "lastError", last_status as "lastStatusCode", failures,
  case when disabled_reason is null and failures > 0 then ${utc('due_at')} end as "nextAttemptAt", ${utc('last_delivered_at')} as "lastDeliveredAt"`;

/** `$1` and `$2`: who looks. */
const SEEN = '($2::uuid[] is null or (created_by = $1 and tenants <@ $2::uuid[]))';
const viewerOf = ({ subject, tenants }: Viewer) => [subject, tenants];

interface NewSubscription extends SubscriptionChoice {
  readonly id: string;
  readonly createdBy: string;
  readonly now: Date;
  /** Sealed. */
  readonly secret: Buffer;
  readonly position: FeedPosition;
}

export async function addSubscription(
  tx: Transaction,
  { id, createdBy, now, secret, position, ...choice }: NewSubscription,
): Promise<void> {
  await tx.run(
    `insert into subscription (id, url, types, tenants, stage_name, description, created_by, created_at, secret, position, ahead, fence, due_at, failures, attempts)
     values ($1, $2, $3::text[], $4::uuid[], $5, $6, $7, $8, $9, $10, '{}', 0, $8, 0, 0)`,
    [...[id, ...choiceOf(choice)], createdBy, now.toISOString(), secret, JSON.stringify(position)],
  );
}

const choiceOf = ({ url, types, tenantIds, stageName, description }: SubscriptionChoice) => [url, types, tenantIds, stageName, description];

/** How many a caller has made. */
export async function countSubscriptions(tx: Transaction, createdBy: string): Promise<number> {
  const [row] = await tx.rows<{ count: number }>('select count(*)::int as count from subscription where created_by = $1', [createdBy]);
  return row?.count ?? 0;
}

/** Those that somebody may see, in the order in which they were made, after that of the id. */
export function listSubscriptions(tx: Transaction, viewer: Viewer, after: string | null, limit: number): Promise<SubscriptionView[]> {
  return tx.rows(`select ${VIEW} from subscription where ${SEEN} and ($3::uuid is null or id > $3) order by id limit $4`, [
    ...viewerOf(viewer),
    after,
    limit,
  ]);
}

/** Null: there is none, or it is not to be seen. */
export async function readSubscription(tx: Transaction, viewer: Viewer, id: string): Promise<SubscriptionView | null> {
  const [row] = await tx.rows<SubscriptionView>(`select ${VIEW} from subscription where ${SEEN} and id = $3`, [...viewerOf(viewer), id]);
  return row ?? null;
}

export interface SealedSecrets {
  readonly secret: Buffer;
  readonly formerSecret: Buffer | null;
  /** RFC 3339, UTC. */
  readonly formerUntil: string | null;
}

export async function readSecrets(tx: Transaction, id: string): Promise<SealedSecrets | null> {
  const [row] = await tx.rows<{ secret: string; formerSecret: string | null; formerUntil: string | null }>(
    `select encode(secret, 'base64') as secret, encode(former_secret, 'base64') as "formerSecret", ${utc('former_until')} as "formerUntil"
     from subscription where id = $1`,
    [id],
  );
  return row === undefined ? null : { ...sealedOf(row), formerUntil: row.formerUntil };
}

/** From what `encode(…, 'base64')` gives. */
export const sealedOf = ({ secret, formerSecret }: { readonly secret: string; readonly formerSecret: string | null }) => ({
  secret: Buffer.from(secret, 'base64'),
  formerSecret: formerSecret === null ? null : Buffer.from(formerSecret, 'base64'),
});

/** Whoever delivers for it now notices by the fence that it has changed, and stops; it is taken up anew at once. */
const TAKEN_BACK = 'fence = fence + 1, lease_until = null';

export async function changeSubscription(tx: Transaction, id: string, choice: SubscriptionChoice): Promise<void> {
  await tx.run(
    `update subscription set url = $2, types = $3::text[], tenants = $4::uuid[], stage_name = $5, description = $6, ${TAKEN_BACK} where id = $1`,
    [id, ...choiceOf(choice)],
  );
}

export async function changeSecrets(tx: Transaction, id: string, { secret, formerSecret, formerUntil }: SealedSecrets): Promise<void> {
  await tx.run(`update subscription set secret = $2, former_secret = $3, former_until = $4, ${TAKEN_BACK} where id = $1`, [
    id,
    secret,
    formerSecret,
    formerUntil,
  ]);
}

/** Puts it elsewhere in the feed, and lets it be tried at once. */
export async function moveSubscription(tx: Transaction, id: string, position: FeedPosition, now: Date): Promise<void> {
  await tx.run(
    `update subscription set position = $2, ahead = '{}', failures = 0, failing_since = null, due_at = $3, ${TAKEN_BACK} where id = $1`,
    [id, JSON.stringify(position), now.toISOString()],
  );
}

/** Lets it go on where it stopped, at once. */
export async function enableSubscription(tx: Transaction, id: string, now: Date): Promise<void> {
  await tx.run(
    `update subscription set disabled_reason = null, failures = 0, failing_since = null, due_at = $2, ${TAKEN_BACK} where id = $1`,
    [id, now.toISOString()],
  );
}

export async function removeSubscription(tx: Transaction, id: string): Promise<void> {
  await tx.run('delete from subscription where id = $1', [id]);
}
