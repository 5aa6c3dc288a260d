import { allow, type Allowed } from '#libs/allowlist';
import type { Page, SetAside } from '#libs/connectors';
import type { Grant } from '#libs/consent';
import { GatewayError, type RemoteRecord, type Resource } from '#libs/model';
import {
  advanceRun,
  askForFull,
  findIds,
  lockGate,
  noteSeen,
  noteSetAside,
  noteWalked,
  writeRecords,
  type ClaimedRun,
  type RemoteName,
  type RunPosition,
  type Transaction,
} from '#libs/store';
import { addPage } from './progress.js';
import { scopeOf } from './scope.js';
import { LostRun, StaleGrant } from './stops.js';

/** A page as a connector gave it, and where the run stands once it is stored. */
export interface PageToStore<R extends Resource = Resource> {
  readonly resource: R;
  readonly page: Page<R>;
  readonly next: Pick<RunPosition, 'step' | 'cursor'> & Partial<Pick<RunPosition, 'since'>>;
  /** The last page of a walk over the whole resource: from then on it is known what was not seen. */
  readonly endsWalk: boolean;
}

interface Read<R extends Resource> extends PageToStore<R> {
  /** The integration's resource was never read to its end: what comes in is where everything starts, not news. */
  readonly isBaseline: boolean;
}

/**
 * The path: every record of every source comes this way and no other. Within one transaction the gate is locked as it was when the grant was
 * made, the allowlist lets through what is granted, and records, changes and the run's position are stored. After a revocation the gate is
 * not to be had (`StaleGrant`); after another worker took the run, the position is not to be set (`LostRun`): nothing commits.
 */
export async function storePage<R extends Resource>(
  tx: Transaction,
  grant: Grant,
  run: ClaimedRun,
  at: RunPosition,
  item: Read<R>,
  now: Date,
): Promise<RunPosition> {
  if (!(await lockGate(tx, grant, now))) throw new StaleGrant();
  const { resource, page, isBaseline } = item;
  const { allowed, refused } = allowAll(grant, page.records);
  const setAside = [...page.setAside, ...refused];

  const live = allowed.filter(({ deleted }) => !deleted);
  const isInScope = await scopeOf(tx, grant, resource, live);
  const written = await writeRecords(tx, { ...grant, now, isBaseline }, resource, live.filter(isInScope));
  // A delta brings a job that has entered the scope, but not the applications that it had before.
  if (resource === 'job' && grant.jobScope !== null && run.mode === 'delta' && written.created > 0) await askForFull(tx, run, now);
  const gone = allowed.filter((record) => record.deleted || !isInScope(record));

  const number = at.progress.pages;
  const known = await findIds(tx, grant, run.mode === 'full' ? namesOf(resource, setAside) : gone.map(nameOf));
  await noteSeen(tx, run, { resource, number, ids: run.mode === 'full' ? [...written.ids, ...known.all()] : known.all() });
  await noteSetAside(tx, run, resource, setAside);
  if (item.endsWalk) await noteWalked(tx, run, resource);

  const progress = addPage(at.progress, {
    read: page.records.length + page.setAside.length,
    written,
    setAside: setAside.length,
    dropped: page.dropped,
  });
  const position = { ...at, ...item.next, page: progress.pages, progress };
  if (!(await advanceRun(tx, run, position, now))) throw new LostRun();
  return position;
}

interface Sorted<R extends Resource> {
  readonly allowed: readonly Allowed<R>[];
  readonly refused: readonly SetAside[];
}

/** A record whose identifiers cannot be taken is set aside; it does not stop the page. */
export function allowAll<R extends Resource>(grant: Grant, records: readonly RemoteRecord<R>[]): Sorted<R> {
  const allowed: Allowed<R>[] = [];
  const refused: SetAside[] = [];
  for (const record of records) {
    try {
      allowed.push(allow(grant, record));
    } catch (error) {
      if (!(error instanceof GatewayError) || error.kind !== 'remote-invalid-response') throw error;
      refused.push({ externalId: null, reason: 'id-malformed', field: null });
    }
  }
  return { allowed, refused };
}

const nameOf = <R extends Resource>({ resource, externalId }: Allowed<R>): RemoteName => ({ resource, externalId, remoteId: null });

const namesOf = (resource: Resource, setAside: readonly SetAside[]): RemoteName[] =>
  setAside.flatMap(({ externalId }) => (externalId === null ? [] : [{ resource, externalId, remoteId: null }]));
