import type { Resource } from '#libs/model';
import { daysOf, SEEDED_UNTIL_MS } from '../people/days.js';
import { openCursor, sealCursor } from './cursor.js';
import { fieldNames } from './coverage.js';
import { namedIndexes, testsOf, type Test } from './filters.js';
import type { Integration } from './integration.js';
import type { ListQuery } from './query.js';
import { RECORD } from './records/index.js';
import { changedAtMs, withinScope, type Json } from './records/parts.js';
import type { MirrorRow } from '../live/table.js';

/** Deleted rows are gone 14 days after Kombo noticed (Kombo documentation, deletion rule). */
const KEPT_DELETED_MS = 14 * 86_400_000;
/** Content that no scope closes. */
const BEYOND_SCOPES = ['remote_data', 'integration_fields'];
const DAYS_TOPIC: { readonly [R in Resource]: number } = { user: 110, job: 91, candidate: 70, application: 80 };

export interface ListPage {
  readonly next: string | null;
  readonly results: Json[];
  /** The records' numbers, in step with `results`. */
  readonly indexes: readonly number[];
}

/** One page of a list endpoint: by number, so the order is stable and says nothing about age. */
export function listPage(integration: Integration, resource: Resource, query: ListQuery, nowMs: number): ListPage {
  const context = [integration.identity.id, resource, query.fingerprint];
  const start = query.cursor === null ? 0 : openCursor(query.cursor, context);
  const isShown = shownBy(integration, resource, query, nowMs);
  const indexes: number[] = [];
  for (const index of indexesFrom(start, integration, resource, query)) {
    if (!isShown(index)) continue;
    if (indexes.length === query.pageSize) return pageOf(integration, resource, indexes, sealCursor(index, context), nowMs);
    indexes.push(index);
  }
  return pageOf(integration, resource, indexes, null, nowMs);
}

function pageOf(integration: Integration, resource: Resource, indexes: number[], next: string | null, nowMs: number): ListPage {
  return { next, indexes, results: indexes.map((index) => recordOf(integration, resource, index, nowMs)) };
}

function recordOf(integration: Integration, resource: Resource, index: number, nowMs: number): Json {
  const record = RECORD[resource](integration, index);
  const row = integration.tables[resource].mirrored(index);
  return row !== undefined && isOld(row, nowMs) ? withinScope(record, [...fieldNames(resource), ...BEYOND_SCOPES]) : record;
}

/** The least that has to be looked at: the named records, those that ever changed, or all. */
function* indexesFrom(start: number, integration: Integration, resource: Resource, query: ListQuery): Generator<number> {
  const table = integration.tables[resource];
  const { updatedAfterMs: sinceMs } = query;
  const isDelta = sinceMs !== null && sinceMs > SEEDED_UNTIL_MS && sinceMs > (table.rescopedAtMs ?? 0);
  const few = namedIndexes(integration, resource, query) ?? (isDelta ? table.changedInMirror() : null);
  if (few === null) for (let index = start; index < table.size; index += 1) yield index;
  else for (let place = firstAtLeast(few, start); place < few.length; place += 1) yield few[place] ?? 0;
}

function firstAtLeast(ascending: readonly number[], least: number): number {
  let low = 0;
  let high = ascending.length;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if ((ascending[middle] ?? 0) < least) low = middle + 1;
    else high = middle;
  }
  return low;
}

function shownBy(integration: Integration, resource: Resource, query: ListQuery, nowMs: number): Test {
  const table = integration.tables[resource];
  const isServed = (name: string) => !integration.behaviour.unsupportedFilters.includes(name);
  if (!query.ignoreUnsupported && ![...query.filters.keys()].every(isServed)) return () => false;
  const served = { ...query, filters: new Map([...query.filters].filter(([name]) => isServed(name))) };
  const tests = testsOf(integration, resource, served);
  return (index) => {
    const row = table.mirrored(index);
    if (row === undefined || !isKept(integration, row, query.includeDeleted, nowMs)) return false;
    if (query.updatedAfterMs !== null && touchedMs(integration, resource, index, row) < query.updatedAfterMs) return false;
    return tests.every((test) => test(index));
  };
}

function isKept({ behaviour }: Integration, row: MirrorRow, includeDeleted: boolean, nowMs: number): boolean {
  if (row.deletedAtMs === null) return true;
  return includeDeleted && (behaviour.oldDeletions === 'anonymised' || !isOld(row, nowMs));
}

function isOld({ deletedAtMs }: MirrorRow, nowMs: number): boolean {
  return deletedAtMs !== null && nowMs - deletedAtMs >= KEPT_DELETED_MS;
}

function touchedMs({ recipe }: Integration, resource: Resource, index: number, row: MirrorRow): number {
  const ownMs = changedAtMs(row, daysOf(recipe.seed, index, DAYS_TOPIC[resource]).seenMs);
  return Math.max(ownMs, row.nestedAtMs ?? 0);
}
