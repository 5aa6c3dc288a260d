import { openCursor, sealCursor } from './cursor.js';
import type { Integration } from './integration.js';
import { REJECTION_REASONS, reasonId } from './rejection-reasons.js';
import { toMs, type ListName, type ListQuery } from './query.js';
import { hidden, iso, type Json } from './records/parts.js';
import { SEEDED_TAGS, tagOf } from './records/tags.js';
import { ROLES } from './records/user.js';

export type SmallList = Extract<ListName, 'tag' | 'role' | 'rejection-reason'>;

const FIRST_ROLE = 4_130_000_000;
const SEEDED_AT = '2026-01-05T08:00:00.000Z';

const ROWS: { readonly [L in SmallList]: (integration: Integration) => Json[] } = {
  tag: (integration) => {
    const added = integration.addedTags.flatMap(({ seenAtMs }, place) =>
      seenAtMs === null ? [] : [{ ...tagOf(integration, SEEDED_TAGS.length + place), changed_at: iso(seenAtMs) }],
    );
    return [...SEEDED_TAGS.map((_, number) => tagOf(integration, number)), ...added];
  },
  role: (integration) =>
    ROLES.map((role, number) => ({
      id: integration.ids.idOf('other', FIRST_ROLE + number),
      remote_id: `role-${number}`,
      remote_label: hidden(integration, 'Site administrator'),
      scope: 'SYSTEM',
      unified_type: role,
    })),
  'rejection-reason': (integration) =>
    REJECTION_REASONS.map((name, number) => ({
      id: reasonId(integration, number),
      remote_id: `reason-${number}`,
      name: hidden(integration, name),
    })),
};

/** Kombo's `Tag`, `Role` and `RejectionReason` (OpenAPI 2026-05-02): the few that there are. */
export function smallPage(integration: Integration, list: SmallList, query: ListQuery): { next: string | null; results: Json[] } {
  const context = [integration.identity.id, list, query.fingerprint];
  const start = query.cursor === null ? 0 : openCursor(query.cursor, context);
  const rows = ROWS[list](integration).map((row) => ({ changed_at: SEEDED_AT, remote_deleted_at: null, remote_data: null, ...row }));
  const passing = rows.filter((row) => passes(row, query));
  const end = start + query.pageSize;
  return { next: end < passing.length ? sealCursor(end, context) : null, results: passing.slice(start, end) };
}

const COLUMNS: Readonly<Record<string, string>> = { ids: 'id', remote_ids: 'remote_id', scopes: 'scope' };

function passes(row: Json, { filters, updatedAfterMs }: ListQuery): boolean {
  if (updatedAfterMs !== null && toMs(String(row['changed_at'])) < updatedAfterMs) return false;
  return [...filters].every(([name, values]) => values.includes(String(row[COLUMNS[name] ?? ''])));
}
