import type { Transaction } from '../transaction.js';
import { utc } from '../utc.js';
import type { FeedPosition } from './feed.js';
import { sealedOf, type SealedSecrets } from './subscriptions.js';

/** What one worker needs to tell it from what it held before. */
export interface Holding {
  readonly id: string;
  readonly fence: number;
}

/** A subscription that one worker delivers for. `fence` is what its statements name: whoever comes later has another. */
export interface HeldSubscription extends Holding {
  readonly url: string;
  readonly types: readonly string[];
  readonly tenantIds: readonly string[] | null;
  readonly stageName: string | null;
  readonly secrets: SealedSecrets;
  readonly position: FeedPosition;
  /** Numbers of events beyond the position that were delivered already. */
  readonly ahead: readonly string[];
  readonly failures: number;
  /** RFC 3339, UTC. */
  readonly failingSince: string | null;
}

interface Looking {
  readonly now: Date;
  readonly leaseUntil: Date;
  /** Those that this worker has already: its own lease may look expired where the clock was moved. */
  readonly except: readonly string[];
  readonly limit: number;
}

type Row = Omit<HeldSubscription, 'secrets'> & { secret: string; formerSecret: string | null; formerUntil: string | null };

/** Takes up subscriptions that nobody delivers for now, and that are not waiting after a failure. Each goes to one worker (`skip locked`). */
export async function claimSubscriptions(tx: Transaction, { now, leaseUntil, except, limit }: Looking): Promise<HeldSubscription[]> {
  const rows = await tx.rows<Row>(
    `with due as (
       select id from subscription
       where disabled_reason is null and due_at <= $1 and (lease_until is null or lease_until <= $1) and id <> all($3::uuid[])
       order by due_at limit $4 for update skip locked
     )
     update subscription s set fence = s.fence + 1, lease_until = $2 from due where s.id = due.id
     returning s.id, s.fence, s.url, s.types, to_json(s.tenants) as "tenantIds", s.stage_name as "stageName", s.position, s.ahead, s.failures,
       ${utc('s.failing_since')} as "failingSince", encode(s.secret, 'base64') as secret, encode(s.former_secret, 'base64') as "formerSecret",
       ${utc('s.former_until')} as "formerUntil"`,
    [now.toISOString(), leaseUntil.toISOString(), except, limit],
  );
  return rows.map(({ secret, formerSecret, formerUntil, ...row }) => ({
    ...row,
    secrets: { ...sealedOf({ secret, formerSecret }), formerUntil },
  }));
}

const HELD = `(select id, fence from unnest($1::uuid[], $2::int[]) as held (id, fence))`;
const holdingsOf = (held: readonly Holding[]) => [held.map(({ id }) => id), held.map(({ fence }) => fence)];

/** Of those that a worker held, the ids of those that are still its own. */
export async function stillHeld(tx: Transaction, held: readonly Holding[]): Promise<ReadonlySet<string>> {
  const rows = await tx.rows<{ id: string }>(`select s.id from subscription s join ${HELD} h using (id, fence)`, holdingsOf(held));
  return new Set(rows.map(({ id }) => id));
}

/** Says that the worker lives. */
export async function keepSubscriptions(tx: Transaction, held: readonly Holding[], leaseUntil: Date): Promise<void> {
  await tx.run(`update subscription s set lease_until = $3 from ${HELD} h where s.id = h.id and s.fence = h.fence`, [
    ...holdingsOf(held),
    leaseUntil.toISOString(),
  ]);
}

/** Leaves them to others at once. */
export async function leaveSubscriptions(tx: Transaction, held: readonly Holding[]): Promise<void> {
  await tx.run(`update subscription s set lease_until = null from ${HELD} h where s.id = h.id and s.fence = h.fence`, holdingsOf(held));
}
