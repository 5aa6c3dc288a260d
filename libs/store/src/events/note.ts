import type { Transaction } from '../transaction.js';

/** What happened besides changes to records; ids, names and codes only. */
export interface NotedEvent {
  readonly tenantId: string;
  readonly type: EventType;
  /** The order, application, integration, sync run or tenant that it is about. */
  readonly recordId: string;
  readonly details?: Readonly<Record<string, string | null>>;
  readonly now: Date;
}

/** Every type that is noted by itself; those of records are `job|user|candidate|application.created|updated|deleted`. */
export const NOTED_EVENT_TYPES = [
  'result.delivered',
  'result.parked',
  'order.received',
  'order.cancelled',
  'integration.switched',
  'integration.state-changed',
  'integration.deletions-held',
  'consent.granted',
  'consent.revoked',
  'sync.failed',
  'sync.baseline-completed',
] as const;

type EventType = (typeof NOTED_EVENT_TYPES)[number];

/** Adds an event to the feed, in the transaction that makes it true. */
export async function noteEvent(tx: Transaction, { tenantId, type, recordId, details, now }: NotedEvent): Promise<void> {
  const [resource, kind] = type.split('.');
  await tx.run(`insert into change (tenant_id, resource, record_id, kind, fields, details, at) values ($1, $2, $3, $4, '{}', $5, $6)`, [
    tenantId,
    resource,
    recordId,
    kind,
    details === undefined ? null : JSON.stringify(details),
    now.toISOString(),
  ]);
}
