import type { Call, SourceConnector, Page, Reader } from '#libs/connectors';
import type { Grant } from '#libs/consent';
import { GatewayError, type Resource } from '#libs/model';
import type { ClaimedRun, RunPosition } from '#libs/store';
import type { PageToStore } from './path.js';
import type { Step } from './plan.js';

/** What a walk needs from outside: the current grant, and the page's way into the store. */
export interface WalkPorts {
  readonly call: Call;
  grant(): Promise<Grant>;
  store<R extends Resource>(item: PageToStore<R>, at: RunPosition): Promise<RunPosition>;
}

interface Walk<R extends Resource> {
  readonly connector: SourceConnector;
  readonly run: Pick<ClaimedRun, 'mode'>;
  readonly step: Step & { readonly resource: R };
  /** External ids of jobs, for a step of the newest jobs. */
  readonly jobs: readonly string[];
}

/**
 * Reads one step from where the run stands to the source's own end. While a page is stored, the next one is fetched. Throws
 * `remote-invalid-response` for a cursor that comes a second time: the walk would never end.
 */
export async function walk<R extends Resource>(
  ports: WalkPorts,
  at: RunPosition,
  { connector, run, step, jobs }: Walk<R>,
): Promise<RunPosition> {
  const { resource, newestJobs } = step;
  const narrowed = { ...sinceOf(connector.ports.read[resource].delta, run, at.since[resource]), ...(newestJobs ? { jobs } : {}) };
  const fetch = async (cursor: string | null): Promise<Page<R>> =>
    connector.ports.read[resource].page(ports.call, { grant: await ports.grant(), ...narrowed, ...(cursor === null ? {} : { cursor }) });

  const met = new Set<string>();
  let position = at;
  let pending = fetch(at.cursor);
  for (;;) {
    const page = await pending;
    const { next } = page;
    if (next !== null) {
      if (met.has(next))
        throw new GatewayError('remote-invalid-response', { context: { fault: 'cursor-repeated', resource, page: position.page } });
      met.add(next);
      pending = fetch(next);
      // Awaited in the next round; a failure meanwhile must not count as unhandled.
      pending.catch(() => undefined);
    }
    const following = next === null ? { step: position.step + 1, cursor: null } : { step: position.step, cursor: next };
    const named = page.syncToken === undefined ? {} : { since: { ...position.since, [resource]: page.syncToken } };
    position = await ports.store({ resource, page, next: { ...following, ...named }, endsWalk: next === null && !newestJobs }, position);
    if (next === null) return position;
  }
}

/** From where a delta reads, in the reader's own terms; a full run, and a reader that knows no delta, read everything. */
function sinceOf(
  delta: Reader<Resource>['delta'],
  { mode }: Pick<ClaimedRun, 'mode'>,
  since: string | undefined,
): { since?: string } | { syncToken?: string } {
  if (mode !== 'delta' || since === undefined || delta === 'none') return {};
  return delta === 'sync-token' ? { syncToken: since } : { since };
}
