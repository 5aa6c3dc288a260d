import { Inject, Injectable } from '@nestjs/common';
import { requireResource, type Grant } from '#libs/consent';
import { GatewayError, RESOURCES, type Clock, type Resource } from '#libs/model';
import {
  Integration,
  makeDue,
  requestRun,
  SyncRun,
  Tasks,
  watermarksOf,
  type RequestedRun,
  type SyncCause,
  type SyncMode,
  type SyncRunRow,
  type Transaction,
} from '#libs/store';
import { CLOCK } from '../config/clock.js';
import { Grants } from '../consents/grants.js';
import { RESOURCE_UNAVAILABLE } from '../integrations/findings.js';

/** Kombo forgets a deleted record after 14 days (kombo.md 4.4): a delta that reaches back further would miss deletions. One day to spare. */
const LONGEST_DELTA_MS = 13 * 24 * 3600_000;

interface Wanted {
  /** To sync: of the tenant's active integration. */
  readonly grant: Grant;
  readonly mode: SyncMode;
  readonly cause: SyncCause;
  /** All by default. */
  readonly resources?: readonly Resource[] | undefined;
}

/** Asks for sync runs: the run and its task in one transaction, at most one unfinished run per integration. */
@Injectable()
export class SyncRequests {
  constructor(
    private readonly tasks: Tasks,
    private readonly grants: Grants,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  /**
   * The new run, or the one that is not finished yet. A run is of what the grant covers when it is asked for: what comes to be covered
   * later is left to the next one. A delta becomes a full run where a delta could not tell everything. Throws `consent-does-not-cover`
   * where nothing of `resources` is covered.
   */
  async request(tx: Transaction, { grant, mode, cause, resources = RESOURCES }: Wanted): Promise<RequestedRun> {
    const { tenantId, integrationId } = grant;
    if (grant.integrationType === 'partner')
      throw new GatewayError('unsupported', { detail: 'the ATS of this tenant sends its records itself: there is nothing to sync' });
    const covered = resources.filter((resource) => grant.fields.has(resource));
    if (covered.length === 0) for (const resource of resources) requireResource(grant, resource);
    const now = this.clock.now();
    const delta = mode === 'delta' ? await this.deltaOf(tx, grant, covered, now) : [];
    const asked = delta.length > 0 ? ({ mode: 'delta', resources: delta } as const) : ({ mode: 'full', resources: covered } as const);
    const run = await requestRun(tx, { tenantId, integrationId, ...asked, cause, now });
    if (run.created) await this.tasks.enqueueSyncRun(tx, { tenantId, runId: run.id });
    return run;
  }

  /**
   * Starts syncing the tenant's active integration now, where consent lets it: something that decides what flows has just changed in this
   * transaction. The next tick looks after it should the task be lost.
   */
  async startNow(tx: Transaction, tenantId: string, mode: SyncMode): Promise<RequestedRun | null> {
    const outcome = await this.grants.ask(tx, tenantId, 'sync');
    if (!outcome.granted || outcome.grant.integrationType === 'partner') return null;
    const { grant } = outcome;
    await makeDue(tx, grant, { now: this.clock.now(), full: mode === 'full' });
    return this.request(tx, { grant, mode, cause: 'start' });
  }

  /** Throws `not-found`. */
  async find(tx: Transaction, tenantId: string, id: string): Promise<SyncRunRow> {
    const row = await tx.em.findOne(SyncRun, { tenantId, id });
    if (row === null) throw new GatewayError('not-found', { detail: 'no such sync run of this tenant' });
    return row;
  }

  /**
   * Which resources a delta can tell everything of, none where one of them has to be read completely. What the source does not offer is left
   * to the next full run: it would make a full run of every delta.
   */
  private async deltaOf(tx: Transaction, grant: Grant, resources: readonly Resource[], now: Date): Promise<readonly Resource[]> {
    const { findings } = await tx.em.findOneOrFail(Integration, { tenantId: grant.tenantId, id: grant.integrationId });
    const unavailable = findings.flatMap(({ code, names }) => (code === RESOURCE_UNAVAILABLE ? names : []));
    const offered = resources.filter((resource) => !unavailable.includes(resource));
    const watermarks = await watermarksOf(tx, grant.tenantId, grant.integrationId);
    const oldest = now.getTime() - LONGEST_DELTA_MS;
    const isFresh = offered.every((resource) => {
      const readFrom = watermarks.get(resource)?.readFrom;
      return readFrom !== undefined && new Date(readFrom).getTime() > oldest;
    });
    return isFresh ? offered : [];
  }
}
