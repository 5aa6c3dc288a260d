import { connectorBySlug } from '#libs/connectors';
import { GatewayError, type Clock, type ErrorKind, type IntegrationState } from '#libs/model';
import {
  failuresOf,
  Integration,
  noteUnannounced,
  reschedule,
  seesJobsAlone,
  watermarksOf,
  type ClaimedRun,
  type Finding,
  type SyncProgress,
  type Transaction,
} from '#libs/store';
import type { Environment } from '../config/environment.js';
import { NO_APPLICATIONS, RESOURCE_UNAVAILABLE, withFindings } from '../integrations/findings.js';
import { setState } from '../integrations/state.js';
import { nextDeltaMs, nextFullMs, type Quota } from './spacing.js';

const FIRST_BACKOFF_MS = 60_000;
const LONGEST_BACKOFF_MS = 6 * 3600_000;

/** The wait after the n-th failure in a row, and at least as long as the source asked for. */
export function backoffMs(failures: number, askedMs: number): number {
  return Math.max(askedMs, Math.min(LONGEST_BACKOFF_MS, FIRST_BACKOFF_MS * 2 ** Math.min(failures, 16)));
}

interface Next {
  readonly clock: Clock;
  readonly environment: Pick<Environment, 'SYNC_DELTA_SECONDS' | 'SYNC_FULL_HOURS'>;
  /** What the tenants of the run's connector share; null where they share none. */
  readonly quota: Quota | null;
}

/** A run of some resources leaves the next run of all where it was. */
async function readEverything(tx: Transaction, { tenantId, integrationId, resources }: ClaimedRun): Promise<boolean> {
  const everRead = await watermarksOf(tx, tenantId, integrationId);
  return [...everRead.keys()].every((resource) => resources.includes(resource));
}

/** After a run that read all it could: the next delta, and after a full one the next full. */
async function scheduleNext(tx: Transaction, run: ClaimedRun, { pages }: SyncProgress, { clock, environment, quota }: Next): Promise<void> {
  const now = clock.now();
  const nowMs = now.getTime();
  const whole = await readEverything(tx, run);
  const deltaMs = nextDeltaMs(quota, environment.SYNC_DELTA_SECONDS * 1000);
  const fullMs = nextFullMs(quota, pages, environment.SYNC_FULL_HOURS * 3600_000);
  await reschedule(tx, {
    ...run,
    now,
    nextRunAt: whole ? new Date(nowMs + deltaMs) : null,
    nextFullAt: whole && run.mode === 'full' ? new Date(nowMs + fullMs) : null,
    failed: false,
  });
}

/** After a run that ended well. Whatever ailed the integration is over. */
export async function scheduleAfterSuccess(tx: Transaction, run: ClaimedRun, progress: SyncProgress, next: Next): Promise<void> {
  const now = next.clock.now();
  await scheduleNext(tx, run, progress, next);
  const { created, changed, deleted } = progress;
  if (run.cause === 'schedule' && run.mode === 'delta' && created + changed + deleted > 0)
    await noteUnannounced(tx, run, run.startedAt, now);
  const row = await tx.em.findOneOrFail(Integration, { tenantId: run.tenantId, id: run.integrationId });
  // Only the source itself says that what it holds is up to date again: it is asked soon.
  if (row.state === 'remote-data-stale') row.checkedAt = null;
  else await setState(tx, row, { state: 'connected', stateCode: null }, now);
  if (run.mode === 'full') row.findings = await foundBy(tx, run, row.findings);
  await tx.em.flush();
}

/** A source that hides applications answers as if there were none. A scope of ours may do the same, so it must not be one. */
async function foundBy(tx: Transaction, run: ClaimedRun, before: readonly Finding[]): Promise<Finding[]> {
  const found = (await seesJobsAlone(tx, run.tenantId)) ? [{ code: NO_APPLICATIONS, names: [] }] : [];
  const isJudged = run.resources.includes('job') && run.resources.includes('application');
  return withFindings(withFindings(before, [RESOURCE_UNAVAILABLE], []), isJudged ? [NO_APPLICATIONS] : [], isJudged ? found : []);
}

/** A source that does not offer one of the resources is read as usual otherwise, and the resource again with the next full run. */
export async function scheduleWithout(tx: Transaction, run: ClaimedRun, progress: SyncProgress, next: Next): Promise<void> {
  await scheduleNext(tx, run, progress, next);
  const row = await tx.em.findOneOrFail(Integration, { tenantId: run.tenantId, id: run.integrationId });
  row.findings = withFindings(row.findings, [RESOURCE_UNAVAILABLE], [{ code: RESOURCE_UNAVAILABLE, names: progress.unavailable }]);
  await tx.em.flush();
}

const STATES: { readonly [K in ErrorKind]?: IntegrationState } = {
  'remote-auth-failed': 'remote-auth-failed',
  'remote-unavailable': 'remote-not-ready',
};

/** After a failed run: this integration waits, longer each time; no other one does. */
export async function scheduleAfterFailure(
  tx: Transaction,
  run: ClaimedRun,
  error: GatewayError,
  { clock }: Pick<Next, 'clock'>,
): Promise<void> {
  const asked = error.retry.when === 'later' ? (error.retry.afterMs ?? 0) : 0;
  const failures = await failuresOf(tx, run.tenantId, run.integrationId);
  const now = clock.now();
  const nextRunAt = new Date(now.getTime() + backoffMs(failures, asked));
  await reschedule(tx, { ...run, now, nextRunAt, nextFullAt: null, failed: true });
  const row = await tx.em.findOneOrFail(Integration, { tenantId: run.tenantId, id: run.integrationId });
  const code = typeof error.context['code'] === 'string' ? error.context['code'] : error.kind;
  const condition = connectorBySlug(row.connector)?.manifest.conditions.get(code);
  await setState(tx, row, { state: condition?.state ?? STATES[error.kind] ?? 'connected', stateCode: code }, now);
  await tx.em.flush();
}
