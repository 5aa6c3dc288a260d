import { LISTS, type Row, type Snapshot } from './snapshot.js';

/**
 * What can be read, by the ATS's own ids and without what is ours alone (ids, `changedAt`) or of one source alone (when a record last changed
 * there): equal for two tenants whose sources hold the same.
 */
export function byRemoteId(snapshot: Snapshot): Record<string, Row> {
  const remoteIds = new Map<string, string>();
  for (const list of LISTS)
    for (const { id, remoteId, stages = [] } of snapshot[list]) {
      remoteIds.set(id, remoteId);
      for (const stage of stages) remoteIds.set(stage.id, stage.remoteId);
    }
  const translated = (value: Row): Row => {
    if (Array.isArray(value)) return value.map(translated).toSorted((a, b) => JSON.stringify(a).localeCompare(JSON.stringify(b)));
    if (typeof value === 'string') return remoteIds.get(value) ?? value;
    if (typeof value !== 'object' || value === null) return value;
    return Object.fromEntries(Object.entries(value).map(([key, one]) => [key, translated(one)]));
  };
  const entries = LISTS.flatMap((list) =>
    snapshot[list].map(({ changedAt: _changedAt, remoteUpdatedAt: _remoteUpdatedAt, deletedAt, ...row }): [string, Row] => [
      `${list}/${row.remoteId}`,
      { ...translated(row), isDeleted: deletedAt !== null },
    ]),
  );
  return Object.fromEntries(entries.toSorted(([a], [b]) => a.localeCompare(b)));
}
