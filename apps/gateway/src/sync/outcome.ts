import { GatewayError, type Clock, type ErrorKind } from '#libs/model';
import { failuresOf, Integration, reschedule, watermarksOf, type ClaimedRun, type IntegrationState, type Transaction } from '#libs/store';
import type { Environment } from '../config/environment.js';

const FIRST_BACKOFF_MS = 60_000;
const LONGEST_BACKOFF_MS = 6 * 3600_000;

/** The wait after the n-th failure in a row, and at least as long as the source asked for. */
export function backoffMs(failures: number, askedMs: number): number {
  return Math.max(askedMs, Math.min(LONGEST_BACKOFF_MS, FIRST_BACKOFF_MS * 2 ** Math.min(failures, 16)));
}

interface Next {
  readonly clock: Clock;
  readonly environment: Pick<Environment, 'SYNC_DELTA_SECONDS' | 'SYNC_FULL_HOURS'>;
}

/** A run of some resources leaves the next run of all where it was. */
async function readEverything(tx: Transaction, { tenantId, integrationId, resources }: ClaimedRun): Promise<boolean> {
  const everRead = await watermarksOf(tx, tenantId, integrationId);
  return [...everRead.keys()].every((resource) => resources.includes(resource));
}

/** After a run that ended well: the next delta, and after a full one the next full. Whatever ailed the integration is over. */
export async function scheduleAfterSuccess(tx: Transaction, run: ClaimedRun, { clock, environment }: Next): Promise<void> {
  const now = clock.now();
  const nowMs = now.getTime();
  const whole = await readEverything(tx, run);
  await reschedule(tx, {
    ...run,
    now,
    nextRunAt: whole ? new Date(nowMs + environment.SYNC_DELTA_SECONDS * 1000) : null,
    nextFullAt: whole && run.mode === 'full' ? new Date(nowMs + environment.SYNC_FULL_HOURS * 3600_000) : null,
    failed: false,
  });
  await setState(tx, run, 'connected', null);
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
  const { code } = error.context;
  await setState(tx, run, STATES[error.kind] ?? 'connected', typeof code === 'string' ? code : error.kind);
}

async function setState(tx: Transaction, run: ClaimedRun, state: IntegrationState, code: string | null): Promise<void> {
  await tx.em.nativeUpdate(Integration, { tenantId: run.tenantId, id: run.integrationId }, { state, stateCode: code });
}
