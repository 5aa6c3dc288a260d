import type { FeedRow } from '#libs/store';

/** One event as callers get it: ids and names of fields, no values. */
export interface EventView {
  /** The same in the feed, in every delivery (`webhook-id`) and after a replay. */
  readonly id: string;
  /** `<resource>.<kind>`, e.g. `candidate.updated`. */
  readonly type: string;
  readonly tenantId: string;
  /** Of the record, order, application, integration or sync run that it is about. */
  readonly recordId: string;
  /** Names of the fields that changed; empty where the type says all. */
  readonly fields: readonly string[];
  /** RFC 3339, UTC. */
  readonly at: string;
  /** Further ids that the type carries, e.g. `formerStageId` and `stageId` where an application has moved. */
  readonly [detail: string]: string | readonly string[] | null;
}

const ID = /^evt_(\d{1,18})$/;

export function eventOf(row: FeedRow): EventView {
  const { seq, resource, kind, tenantId, recordId, fields, at, details } = row;
  return { ...details, id: `evt_${seq}`, type: `${resource}.${kind}`, tenantId, recordId, fields, at };
}

/** Where in the feed an event of this id stands; null where this is no event's id. */
export function seqOf(eventId: string): string | null {
  return ID.exec(eventId)?.[1] ?? null;
}
