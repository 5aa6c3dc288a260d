import type { SyncProgress, WriteCounts } from '#libs/store';

interface PageCounts {
  readonly read: number;
  readonly written: WriteCounts;
  readonly setAside: number;
  readonly dropped: ReadonlyMap<string, number>;
}

/** Names come from the connectors' documented lists; the bound holds should one of them err. */
const MAX_NAMES = 300;

/** The progress of a run after one more page. */
export function addPage(before: SyncProgress, { read, written, setAside, dropped }: PageCounts): SyncProgress {
  return {
    pages: before.pages + 1,
    read: before.read + read,
    created: before.created + written.created,
    changed: before.changed + written.changed,
    unchanged: before.unchanged + written.unchanged,
    deleted: before.deleted,
    heldDeletions: before.heldDeletions,
    setAside: before.setAside + setAside,
    droppedFields: addCounts(before.droppedFields, dropped),
    unavailable: before.unavailable,
  };
}

function addCounts(before: Readonly<Record<string, number>>, more: ReadonlyMap<string, number>): Readonly<Record<string, number>> {
  const sum = new Map(Object.entries(before));
  for (const [name, count] of more) {
    const key = sum.has(name) || sum.size < MAX_NAMES ? name : '*';
    sum.set(key, (sum.get(key) ?? 0) + count);
  }
  return Object.fromEntries(sum);
}
