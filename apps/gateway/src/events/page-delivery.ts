import type { DeliveryAttempt, FeedRow } from '#libs/store';
import type { PostOutcome } from './posting.js';

/** How many events of one subscription are under way at once. */
const AT_ONCE = 16;

/** How far the delivery of a page has come. */
export interface PageOutcome {
  /** Numbers of the events that were delivered. */
  readonly delivered: ReadonlySet<string>;
  readonly attempts: readonly DeliveryAttempt[];
  /** Of the first event that failed, or of one after which the receiver is gone; null: none failed. */
  readonly failure: (PostOutcome & { readonly error: string }) | null;
}

interface Delivering {
  readonly rows: readonly FeedRow[];
  /** Attempts already made at the first event. */
  readonly failures: number;
  readonly send: (row: FeedRow, attempt: number) => Promise<{ readonly outcome: PostOutcome; readonly attempt: DeliveryAttempt }>;
  /** No more is begun. */
  readonly isStopping: () => boolean;
}

type Failure = PageOutcome['failure'];

/**
 * Delivers a page: several events at once, those of one record one after the other. After a failure nothing more is begun. Where there was one before, the
 * first event goes alone: a receiver that is down costs one call each time.
 */
export async function deliverPage({ rows, failures, send, isStopping }: Delivering): Promise<PageOutcome> {
  const delivered = new Set<string>();
  const attempts: DeliveryAttempt[] = [];
  const failed = new Map<number, Failure>();
  const deliver = async (row: FeedRow): Promise<void> => {
    const { outcome, attempt } = await send(row, row === rows[0] ? failures + 1 : 1);
    attempts.push(attempt);
    if (outcome.error === null) delivered.add(row.seq);
    else failed.set(rows.indexOf(row), { ...outcome, error: outcome.error });
  };
  const hasToStop = (): boolean => failed.size > 0 || isStopping();
  const [first] = rows;
  if (failures > 0 && first !== undefined && !hasToStop()) await deliver(first);
  const lanes = [...Map.groupBy(rows, ({ recordId }) => recordId).values()].values();
  const work = async (): Promise<void> => {
    for (const lane of lanes)
      for (const row of lane) {
        if (hasToStop()) return;
        if (!delivered.has(row.seq)) await deliver(row);
      }
  };
  await Promise.all(Array.from({ length: AT_ONCE }, work));
  return { delivered, attempts, failure: decisive(failed) };
}

function decisive(failed: ReadonlyMap<number, Failure>): Failure {
  const gone = [...failed.values()].find((failure) => failure?.error === 'gone');
  return gone ?? failed.get(Math.min(...failed.keys())) ?? null;
}
