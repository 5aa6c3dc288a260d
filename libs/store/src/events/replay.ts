import type { Transaction } from '../transaction.js';
import { beyond, type FeedPosition } from './feed.js';

/** Where the first event stands that was noted at or after a time; null where there is none. */
export async function seqAt(tx: Transaction, time: string): Promise<string | null> {
  const [row] = await tx.rows<{ seq: string | null }>('select min(seq)::text as seq from change where at >= $1', [time]);
  return row?.seq ?? null;
}

/** Whether there is such an event, of these tenants (null: of any). */
export async function hasEvent(tx: Transaction, seq: string, tenants: readonly string[] | null): Promise<boolean> {
  const found = await tx.rows('select 1 from change where seq = $1::bigint and ($2::uuid[] is null or tenant_id = any($2))', [
    seq,
    tenants,
  ]);
  return found.length > 0;
}

/** From where everything of this number and above comes (again). */
export const positionBefore = (seq: string): FeedPosition => beyond(String(BigInt(seq) - 1n));
