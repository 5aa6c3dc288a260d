import { defineEntity, p, type InferEntity } from '@mikro-orm/core';
import type { ErrorKind, Resource } from '#libs/model';

const time = () => p.datetime().columnType('timestamptz');

export type SyncMode = 'full' | 'delta';
export type SyncRunState = 'queued' | 'running' | 'succeeded' | 'failed' | 'cancelled';

/** Why a run was asked for: by a person (or a service), as it was due, by a webhook, or as what decides what flows had changed. */
export type SyncCause = 'person' | 'schedule' | 'webhook' | 'start';

export interface SyncProgress {
  readonly pages: number;
  readonly read: number;
  readonly created: number;
  readonly changed: number;
  readonly unchanged: number;
  readonly deleted: number;
  readonly heldDeletions: number;
  readonly setAside: number;
  readonly droppedFields: Readonly<Record<string, number>>;
  /** Resources that the source does not offer (any more), and that the run went on without. */
  readonly unavailable: readonly Resource[];
}

/** One run. `attempt` fences: a transaction of an older attempt commits nothing. `step`, `page` and `cursor` say where to go on. */
export const SyncRun = defineEntity({
  name: 'SyncRun',
  tableName: 'sync_run',
  properties: {
    tenantId: p.uuid().primary(),
    id: p.uuid().primary(),
    integrationId: p.uuid(),
    mode: p.text().$type<SyncMode>(),
    cause: p.text().$type<SyncCause>(),
    resources: p.array().$type<Resource[]>(),
    state: p.text().$type<SyncRunState>(),
    attempt: p.integer(),
    step: p.integer(),
    page: p.integer(),
    cursor: p.text().nullable(),
    since: p.json<Partial<Record<Resource, string>>>(),
    progress: p.json<SyncProgress>(),
    error: p.text().$type<ErrorKind>().nullable(),
    requestedAt: time(),
    startedAt: time().nullable(),
    beatAt: time().nullable(),
    finishedAt: time().nullable(),
  },
});
export type SyncRunRow = InferEntity<typeof SyncRun>;

/** From when on the next delta reads, per resource: the start of the last complete run. */
export const SyncWatermark = defineEntity({
  name: 'SyncWatermark',
  tableName: 'sync_watermark',
  properties: {
    tenantId: p.uuid().primary(),
    integrationId: p.uuid().primary(),
    resource: p.text().primary(),
    readFrom: time(),
    fullReadAt: time().nullable(),
    syncToken: p.text().nullable(),
  },
});

export const SyncSchedule = defineEntity({
  name: 'SyncSchedule',
  tableName: 'sync_schedule',
  properties: {
    tenantId: p.uuid().primary(),
    integrationId: p.uuid().primary(),
    nextRunAt: time(),
    nextFullAt: time(),
    failures: p.integer(),
  },
});

/** The records that a full run has seen, one row per page: what it has not seen at its end is deleted at the source. */
export const SyncSeen = defineEntity({
  name: 'SyncSeen',
  tableName: 'sync_seen',
  properties: {
    tenantId: p.uuid().primary(),
    runId: p.uuid().primary(),
    resource: p.text().primary(),
    page: p.integer().primary(),
    ids: p.array().columnType('uuid[]'),
  },
});

export const SetAsideRecord = defineEntity({
  name: 'SetAsideRecord',
  tableName: 'set_aside',
  properties: {
    tenantId: p.uuid().primary(),
    runId: p.uuid().primary(),
    n: p.integer().primary(),
    resource: p.text(),
    externalId: p.text().nullable(),
    reason: p.text(),
    field: p.text().nullable(),
  },
});

export const HeldDeletion = defineEntity({
  name: 'HeldDeletion',
  tableName: 'held_deletion',
  properties: {
    tenantId: p.uuid().primary(),
    runId: p.uuid().primary(),
    resource: p.text().primary(),
    ids: p.array().columnType('uuid[]'),
    decision: p.text().nullable(),
    decidedBy: p.text().nullable(),
    decidedAt: time().nullable(),
  },
});

/** The answer kept under a caller's `Idempotency-Key`. */
export const IdempotencyKey = defineEntity({
  name: 'IdempotencyKey',
  tableName: 'idempotency_key',
  properties: {
    caller: p.text().primary(),
    key: p.text().primary(),
    requestHash: p.text(),
    status: p.integer().nullable(),
    body: p.text().nullable(),
    createdAt: time(),
  },
});
