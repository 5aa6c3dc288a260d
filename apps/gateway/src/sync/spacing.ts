/** What all tenants of one connector share: a request quota of Alva's own key. */
export interface Quota {
  /** Active integrations. */
  readonly tenants: number;
  readonly limitPerWindow: number;
  readonly windowMs: number;
}

interface Polls extends Quota {
  readonly requestsPerPoll: number;
  /** Of the quota, what these polls may take together; from 0 to 1. */
  readonly share: number;
  /** However few tenants there are. */
  readonly floorMs: number;
}

/** How long after one poll of a tenant the next is due, so that the polls of all tenants together stay within their share. */
export function pollIntervalMs({ tenants, requestsPerPoll, limitPerWindow, windowMs, share, floorMs }: Polls): number {
  return Math.max(floorMs, Math.ceil((tenants * requestsPerPoll * windowMs) / (limitPerWindow * share)));
}

/** Polls are half of the quota (docs/adr/0010): these parts of it are for finding changes, and for reading everything again. */
const DELTA_SHARE = 0.4;
const FULL_SHARE = 0.1;

/** A delta that finds nothing: users, jobs, candidates, applications. */
const QUIET_DELTA_REQUESTS = 4;

const LATEST = 1.1;

/** When the next delta is due. No quota is known: the floor. */
export const nextDeltaMs = (quota: Quota | null, floorMs: number, random: () => number = Math.random): number =>
  quota === null
    ? floorMs
    : spread(pollIntervalMs({ ...quota, requestsPerPoll: QUIET_DELTA_REQUESTS, share: DELTA_SHARE, floorMs }), floorMs, random);

/** When everything is read again, after a full run of so many pages. */
export const nextFullMs = (quota: Quota | null, pages: number, floorMs: number, random: () => number = Math.random): number =>
  quota === null ? floorMs : spread(pollIntervalMs({ ...quota, requestsPerPoll: pages, share: FULL_SHARE, floorMs }), floorMs, random);

/** Up to a tenth later, so that tenants that began together do not stay together. Below the floor there is room for all of them anyway. */
const spread = (intervalMs: number, floorMs: number, random: () => number): number =>
  intervalMs === floorMs ? floorMs : Math.ceil(intervalMs * (1 + (LATEST - 1) * random()));
