import type { Grant } from '#libs/consent';
import type { Resource } from '#libs/model';
import {
  deleteRecords,
  dropHeld,
  findAbsent,
  findReported,
  hasNamelessSetAside,
  holdDeletions,
  noteEvent,
  type Absence,
  type ClaimedRun,
  type Transaction,
} from '#libs/store';

/**
 * More than this many records and more than this share of them at once is more likely a filter switched on at the source, or a fault, than
 * people leaving. Holding real deletions for a day is the lesser harm: the source keeps its own 14 days.
 */
const UNUSUAL_COUNT = 50;
const UNUSUAL_SHARE = 0.2;

const isUnusual = ({ alive, absent }: Absence) => absent.length > UNUSUAL_COUNT && absent.length > alive * UNUSUAL_SHARE;

interface SettledDeletions {
  readonly deleted: number;
  readonly held: number;
}

/** What others refer to goes last: no record that stays may name one that is gone, and who came before a switch is named until their applications were read. */
const ORDER = ['application', 'candidate', 'job', 'user'] as const satisfies readonly Resource[];

/** At the end of a run, for everything that it has walked to the end. */
export async function settleWalked(
  tx: Transaction,
  grant: Grant,
  run: ClaimedRun,
  walked: ReadonlySet<Resource>,
  now: Date,
): Promise<SettledDeletions> {
  const total = { deleted: 0, held: 0 };
  for (const resource of ORDER) {
    if (!walked.has(resource) || !grant.fields.has(resource)) continue;
    const { deleted, held } = await settleDeletions(tx, grant, run, resource, now);
    total.deleted += deleted;
    total.held += held;
  }
  return total;
}

/**
 * After a whole walk: what a full run has not seen, or a delta was told of, is deleted, or held for the platform team where it is
 * unusually much. A full run that could not read a record's id deletes nothing: it might be that one.
 */
async function settleDeletions(tx: Transaction, grant: Grant, run: ClaimedRun, resource: Resource, now: Date): Promise<SettledDeletions> {
  const target = { tenantId: grant.tenantId, runId: run.id };
  if (run.mode === 'full' && (await hasNamelessSetAside(tx, run, resource))) return { deleted: 0, held: 0 };
  const absence = await (run.mode === 'full' ? findAbsent : findReported)(tx, target, resource);
  if (run.mode === 'full') await dropHeld(tx, grant.tenantId, resource);
  if (absence.absent.length === 0) return { deleted: 0, held: 0 };
  if (!isUnusual(absence)) return { deleted: await deleteRecords(tx, grant.tenantId, resource, absence.absent, now), held: 0 };
  await holdDeletions(tx, run, resource, absence.absent);
  const { tenantId, integrationId } = run;
  await noteEvent(tx, { tenantId, type: 'integration.deletions-held', recordId: integrationId, details: { runId: run.id, resource }, now });
  return { deleted: 0, held: absence.absent.length };
}
