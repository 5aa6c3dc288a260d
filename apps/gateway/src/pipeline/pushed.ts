import { allow } from '#libs/allowlist';
import type { Grant } from '#libs/consent';
import type { RemoteRecord, Resource } from '#libs/model';
import { applicationsOfCandidates, deleteRecords, findIds, lockGate, writeRecords, type Transaction } from '#libs/store';
import { scopeOf } from './scope.js';
import { StaleGrant } from './stops.js';

/** What became of records that an ATS has sent, by its own names. */
export interface Pushed {
  readonly stored: ReadonlyMap<string, string>;
  /** The tenant's job scope leaves them out. */
  readonly outOfScope: readonly string[];
}

/**
 * The path for what comes of its own accord: the gate, the allowlist, the store, as for a page that was read. Throws `StaleGrant`, and
 * `remote-invalid-response` where an id cannot be taken.
 */
export async function storePushed<R extends Resource>(
  tx: Transaction,
  grant: Grant,
  resource: R,
  records: readonly RemoteRecord<R>[],
  now: Date,
): Promise<Pushed> {
  if (!(await lockGate(tx, grant, now))) throw new StaleGrant();
  const allowed = records.map((record) => allow(grant, record));
  const isInScope = await scopeOf(tx, grant, resource, allowed);
  const inScope = allowed.filter(isInScope);
  await writeRecords(tx, { ...grant, now }, resource, inScope);
  const outOfScope = allowed.filter((record) => !isInScope(record)).map(({ externalId }) => externalId);
  await deletePushed(tx, grant, resource, outOfScope, now);
  const ids = await findIds(
    tx,
    grant,
    inScope.map(({ externalId }) => ({ resource, externalId, remoteId: null })),
  );
  return { stored: new Map(inScope.map(({ externalId }) => [externalId, ids.idOf(resource, externalId) ?? ''])), outOfScope };
}

/** Deletes what the ATS says is gone; a candidate takes their applications along. What is not known changes nothing. Throws `StaleGrant`. */
export async function deletePushed(
  tx: Transaction,
  grant: Grant,
  resource: Resource,
  externalIds: readonly string[],
  now: Date,
): Promise<number> {
  if (externalIds.length === 0) return 0;
  if (!(await lockGate(tx, grant, now))) throw new StaleGrant();
  const known = await findIds(
    tx,
    grant,
    externalIds.map((externalId) => ({ resource, externalId, remoteId: null })),
  );
  const ids = known.all();
  if (resource === 'candidate')
    await deleteRecords(tx, grant.tenantId, 'application', await applicationsOfCandidates(tx, grant.tenantId, ids), now);
  return deleteRecords(tx, grant.tenantId, resource, ids, now);
}
