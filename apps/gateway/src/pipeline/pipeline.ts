import { Inject, Injectable } from '@nestjs/common';
import { SYNC_TOKEN_REFUSED, type Call, type SourceConnector } from '#libs/connectors';
import type { Grant } from '#libs/consent';
import { GatewayError, RESOURCES, type Clock, type Resource } from '#libs/model';
import {
  advanceRun,
  deleteOutsideScope,
  finishRun,
  keepWatermarks,
  lockGate,
  newestJobs,
  noteEvent,
  setWatermarks,
  Store,
  walkedIn,
  wasReadByOther,
  watermarksOf,
  type ClaimedRun,
  type RunPosition,
  type SyncProgress,
  type Transaction,
  type Watermark,
} from '#libs/store';
import { CLOCK } from '../config/clock.js';
import { Grants } from '../consents/grants.js';
import { settleWalked } from './deletions.js';
import { Leave } from './leave.js';
import { storePage } from './path.js';
import { planSteps, type Step } from './plan.js';
import { LostRun, StaleGrant } from './stops.js';
import { walk, type WalkPorts } from './walk.js';

/** How many jobs a first sync makes readable with their applications before it reads everything: their ids fit one request's address. */
const NEWEST_JOBS = 20;

/** Clocks differ, and a source may stamp a change before it shows it. A record that is read twice costs no write. */
const OVERLAP_MS = 5 * 60_000;

/** Told of every page that is stored, around it. */
export type AroundPage = (resource: Resource, before: SyncProgress, store: () => Promise<RunPosition>) => Promise<RunPosition>;

/**
 * Takes a run from where it stands to its end: succeeded, or failed as `unsupported` where the source does not offer one of the resources and
 * all others were read. Throws what stops it: `LostRun`, a consent kind, `remote-*`.
 */
@Injectable()
export class Pipeline {
  constructor(
    private readonly store: Store,
    private readonly grants: Grants,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  leaveFor({ tenantId, integrationId }: ClaimedRun): Leave {
    return new Leave({ store: this.store, grants: this.grants, clock: this.clock, tenantId, integrationId, purpose: 'sync' });
  }

  async work(
    run: ClaimedRun,
    connector: SourceConnector,
    call: Call,
    leave: Leave,
    around: AroundPage = (_resource, _before, store) => store(),
  ): Promise<RunPosition> {
    const { since, known, isFirst } = await this.startOf(run, connector);
    let position: RunPosition = { step: run.step, page: run.page, cursor: run.cursor, since, progress: run.progress };
    const ports: WalkPorts = {
      call,
      grant: () => leave.grant(),
      store: async (item, at) => {
        const store = () =>
          leave.under((tx, grant) => storePage(tx, grant, run, at, { ...item, isBaseline: !known.has(item.resource) }, this.clock.now()));
        position = await around(item.resource, at.progress, store);
        return position;
      },
    };
    const { jobScope } = await leave.grant();
    const steps = planSteps({ connector, resources: run.resources, first: isFirst, scoped: jobScope !== null });
    for (let step = steps[position.step]; step !== undefined; step = steps[position.step]) {
      position = await this.walkStep(ports, position, run, connector, step).catch((error: unknown) => goOn(position, step, error));
    }
    const last = position;
    await leave.under((tx, grant) => this.finish(tx, grant, run, last, { connector, known }));
    return last;
  }

  /** From when on a delta reads, and what the integration was read completely of before: the same for every attempt at a run. */
  private async startOf(run: ClaimedRun, connector: SourceConnector): Promise<Start> {
    const { watermarks, others } = await this.store.inTenant(run.tenantId, async (tx) => ({
      watermarks: await watermarksOf(tx, run.tenantId, run.integrationId),
      others: await wasReadByOther(tx, run),
    }));
    const known = new Set(watermarks.keys());
    const isFirst = known.size === 0 && !others;
    if (run.mode === 'full' || run.progress.pages > 0) return { since: run.since, known, isFirst };
    const starts = [...watermarks.values()].flatMap((watermark): [string, string][] => {
      const start = startAfter(watermark, connector);
      return start === null ? [] : [[watermark.resource, start]];
    });
    return { since: Object.fromEntries(starts), known, isFirst };
  }

  private async walkStep(
    ports: WalkPorts,
    position: RunPosition,
    run: ClaimedRun,
    connector: SourceConnector,
    step: Step,
  ): Promise<RunPosition> {
    const skip = { ...position, step: position.step + 1, cursor: null };
    if (!(await ports.grant()).fields.has(step.resource)) return skip;
    if (!step.newestJobs) return walk(ports, position, { connector, run, step, jobs: [] });
    const { tenantId, integrationId } = run;
    const jobs = await this.store.inTenant(tenantId, (tx) => newestJobs(tx, { tenantId, integrationId, limit: NEWEST_JOBS }));
    // The newest may be others than before a crash, and a cursor holds for the same ones only: this short step starts over.
    return jobs.length === 0 ? skip : walk(ports, { ...position, cursor: null }, { connector, run, step, jobs });
  }

  /** Only now, after the last page, is deleted what was not seen, and are the watermarks moved. */
  private async finish(
    tx: Transaction,
    grant: Grant,
    run: ClaimedRun,
    position: RunPosition,
    { connector, known }: { readonly connector: SourceConnector; readonly known: Start['known'] },
  ): Promise<void> {
    const now = this.clock.now();
    if (!(await lockGate(tx, grant, now))) throw new StaleGrant();
    const walked = await walkedIn(tx, run);
    const settled = await settleWalked(tx, grant, run, walked, now);
    const dropped = grant.jobScope === null ? 0 : await deleteOutsideScope(tx, run.tenantId, grant.jobScope.stageNameContains, now);
    const { deleted, heldDeletions } = position.progress;
    const progress = {
      ...position.progress,
      deleted: deleted + settled.deleted + dropped,
      heldDeletions: heldDeletions + settled.held,
    };
    if (!(await advanceRun(tx, run, { ...position, progress }, now))) throw new LostRun();
    const missing = position.progress.unavailable;
    const resources = run.resources.filter((resource) => grant.fields.has(resource) && walked.has(resource));
    await setWatermarks(tx, { ...run, resources, full: run.mode === 'full', tokens: tokensOf(position, connector) });
    await keepWatermarks(tx, run, [...grant.fields.keys()]);
    if (resources.some((resource) => !known.has(resource))) await tellBaseline(tx, run, now);
    const end =
      missing.length === 0 ? ({ state: 'succeeded', error: null } as const) : ({ state: 'failed', error: 'unsupported' } as const);
    if (!(await finishRun(tx, run, end, now))) throw new LostRun();
  }
}

interface Start extends Pick<RunPosition, 'since'> {
  readonly known: ReadonlySet<Resource>;
  /** Nothing of the tenant's can be read yet; after a switch everything can, and what is met under a remote id should come before it is referred to. */
  readonly isFirst: boolean;
}

function tellBaseline(tx: Transaction, { tenantId, id, integrationId }: ClaimedRun, now: Date): Promise<void> {
  return noteEvent(tx, { tenantId, type: 'sync.baseline-completed', recordId: id, details: { integrationId }, now });
}

/** Where the next delta of a resource starts; null where only a complete walk tells. */
function startAfter({ resource, readFrom, syncToken }: Watermark, { ports }: SourceConnector): string | null {
  if (ports.read[resource].delta === 'sync-token') return syncToken;
  return new Date(new Date(readFrom).getTime() - OVERLAP_MS).toISOString();
}

/** What the next delta of each resource is to name to the source. */
function tokensOf({ since }: RunPosition, { ports }: SourceConnector): Partial<Record<Resource, string>> {
  return Object.fromEntries(
    RESOURCES.flatMap((resource) => (ports.read[resource].delta === 'sync-token' ? [[resource, since[resource]]] : [])),
  );
}

/**
 * One resource that the source does not offer keeps no other from being read; the run has failed nevertheless. A sync token that the source
 * does not take (any more) is forgotten, and the resource is read completely.
 */
function goOn(at: RunPosition, { resource }: Step, error: unknown): RunPosition {
  if (!(error instanceof GatewayError)) throw error;
  if (error.context['fault'] === SYNC_TOKEN_REFUSED && at.since[resource] !== undefined) {
    const { [resource]: _refused, ...since } = at.since;
    return { ...at, cursor: null, since };
  }
  if (error.kind !== 'unsupported') throw error;
  const unavailable = [...new Set([...at.progress.unavailable, resource])];
  return { ...at, step: at.step + 1, cursor: null, progress: { ...at.progress, unavailable } };
}
