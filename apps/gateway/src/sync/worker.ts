import { Inject, Injectable, type BeforeApplicationShutdown } from '@nestjs/common';
import { isSource, type Connector, type Manifest, type SourceConnector } from '#libs/connectors';
import { GatewayError, isConsentKind, type Clock, type ErrorKind } from '#libs/model';
import { claimRun, finishRun, lockTenant, Store, SyncRun, Tasks, type ClaimedRun, type RunPosition, type SyncRunTask } from '#libs/store';
import { CLOCK } from '../config/clock.js';
import { Environment } from '../config/environment.js';
import { Calls } from '../integrations/calls.js';
import { Integrations } from '../integrations/integrations.js';
import { route } from '../integrations/routing.js';
import { Log, whereOf } from '../log/log.js';
import { Metrics } from '../telemetry/metrics.js';
import { Traces } from '../telemetry/traces.js';
import { Pipeline, type AroundPage } from '../pipeline/pipeline.js';
import { LostRun } from '../pipeline/stops.js';
import { scheduleAfterFailure, scheduleAfterSuccess, scheduleWithout } from './outcome.js';
import { Quotas } from './quotas.js';
import { urgencyOf } from './urgency.js';

/** Works through sync runs: takes one, sends it down the path, and settles how it ended. */
@Injectable()
export class SyncWorker implements BeforeApplicationShutdown {
  private readonly stopping = new AbortController();

  constructor(
    private readonly store: Store,
    private readonly tasks: Tasks,
    private readonly pipeline: Pipeline,
    private readonly integrations: Integrations,
    private readonly calls: Calls,
    private readonly quotas: Quotas,
    private readonly environment: Environment,
    private readonly log: Log,
    private readonly metrics: Metrics,
    private readonly traces: Traces,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  async start(): Promise<void> {
    await this.tasks.workOnSyncRuns(this.environment.SYNC_CONCURRENCY, (task, signal) =>
      this.handle(task, AbortSignal.any([signal, this.stopping.signal])),
    );
  }

  /** Claims no more. What is at work stops at its next step, and its task goes to another worker, which continues from the stored cursor. */
  async leave(): Promise<void> {
    this.stopping.abort();
    await this.tasks.stopClaiming();
  }

  async beforeApplicationShutdown(): Promise<void> {
    await this.leave();
  }

  private async handle(task: SyncRunTask, signal: AbortSignal): Promise<void> {
    // Claimed while this process was told to stop: the run itself is not touched.
    if (signal.aborted) throw new GatewayError('internal', { retry: { when: 'later' }, context: { reason: 'stopping' } });
    const run = await this.store.inTenant(task.tenantId, (tx) => claimRun(tx, task.tenantId, task.runId, this.clock.now()));
    if (run === null) return;
    const { tenantId, id: runId, mode, attempt } = run;
    this.log.write('info', { event: attempt === 1 ? 'sync-started' : 'sync-continued', tenantId, runId, mode, attempt });
    const attributes = { 'tenant.id': tenantId, 'run.id': runId, 'run.mode': mode, 'run.attempt': attempt };
    await this.traces.span('sync run', attributes, async (set) => {
      await this.workAndSettle(run, signal);
      const kind = await this.tellEnd(run);
      if (kind !== null) set({ 'error.kind': kind });
    });
  }

  private async workAndSettle(run: ClaimedRun, signal: AbortSignal): Promise<void> {
    const { tenantId } = run;
    try {
      const { progress, manifest } = await this.work(run, signal);
      const quota = await this.quotas.of(manifest);
      const schedule = progress.unavailable.length === 0 ? scheduleAfterSuccess : scheduleWithout;
      await this.store.inTenant(tenantId, async (tx) => {
        await lockTenant(tx, tenantId);
        await schedule(tx, run, progress, { clock: this.clock, environment: this.environment, quota });
      });
    } catch (error) {
      await this.settle(run, error, signal);
    }
  }

  private async work(run: ClaimedRun, signal: AbortSignal): Promise<RunPosition & { readonly manifest: Manifest }> {
    const leave = this.pipeline.leaveFor(run);
    const { connector, call } = await this.store.inTenant(run.tenantId, async (tx) => {
      const integration = await this.integrations.find(tx, run.tenantId, run.integrationId);
      return {
        connector: requireSource(route(integration.type, integration.ats)),
        call: await this.calls.prepare(tx, integration, (start) => leave.admit(start), signal, urgencyOf(run)),
      };
    });
    return { ...(await this.pipeline.work(run, connector, call, leave, this.watch(run))), manifest: connector.manifest };
  }

  /** What stopped a run decides how it ends. Where this process stops, or the database is away, the run stays as it is and its task is repeated. */
  private async settle(run: ClaimedRun, thrown: unknown, signal: AbortSignal): Promise<void> {
    if (thrown instanceof LostRun) return;
    const error = thrown instanceof GatewayError ? thrown : new GatewayError('internal');
    const passing = error.kind === 'internal' && error.retry.when === 'later';
    if (signal.aborted || passing) {
      this.log.write('info', { event: 'sync-left', tenantId: run.tenantId, runId: run.id, kind: error.kind });
      throw error;
    }
    if (error.kind === 'internal')
      this.log.write('error', { event: 'sync-left', tenantId: run.tenantId, runId: run.id, kind: error.kind, ...whereOf(thrown) });
    const state = isConsentKind(error.kind) ? 'cancelled' : 'failed';
    await this.store.inTenant(run.tenantId, async (tx) => {
      const now = this.clock.now();
      // Whatever changes the tenant's integration takes this lock first, and ends its runs then: the two would wait for each other's rows.
      await lockTenant(tx, run.tenantId);
      if (await finishRun(tx, run, { state, error: error.kind }, now)) await scheduleAfterFailure(tx, run, error, { clock: this.clock });
    });
  }

  /** Tells how a run ended, where it has. Returns the kind of error that ended it. */
  private async tellEnd({ tenantId, id }: ClaimedRun): Promise<ErrorKind | null> {
    const ended = await this.store.inTenant(tenantId, (tx) => tx.em.findOne(SyncRun, { tenantId, id }));
    if (ended === null || ended.finishedAt === null || ended.finishedAt === undefined) return null;
    const durationMs = ended.finishedAt.getTime() - (ended.startedAt ?? ended.finishedAt).getTime();
    const kind = ended.error ?? null;
    const { mode, cause, state } = ended;
    this.metrics.runEnded({ mode, cause, state, kind, seconds: durationMs / 1000 });
    this.log.write(ended.state === 'failed' ? 'warn' : 'info', {
      event: 'sync-ended',
      tenantId,
      runId: id,
      state: ended.state,
      kind,
      read: ended.progress.read,
      durationMs,
    });
    return kind;
  }

  /** Counts and traces each page that is stored. */
  private watch({ tenantId, id }: ClaimedRun): AroundPage {
    const attributes = { 'tenant.id': tenantId, 'run.id': id };
    return (resource, before, store) =>
      this.traces.span('page', { ...attributes, resource, page: before.pages + 1 }, async () => {
        const at = await store();
        this.metrics.pageStored(resource, before, at.progress);
        return at;
      });
  }
}

function requireSource(connector: Connector): SourceConnector {
  if (isSource(connector)) return connector;
  throw new GatewayError('unsupported', { detail: 'this ATS sends its records itself: there is nothing to read' });
}
