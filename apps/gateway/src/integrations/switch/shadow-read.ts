import type { Call, SourceConnector } from '#libs/connectors';
import { GatewayError, RESOURCES, type Resource } from '#libs/model';
import {
  advanceShadow,
  deleteFromShadow,
  lockGate,
  narrowShadow,
  NO_PROGRESS,
  writeShadow,
  type ClaimedSwitch,
  type RunPosition,
  type ShadowProgress,
  type Transaction,
} from '#libs/store';
import type { Grant } from '#libs/consent';
import { scopeOf } from '../../pipeline/scope.js';
import type { Leave } from '../../pipeline/leave.js';
import { allowAll, type PageToStore } from '../../pipeline/path.js';
import { planSteps } from '../../pipeline/plan.js';
import { LostRun, StaleGrant } from '../../pipeline/stops.js';
import { walk, type WalkPorts } from '../../pipeline/walk.js';
import { shadowOf, type Fingerprints } from './fingerprints.js';

/** What a read of a target works with. */
export interface ShadowRead {
  readonly claimed: ClaimedSwitch;
  readonly connector: SourceConnector;
  readonly call: Call;
  readonly leave: Leave;
  readonly fingerprints: Fingerprints;
  readonly now: () => Date;
}

/**
 * Reads the target completely, from where the read stands, into the shadow: by the same walk, grant and allowlist as a sync run, and nothing of it in
 * clear. Throws what stops a run: a consent kind, `remote-*`, `LostRun`.
 */
export async function readShadow(read: ShadowRead): Promise<ShadowProgress> {
  const { claimed, connector, call, leave, now } = read;
  let progress = claimed.progress;
  let position: RunPosition = { ...claimed.position, page: 0, since: {}, progress: NO_PROGRESS };
  const ports: WalkPorts = {
    call,
    grant: () => leave.grant(),
    store: async (item, at) => {
      const next = { ...at, ...item.next, page: at.page + 1 };
      progress = await leave.under((tx, grant) => storeShadow(tx, grant, read, { item, next, progress }));
      return (position = next);
    },
  };
  const { jobScope, fields } = await leave.grant();
  const steps = planSteps({ connector, resources: RESOURCES, first: false, scoped: jobScope !== null });
  for (let step = steps[position.step]; step !== undefined; step = steps[position.step]) {
    const skip = { ...position, step: position.step + 1, cursor: null };
    if (!fields.has(step.resource)) position = skip;
    else
      position = await walk(ports, position, { connector, run: { mode: 'full' }, step, jobs: [] }).catch((error: unknown) => {
        progress = without(progress, step.resource, error);
        return skip;
      });
  }
  const last = { position: { step: position.step, cursor: null }, progress, now: now() };
  await leave.under(async (tx) => {
    if (!(await advanceShadow(tx, claimed, last))) throw new LostRun();
    if (jobScope !== null) await narrowShadow(tx, { tenantId: claimed.tenantId, switchId: claimed.id });
  });
  return progress;
}

interface ShadowPage {
  readonly item: PageToStore;
  readonly next: RunPosition;
  readonly progress: ShadowProgress;
}

/** One page: the gate as it was when the grant was made, the allowlist, the shadow, and where the read stands, in one transaction. */
async function storeShadow(
  tx: Transaction,
  grant: Grant,
  { claimed, fingerprints, now }: ShadowRead,
  { item, next, progress }: ShadowPage,
): Promise<ShadowProgress> {
  if (!(await lockGate(tx, grant, now()))) throw new StaleGrant();
  const { resource, page } = item;
  const shadow = { tenantId: claimed.tenantId, switchId: claimed.id };
  const { allowed, refused } = allowAll(grant, page.records);
  const live = allowed.filter(({ deleted }) => !deleted);
  // Of jobs alone the page itself tells whether they are in the scope; what follows from them is left out at the end.
  const isInScope = resource === 'job' ? await scopeOf(tx, grant, resource, live) : () => true;
  await writeShadow(
    tx,
    shadow,
    live.filter(isInScope).flatMap((record) => shadowOf(fingerprints, record)),
  );
  const gone = allowed.filter(({ deleted }) => deleted).map(({ externalId }) => externalId);
  await deleteFromShadow(tx, shadow, resource, gone);
  const after: ShadowProgress = {
    ...progress,
    pages: progress.pages + 1,
    read: { ...progress.read, [resource]: progress.read[resource] + live.length },
    setAside: progress.setAside + page.setAside.length + refused.length,
  };
  const { step, cursor } = next;
  if (!(await advanceShadow(tx, claimed, { position: { step, cursor }, progress: after, now: now() }))) throw new LostRun();
  return after;
}

/** What the target does not offer keeps nothing else from being read; the verdict names it. */
function without(progress: ShadowProgress, resource: Resource, error: unknown): ShadowProgress {
  if (!(error instanceof GatewayError) || error.kind !== 'unsupported') throw error;
  return { ...progress, unavailable: [...new Set([...progress.unavailable, resource])] };
}
